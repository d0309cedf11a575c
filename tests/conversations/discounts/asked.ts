import { type DiscountStage, openStage } from './stage.ts'

export const TITLE = '12% for Acme Corporation · GTX Pro'
/** Monday 14:30 in Moscow; a step has eight working hours. */
const NOW = '2026-11-23T11:30:00Z'
export const OVER = '2026-11-24T10:30:00Z'
export const JUST_BEFORE = '2026-11-24T10:29:59.999Z'

/** Anna has asked, and it is Max's turn. */
export async function asked(when = NOW): Promise<DiscountStage> {
  const stage = await openStage()
  await stage.paid()
  stage.clock.now = new Date(when)
  await stage.says('anna', '/discount Acme 12% GTX Pro rival')
  await stage.at(when)
  return stage
}
