import { type Rule, rule } from './meaning.ts'

/** Clocks of other places that people name beside an hour. */
const ZONES: readonly (readonly [string, string])[] = [
  ['(?:по )?(?:мск|москве|московскому(?: времени)?)|msk|moscow time', 'Europe/Moscow'],
  ['utc|gmt|z', 'UTC'],
  ['(?:по )?берлину|cet|cest|berlin time', 'Europe/Berlin'],
  ['(?:по )?лондону|london time|bst', 'Europe/London'],
  ['(?:по )?нью-йорку|est|edt|eastern(?: time)?|new york time', 'America/New_York'],
  ['pst|pdt|pacific(?: time)?', 'America/Los_Angeles'],
  ['(?:по )?екатеринбургу|екб', 'Asia/Yekaterinburg'],
  ['(?:по )?владивостоку', 'Asia/Vladivostok'],
  ['(?:по )?(?:алматы|алма-ате)', 'Asia/Almaty'],
]

export const ZONE_RULES: readonly Rule[] = ZONES.map(([source, timeZone]) =>
  rule(source, () => ({ is: 'zone', timeZone, weak: true })),
)
