/** How many people, and how many reminders each of them is owed. */
export type Size = Readonly<{ telegram: number; slack: number; each: number }>

export const FULL: Size = { telegram: 5_000, slack: 300, each: 50 }
export const SMALL: Size = { telegram: 500, slack: 30, each: 50 }

export type Reached = 'TELEGRAM' | 'SLACK'

export type Somebody = Readonly<{
  id: string
  email: string
  reached: Reached
  /** Who they are on the platform. */
  externalId: string
  /** The account that is theirs. */
  account: string
  /** What they promised; each text is there once. */
  promises: readonly string[]
}>

const FIRST_TELEGRAM_ID = 10_000
const FIRST = ['North', 'Velvet', 'Granite', 'Harbour', 'Amber', 'Cobalt', 'Willow', 'Summit', 'Copper']
const SECOND = ['Foods', 'Logistics', 'Optics', 'Textiles', 'Robotics', 'Paper', 'Energy', 'Glass']
const FORM = ['Ltd', 'Group', 'Works', 'Partners', 'Union', 'Trading', 'Supply']

/** The same people each time, so that every process can reckon them for itself. */
export function rosterOf({ telegram, slack, each }: Size): readonly Somebody[] {
  return [
    ...people('TELEGRAM', telegram, 1, (index) => String(FIRST_TELEGRAM_ID + index)),
    ...people('SLACK', slack, each, (index) => `U${String(index).padStart(6, '0')}`),
  ]
}

function people(
  reached: Reached,
  count: number,
  each: number,
  externalId: (index: number) => string,
): Somebody[] {
  const letter = reached === 'TELEGRAM' ? 't' : 's'
  return Array.from({ length: count }, (_, index) => {
    const id = `${letter}${String(index).padStart(5, '0')}`
    return {
      id,
      email: `${id}@example.com`,
      reached,
      externalId: externalId(index),
      account: `${FIRST[index % FIRST.length]} ${SECOND[index % SECOND.length]} ${FORM[index % FORM.length]} ${id}`,
      promises: Array.from(
        { length: each },
        (_none, number) => `send the quote ${id}-${String(number).padStart(2, '0')}`,
      ),
    }
  })
}

export const PROMISE = /send the quote ([ts]\d{5}-\d{2})/g
