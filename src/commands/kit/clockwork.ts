import type { Calendar } from '../../domain/identity/hours.ts'
import type { Journal } from './invocation.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** With what time passes for what nobody asked about. */
export type PassingTime = Readonly<{
  unitOfWork: Pick<UnitOfWork, 'read' | 'change'>
  now(): Date
  calendar: Calendar
  journal: Journal
}>

/** What time alone changes: a step that nobody decided passes on. Looks for it and changes it, in its own transactions. */
export type Clockwork = (passing: PassingTime) => Promise<void>
