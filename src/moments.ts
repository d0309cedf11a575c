import type { UnitOfWork } from './commands/kit/unit-of-work.ts'
import type { Work } from './domain/shared/work.ts'

/**
 * Told of each moment right before and right after a call of a port, such as `work.audit.write:after`, which lies inside
 * the transaction, or `push.SLACK:before`. Nobody listens in a program that serves people; the fault programme lets the
 * process die at one of them.
 */
export type Reached = (moment: string) => void

/** The same port; every call of it is told. */
export function watched<Port extends object>(name: string, port: Port, reached: Reached | undefined): Port {
  if (!reached) return port
  return new Proxy(port, {
    get(target, method) {
      const member: unknown = Reflect.get(target, method)
      return typeof member === 'function'
        ? telling(`${name}.${String(method)}`, member.bind(target), reached)
        : member
    },
  })
}

/** The same function; every call of it is told. */
export function telling<Call extends (...args: never[]) => unknown>(
  name: string,
  call: Call,
  reached: Reached,
): Call {
  const told = (...args: Parameters<Call>) => {
    reached(`${name}:before`)
    const result = call(...args)
    if (!(result instanceof Promise)) return after(name, result, reached)
    return result.then((value: unknown) => after(name, value, reached))
  }
  return told as Call
}

function after<Result>(name: string, result: Result, reached: Reached): Result {
  reached(`${name}:after`)
  return result
}

/** What a command does inside its transaction is told as well: between two of these calls a half-done change may be left. */
export function watchedUnit(unit: UnitOfWork, reached: Reached | undefined): UnitOfWork {
  if (!reached) return unit
  const inside =
    <Result>(act: (work: Work) => Promise<Result>) =>
    (work: Work) =>
      act(watchedWork(work, reached))
  return watched(
    'unit',
    {
      ...unit,
      write: (update, now, act) => unit.write(update, now, inside(act)),
      change: (act) => unit.change(inside(act)),
    },
    reached,
  )
}

function watchedWork(work: Work, reached: Reached): Work {
  const stores = Object.entries(work).map(([name, store]) => [name, watched(`work.${name}`, store, reached)])
  return Object.fromEntries(stores) as Work
}
