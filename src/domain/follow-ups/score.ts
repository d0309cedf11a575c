export type PromisedBy = 'US' | 'CLIENT'

/** How promises went so far. `late` were kept after their day; `overdue` are open and past it. */
export type Score = Readonly<{ kept: number; late: number; overdue: number; open: number }>
