/** A choice that was left open in a form, for a schema's `preprocess`. */
export const blankIsNothing = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value
