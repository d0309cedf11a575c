/**
 * One way in which things go wrong. The tests that show it begin their title with its id: `A-03 the same event …`;
 * `npm run test:faults -- --only A-03` runs them.
 */
export type Case = Readonly<{
  id: string
  /** What goes wrong. */
  faces: string
  /** What must hold then. */
  passes: string
  /** What the program does about it, in a sentence or two. */
  done: string
  /** Why it has no test: it cannot happen here, or cannot be brought about here. */
  not?: string
}>
