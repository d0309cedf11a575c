import type { Calendar } from '../../domain/identity/hours.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import type { Command } from './command.ts'
import type { Invocation, Journal } from './invocation.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import type { Welcome } from './welcome.ts'

export type DispatcherParts = Readonly<{
  commands: readonly Command[]
  unitOfWork: UnitOfWork
  welcome: Welcome
  now(): Date
  calendar: Calendar
  newId(): string
  journal: Journal
  /** How strangers are spoken to. */
  defaults: Reader
}>

/** One update on its way through the steps. */
export type Turn = Readonly<{ parts: DispatcherParts; invocation: Invocation; now: Date; journal: Journal }>

/** What an update asks for: a command, with input that no schema has seen yet. */
export type Asked = Readonly<{
  command: Command
  raw: Readonly<Record<string, unknown>>
  by: 'line' | 'press' | 'submit' | 'event'
}>
