/** What somebody on the road says: by how much they are late, or in how many minutes they arrive. Null: not said. */
export type Lateness = Readonly<{
  minutes: number | null
  arrivesIn: number | null
  /** What else was said, such as where. */
  rest: string
}>

/** A longer line tells of more than being late. */
const LONGEST = 120

const NUMBER = String.raw`\d{1,3}`
/** Words between the verb and the amount. */
const ABOUT = String.raw`(?:(?:about|around|approximately|by|примерно|где-то|около|минимум|ещ[её])\s+)*`
const RU_UNIT = String.raw`минут(?:ы|у|очек|ок)?|мин\.?|м`
const EN_UNIT = String.raw`minutes?|mins?\.?|m`
const HOUR_AND_HALF = String.raw`полтора\s+часа|an\s+hour\s+and\s+a\s+half|(?:one|1)\s+and\s+a\s+half\s+hours`
const HOUR = String.raw`(?:1\s+|один\s+)?час|(?:an|one|1)\s+hour`
const AMOUNT = [
  String.raw`(?:(?<number>${NUMBER})\s*(?:-\s*)?(?:${RU_UNIT}|${EN_UNIT})`,
  String.raw`минут(?:ок)?\s+(?:на\s+)?(?<more>${NUMBER})`,
  String.raw`(?<half>полчаса|пол\s*часа|half\s+an\s+hour|half-hour)`,
  String.raw`(?<long>${HOUR_AND_HALF})`,
  String.raw`(?<hour>${HOUR})`,
  String.raw`(?<quarter>четверть\s+часа|(?:a\s+)?quarter\s+of\s+an\s+hour)`,
  String.raw`(?<bare>${NUMBER})(?=[\s.!]*$))`,
].join('|')
/** `10.5` is not ten. */
const AFTER = String.raw`(?![\p{L}\d]|[.,]\d)[\s,.!]*(?<rest>.*)$`

const SELF_EN = String.raw`(?:sorry[,.]?\s+)?(?:(?:i\s*(?:['’]\s*)?(?:ll|will|am|m)|we\s*(?:['’]\s*)?(?:ll|will|are|re))\s+)?(?:be\s+|going\s+to\s+be\s+|running\s+|probably\s+)*`
const SELF_RU = String.raw`(?:(?:извините|простите)[,.]?\s+)?(?:я\s+|мы\s+)?(?:немного\s+|чуть\s+|чуток\s+)?`

const PATTERNS: readonly Readonly<{ pattern: RegExp; says: 'late' | 'arrives' }>[] = [
  // I'll be 10 minutes late; running about half an hour late
  { pattern: anchored(`${SELF_EN}${ABOUT}${AMOUNT}\\s+late${AFTER}`), says: 'late' },
  // I'm late by 10 minutes; I'll be late 10 min
  {
    pattern: anchored(`${SELF_EN}(?:a\\s+(?:bit|little)\\s+)?late\\s+${ABOUT}${AMOUNT}${AFTER}`),
    says: 'late',
  },
  // I'll be there in half an hour
  {
    pattern: anchored(`${SELF_EN}(?:there|with\\s+(?:you|them))\\s+in\\s+${ABOUT}${AMOUNT}${AFTER}`),
    says: 'arrives',
  },
  // опаздываю на 10 минут, задержусь минут на 20, буду позже на полчаса
  {
    pattern: anchored(
      `${SELF_RU}(?:опаздыва(?:ю|ем)|опозда(?:ю|ем)|задержива(?:юсь|емся)|задерж(?:усь|имся)|буд(?:у|ем)\\s+позже)\\s+${ABOUT}(?:на\\s+${ABOUT})?${AMOUNT}${AFTER}`,
    ),
    says: 'late',
  },
  // на 10 минут опаздываю
  {
    pattern: anchored(
      `${SELF_RU}${ABOUT}на\\s+${ABOUT}${AMOUNT}\\s+(?:опаздыва(?:ю|ем)|опозда(?:ю|ем)|задержива(?:юсь|емся)|задерж(?:усь|имся))${AFTER}`,
    ),
    says: 'late',
  },
  // буду через полчаса, приеду минут через 20
  {
    pattern: anchored(
      `${SELF_RU}(?:буд(?:у|ем)|приед(?:у|ем)|подъед(?:у|ем))\\s+(?:на\\s+месте\\s+)?${ABOUT}(?:через\\s+)${ABOUT}${AMOUNT}${AFTER}`,
    ),
    says: 'arrives',
  },
  {
    pattern: anchored(
      `${SELF_RU}(?:буд(?:у|ем)|приед(?:у|ем)|подъед(?:у|ем))\\s+минут\\s+через\\s+(?<number>${NUMBER})${AFTER}`,
    ),
    says: 'arrives',
  },
]

/** I'm late; опаздываю: nothing more than where. */
const BARE = anchored(
  String.raw`(?:${SELF_RU}(?:опаздыва(?:ю|ем)|опозда(?:ю|ем)|задержива(?:юсь|емся)|задерж(?:усь|имся))|(?:sorry[,.]?\s+)?(?:i\s*(?:['’]\s*)?(?:ll|will|am|m))\s+(?:be\s+|running\s+)*late)(?<rest>(?:\s+(?:на|к|в|for|to|at)\s+\S.*)?)[\s,.!]*$`,
)

function anchored(body: string): RegExp {
  return new RegExp(`^\\s*${body}`, 'isu')
}

/** Null when the line does not say that somebody is late now: what was ("was 10 minutes late") is no such line. */
export function readLateness(line: string): Lateness | null {
  if (line.length > LONGEST) return null
  for (const { pattern, says } of PATTERNS) {
    const groups = pattern.exec(line)?.groups
    if (!groups) continue
    const minutes = minutesIn(groups)
    const rest = (groups['rest'] ?? '').trim()
    return says === 'late' ? { minutes, arrivesIn: null, rest } : { minutes: null, arrivesIn: minutes, rest }
  }
  const bare = BARE.exec(line)
  return bare ? { minutes: null, arrivesIn: null, rest: (bare.groups?.['rest'] ?? '').trim() } : null
}

const TYPED = anchored(`(?:на\\s+|by\\s+)?${ABOUT}${AMOUNT}${AFTER}`)
const TYPED_BARE = anchored(`(?:на\\s+|by\\s+)?(?<number>${NUMBER})${AFTER}`)

/** `10`, `10 минут`, `полчаса`, as typed after a command; what else was said is the rest. */
export function readMinutes(text: string): Readonly<{ minutes: number; rest: string }> | null {
  const groups = TYPED.exec(text)?.groups ?? TYPED_BARE.exec(text)?.groups
  return groups ? { minutes: minutesIn(groups), rest: (groups['rest'] ?? '').trim() } : null
}

function minutesIn(groups: Readonly<Record<string, string | undefined>>): number {
  const number = groups['number'] ?? groups['more'] ?? groups['bare']
  if (number !== undefined) return Number(number)
  if (groups['half']) return 30
  if (groups['quarter']) return 15
  return groups['long'] ? 90 : 60
}
