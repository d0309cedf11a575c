import { nameKey } from '../../src/domain/accounts/name-key.ts'

/** Invented first words, so that names are told apart by them as those of real firms are. */
const STARTS = 'b br d dr f fl g gr h k kl l m n p pr r s st t tr v vel z sk'.split(' ')
const VOWELS = 'a e i o u ai'.split(' ')
const MIDDLES = 'l r n m rd nt ll st v k ss rt nd b g t p lm rk x'.split(' ')
const ENDS = 'a o en ex or is um ik an el on ar ia us it os'.split(' ')
/** Coprime with the number of words, so that neighbours in the list do not look alike. */
const STEP = 7_919

/** What half of all firms are called by, too. */
const TRADES = (
  'Logistics Systems Trade Foods Pharma Energy Metal Textile Robotics Media Paper Glass Optics Marine Motors Tools ' +
  'Chemicals Plastics Software Networks Consulting Engineering Packaging Furniture Ceramics Printing Dairy Brewing ' +
  'Aviation Shipping Steel Timber Cement Lighting Heating Cables Sensors Batteries Bearings Pumps Valves Turbines ' +
  'Instruments Medical Dental Cosmetics Apparel Footwear Toys Sports Travel Hotels Catering Retail Finance Insurance ' +
  'Realty Security Telecom Mining'
).split(' ')
const FORMS = ['', '', ' GmbH', ' Ltd', ' LLC']

const WORDS = STARTS.length * VOWELS.length * MIDDLES.length * VOWELS.length * 6

/** The name of the n-th account, beginning with 0. No two are the same below seven million. */
export function nameOf(n: number): string {
  const word = n % WORDS
  const trade = TRADES[(word + Math.floor(n / WORDS)) % TRADES.length]
  return `${wordOf(word)} ${trade}${FORMS[n % FORMS.length]}`
}

function wordOf(index: number): string {
  let left = (index * STEP) % WORDS
  const pick = (from: readonly string[], most = from.length): string => {
    const chosen = from[left % most] ?? ''
    left = Math.floor(left / most)
    return chosen
  }
  const word = pick(STARTS) + pick(VOWELS) + pick(MIDDLES) + pick(VOWELS) + pick(MIDDLES, 6)
  return word.charAt(0).toUpperCase() + word.slice(1) + (ENDS[index % ENDS.length] ?? '')
}

/** As somebody writes it who is in a hurry: the last two letters have changed places. Without the legal form, as people do. */
export function typoOf(n: number): string {
  const name = withoutForm(nameOf(n))
  return `${name.slice(0, -2)}${name.slice(-1)}${name.slice(-2, -1)}`
}

export const withoutForm = (name: string): string => name.split(' ').slice(0, 2).join(' ')

/** Three accounts are called by the same second name. */
const SHARED_BY = 3
export const sharedNames = (accounts: number): number => Math.min(200, Math.floor(accounts / 10))
export const sharedName = (group: number): string => `${wordOf(WORDS - 1 - group)} Alliance`
export const sharersOf = (group: number, accounts: number): readonly number[] =>
  Array.from({ length: SHARED_BY }, (_, at) => group + at * Math.floor(accounts / SHARED_BY))

export type NameRow = Readonly<{ n: number; text: string; key: string }>

export const nameRow = (n: number): NameRow => ({ n, text: nameOf(n), key: nameKey(nameOf(n)) })
export const sharedRow = (group: number): Omit<NameRow, 'n'> => {
  const text = sharedName(group)
  return { text, key: nameKey(text) }
}
