import type { Fault } from './types.ts'

/** Scripted failures, taken in order by the calls of a method. */
export class Faults {
  readonly #queues = new Map<string, Fault[]>()

  /** `*` fails the next call of any method. */
  failNext(method: string, fault: Fault): void {
    const key = method.toLowerCase()
    const queue = this.#queues.get(key) ?? []
    this.#queues.set(key, queue)
    for (let left = fault.times ?? 1; left > 0; left -= 1) queue.push(fault)
  }

  take(method: string): Fault | undefined {
    return this.#queues.get(method.toLowerCase())?.shift() ?? this.#queues.get('*')?.shift()
  }

  clear(): void {
    this.#queues.clear()
  }
}
