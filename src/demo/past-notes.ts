import type { Tier } from '../domain/accounts/account.ts'
import type { Language } from '../domain/shared/actor.ts'
import type { Told } from './story.ts'

type Note = Omit<Told, 'who'>

/**
 * What older meetings were about. A small client has no shifts and no shop floor, so some notes are for larger ones
 * only. The first list alone and both together have prime lengths: so a stride through them repeats late.
 */
export function pastNotes(language: Language, tier: Tier | undefined): readonly Note[] {
  const anywhere = ANYWHERE[language]
  return tier === 'A' || tier === 'B' ? [...anywhere, ...PLANT[language]] : anywhere
}

const ANYWHERE: Readonly<Record<Language, readonly Note[]>> = {
  ru: [
    note('VISIT', 'GOOD', 'Плановый осмотр прошёл без замечаний. Попросили копию протокола.'),
    note('CALL', 'NEUTRAL', 'Обсудили цены на следующий год. Рост до пяти процентов примут, больше нет.'),
    note('ONLINE', 'NEUTRAL', 'Разобрали смету по строкам. Монтаж кажется дорогим, остальное приняли.'),
    note('CALL', null, null),
    note('VISIT', 'GOOD', 'Запустили после ремонта. Работает тише, чем раньше.'),
    note('CALL', 'BAD', 'Запчасть пришла не та. Заменили за два дня, но осадок остался.'),
    note('ONLINE', null, 'Сверили взаиморасчёты, расхождений нет.'),
    note('VISIT', 'GOOD', 'Поменяли фильтры, показали, как делать это самим.'),
    note('CALL', 'NEUTRAL', 'Уточнили срок поставки. Неделя задержки не страшна, две уже да.'),
    note('CALL', 'GOOD', 'Поблагодарили за быстрый выезд в воскресенье.'),
    note('EMAIL', 'NEUTRAL', 'Прислали фото шильдика: просят подобрать расходники.'),
  ],
  en: [
    note('VISIT', 'GOOD', 'Yearly inspection, nothing to report. They asked for a copy of the protocol.'),
    note('CALL', 'NEUTRAL', "Talked about next year's price list. Up to five per cent is fine, more is not."),
    note(
      'ONLINE',
      'NEUTRAL',
      'Went through the quote line by line. Installation looks dear, the rest is agreed.',
    ),
    note('CALL', null, null),
    note('VISIT', 'GOOD', 'Restarted after the repair. It runs quieter than before.'),
    note('CALL', 'BAD', 'We sent the wrong part. Replaced in two days, but they remember it.'),
    note('ONLINE', null, 'Compared our books with theirs: no difference.'),
    note('VISIT', 'GOOD', 'Changed the filters and showed them how to do it themselves.'),
    note('CALL', 'NEUTRAL', 'Checked the delivery date. One week late is no problem, two would be.'),
    note('CALL', 'GOOD', 'They thanked us for coming out on a Sunday.'),
    note('EMAIL', 'NEUTRAL', 'They sent a photo of the type plate and want the right consumables.'),
  ],
}

const PLANT: Readonly<Record<Language, readonly Note[]>> = {
  ru: [
    note('VISIT', 'GOOD', 'Обучили сменных: двое теперь сами находят утечки.'),
    note('INFORMAL', 'GOOD', 'Обедали после выставки. Рассказали, что делает их главный конкурент.'),
    note('VISIT', 'NEUTRAL', 'Сняли показания счётчика, расход выше обычного. Нашли утечку у входа в цех.'),
    note('ONLINE', 'GOOD', 'Показали удалённый мониторинг. Хотят доступ для дежурного.'),
    note('VISIT', 'NEUTRAL', 'Искали место для осушителя. Проход узкий, нужен чертёж.'),
    note('CALL', 'NEUTRAL', 'Просят отсрочку 45 дней вместо 30. Сказали, что спросим.'),
    note('MEETING', 'NEUTRAL', 'Познакомились с новым человеком в снабжении. Пока только слушает.'),
    note('VISIT', 'GOOD', 'Прошли цех, отметили три места, где можно сэкономить на воздухе.'),
  ],
  en: [
    note('VISIT', 'GOOD', 'Trained two of the shift: they find leaks themselves now.'),
    note('INFORMAL', 'GOOD', 'Lunch after the trade fair. Heard what their main competitor is up to.'),
    note('VISIT', 'NEUTRAL', 'Read the meter: higher than usual. Found the leak next to the hall door.'),
    note('ONLINE', 'GOOD', 'Showed the remote monitoring. They want a log-in for the night shift.'),
    note('VISIT', 'NEUTRAL', 'Looked for a place for the dryer. The passage is narrow, they need a drawing.'),
    note('CALL', 'NEUTRAL', 'They ask for 45 days to pay instead of 30. Said we would find out.'),
    note('MEETING', 'NEUTRAL', 'Met the new colleague in purchasing, who listened and said little.'),
    note('VISIT', 'GOOD', 'Walked the hall and marked three places where they waste air.'),
  ],
}

function note(kind: Note['kind'], mood: Note['mood'], text: string | null): Note {
  return { kind, mood, note: text }
}
