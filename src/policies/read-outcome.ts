import type { Approver, Need, Outcome } from '../domain/discounts/policy.ts'
import { ROLES, type Role } from '../domain/shared/actor.ts'
import { hint } from './nearest.ts'
import type { Meant } from './read-values.ts'

const EXAMPLES =
  'write grant, stop, "ask FINANCE first", "approve by manager", "approve by manager 2" or "approve by 2 of DIRECTOR"'

export function readOutcome(text: string): Meant<Outcome> {
  const plain = text.replaceAll(/\s+/g, ' ')
  if (/^(grant|stop)$/i.test(plain)) return { value: { kind: /^g/i.test(plain) ? 'grant' : 'stop' } }
  const [, asked] = /^ask (.+?) first$/i.exec(plain) ?? []
  const [, decides] = /^approve by (.+)$/i.exec(plain) ?? []
  const who = asked ?? decides
  if (!who) return { refused: `"${text}" is no outcome: ${EXAMPLES}` }
  const meant = readAsked(who)
  return 'refused' in meant ? meant : { value: { kind: asked ? 'check' : 'approve', ...meant.value } }
}

/** `2 of DIRECTOR`, `all of FINANCE`, `manager`. */
function readAsked(text: string): Meant<Readonly<{ by: Approver; need: Need }>> {
  const [, count, rest = text] = /^(any|all|\d{1,3}) of (.+)$/i.exec(text) ?? []
  const by = readApprover(rest)
  if ('refused' in by) return by
  return { value: { by: by.value, need: needOf(count?.toLowerCase() ?? 'any') } }
}

const needOf = (text: string): Need => (text === 'any' || text === 'all' ? text : Number(text))

function readApprover(text: string): Meant<Approver> {
  if (text === 'MANAGER')
    return {
      refused:
        'MANAGER may be the manager of whoever asks, or anybody with that role: write "manager" or "role MANAGER"',
    }
  const managers = /^manager(?: (\d{1,3}))?$/i.exec(text)
  if (managers) return { value: { manager: Number(managers[1] ?? 1) } }
  const role = readRole(text.replace(/^role /i, ''))
  return 'refused' in role ? role : { value: { role: role.value } }
}

export function readRole(text: string): Meant<Role> {
  const role = ROLES.find((one) => one === text.toUpperCase())
  return role ? { value: role } : { refused: `"${text}" is no role; ${hint(text, ROLES)}` }
}
