import type { View } from '../commands/kit/view.ts'
import type { Owed } from '../commands/notices/composer.ts'
import type { Claimed } from '../domain/notices/outbox.ts'

export type ClaimedOwed = Owed & Readonly<{ notice: Claimed }>

export type Said = Readonly<{ owed: ClaimedOwed; view: View }>
