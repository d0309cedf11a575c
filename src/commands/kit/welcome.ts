import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { Shown } from './command.ts'

export type Visitor = Readonly<{
  identity: ChatIdentity
  channel: string
  now: Date
  work: Work
}>

/** What somebody unknown can do: hand in a code. It gets the line they typed. */
export type Welcome = (visitor: Visitor, line: string) => Promise<Shown>
