import type { Command } from '../kit/command.ts'
import { discountAccept, discountChange, discountRefuse, discountWithdraw } from './answer-offer.ts'
import { commitmentCheck, discountRevoke } from './commitments.ts'
import { discountCondition, discountCounter } from './counter.ts'
import { discountApprove, discountDecline } from './decide.ts'
import { accountDiscounts, approvals } from './list.ts'
import { discountAnswer, discountAsk } from './questions.ts'
import { discount, discountPick } from './request.ts'
import { discountShow } from './show.ts'

export const discountCommands: readonly Command[] = [
  discount,
  approvals,
  discountPick,
  discountShow,
  discountApprove,
  discountCounter,
  discountCondition,
  discountDecline,
  discountAsk,
  discountAnswer,
  discountAccept,
  discountRefuse,
  discountChange,
  discountWithdraw,
  discountRevoke,
  commitmentCheck,
  accountDiscounts,
]
