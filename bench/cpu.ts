import { readdirSync, readFileSync } from 'node:fs'

const NS_PER_MS = 1e6

/** Nanoseconds that a process has computed, over all its threads; the clock ticks of /proc/<pid>/stat are too coarse. */
export function cpuMsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, task) => sum + taskNs(pid, task), 0) / NS_PER_MS
  } catch {
    // It has ended.
    return 0
  }
}

function taskNs(pid: number, task: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    return 0
  }
}

export type Memory = Readonly<{ nowMb: number; peakMb: number }>

export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mb = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1_024
  return { nowMb: mb('VmRSS'), peakMb: mb('VmHWM') }
}
