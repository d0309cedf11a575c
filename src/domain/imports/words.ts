/** What people write in a column of words, by what it means. Compared without case, spaces and punctuation. */
export type Words = Readonly<Record<string, readonly string[]>>

export const ROLE_WORDS: Words = {
  KAM: [
    'kam',
    'key account manager',
    'account manager',
    'sales',
    'sales agent',
    'sales rep',
    'field rep',
    'rep',
    'кам',
    'менеджер',
    'менеджер по ключевым клиентам',
    'торговый представитель',
    'продавец',
  ],
  MANAGER: [
    'manager',
    'head of sales',
    'sales manager',
    'regional manager',
    'head',
    'руководитель',
    'руководитель отдела',
    'руководитель отдела продаж',
    'начальник отдела',
    'региональный менеджер',
    'роп',
  ],
  DIRECTOR: ['director', 'commercial director', 'sales director', 'директор', 'коммерческий директор'],
  FINANCE: [
    'finance',
    'accountant',
    'accounting',
    'cfo',
    'финансы',
    'бухгалтер',
    'бухгалтерия',
    'финансовый директор',
  ],
  ADMIN: ['admin', 'administrator', 'админ', 'администратор'],
}

export const TIER_WORDS: Words = { A: ['a', 'а', 'key', 'ключевой'], B: ['b', 'в', 'б'], C: ['c', 'с'] }

export const DELEGATION_WORDS: Words = { D1: ['d1', '1'], D2: ['d2', '2'], D3: ['d3', '3'], D4: ['d4', '4'] }

export const LANGUAGE_WORDS: Words = {
  en: ['en', 'eng', 'english', 'en us', 'en gb', 'английский', 'англ'],
  ru: ['ru', 'rus', 'russian', 'ru ru', 'русский', 'рус'],
}

export const INFLUENCE_WORDS: Words = {
  DECISION_MAKER: ['decision maker', 'decides', 'лпр', 'принимает решения', 'принимает решение'],
  INFLUENCER: ['influencer', 'influences', 'лвпр', 'влияет', 'влияет на решение'],
  USER: ['user', 'end user', 'пользователь'],
  GATEKEEPER: ['gatekeeper', 'assistant', 'секретарь', 'помощник'],
}

export const ATTITUDE_WORDS: Words = {
  SUPPORTER: ['supporter', 'champion', 'positive', 'сторонник', 'за', 'лоялен'],
  NEUTRAL: ['neutral', 'нейтрален', 'нейтральный', 'нейтрально'],
  CRITIC: ['critic', 'negative', 'opponent', 'критик', 'против', 'противник'],
}

export const MEETING_KIND_WORDS: Words = {
  VISIT: ['visit', 'on site', 'onsite', 'field visit', 'визит', 'выезд', 'поездка'],
  CALL: ['call', 'phone', 'phone call', 'telephone', 'звонок', 'телефон', 'созвон'],
  ONLINE: [
    'online',
    'video',
    'video call',
    'zoom',
    'teams',
    'webinar',
    'demo',
    'онлайн',
    'видео',
    'видеозвонок',
    'вкс',
  ],
  INFORMAL: ['informal', 'lunch', 'dinner', 'coffee', 'event', 'неформальная', 'обед', 'ужин', 'кофе'],
  EMAIL: ['email', 'mail', 'letter', 'письмо', 'почта', 'электронное письмо'],
  MEETING: ['meeting', 'appointment', 'встреча', 'переговоры', 'совещание'],
}

export const MEETING_STATUS_WORDS: Words = {
  PLANNED: [
    'planned',
    'scheduled',
    'open',
    'upcoming',
    'запланирована',
    'запланировано',
    'запланирован',
    'план',
    'назначена',
    'планируется',
  ],
  HELD: [
    'held',
    'completed',
    'complete',
    'done',
    'closed',
    'состоялась',
    'состоялся',
    'состоялось',
    'проведена',
    'проведено',
    'завершена',
    'завершено',
    'выполнено',
  ],
  CANCELLED: ['cancelled', 'canceled', 'no show', 'отменена', 'отменено', 'отменен', 'не состоялась'],
}

export const MOOD_WORDS: Words = {
  GOOD: ['good', 'positive', 'great', 'хорошее', 'хорошо', 'хороший', 'отлично', 'отличное', 'позитивное'],
  NEUTRAL: ['neutral', 'ok', 'normal', 'нейтральное', 'нормально', 'нормальное'],
  BAD: ['bad', 'negative', 'poor', 'плохое', 'плохо', 'плохой', 'негативное'],
}

export const OUTCOME_WORDS: Words = {
  WON: [
    'won',
    'closed won',
    'close won',
    'win',
    'выиграна',
    'выигран',
    'выиграно',
    'успешно',
    'успешно завершена',
    'успешно реализовано',
    'успешно реализована',
    'сделка успешна',
  ],
  LOST: [
    'lost',
    'closed lost',
    'close lost',
    'проиграна',
    'проигран',
    'проиграно',
    'провалена',
    'отказ',
    'закрыто и не реализовано',
    'не реализовано',
    'сделка провалена',
  ],
  OPEN: ['open', 'in progress', 'открыта', 'в работе'],
}

export const YES_WORDS: Words = {
  yes: ['yes', 'y', 'true', '1', 'да', 'истина', 'активен', 'active'],
  no: ['no', 'n', 'false', '0', 'нет', 'ложь', 'неактивен', 'inactive'],
}

/** Letters and digits only, so that `E-mail`, `e_mail` and `EMAIL` are one word. */
export function squash(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

export function meaning(words: Words, text: string): string | null {
  const wanted = squash(text)
  if (!wanted) return null
  for (const [value, ways] of Object.entries(words)) {
    if (squash(value) === wanted || ways.some((way) => squash(way) === wanted)) return value
  }
  return null
}
