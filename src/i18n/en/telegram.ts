export const telegram = {} as const
