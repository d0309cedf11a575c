/** A mistake as somebody might make it, and the tests that must find it. */
export type Mistake = Readonly<{
  name: string
  file: string
  /** Stands in the file once. */
  find: string
  replace: string
  /** Which tests are run; at least one of them must fail. */
  project: 'unit' | 'db' | 'faults'
  tests: readonly string[]
}>

export const MISTAKES: readonly Mistake[] = [
  {
    name: 'an update that comes twice is not known again',
    file: 'src/db/actors.ts',
    find: 'const repeat = update.stored ? row.done === true : !row.fresh',
    replace: 'const repeat = false',
    project: 'db',
    tests: ['tests/app/dispatcher.test.ts'],
  },
  {
    name: 'an approval is looked at and then written, without asking whether it has moved',
    file: 'src/db/discounts.ts',
    find: 'where id = ${before.id} and version = ${before.version} returning id',
    replace: 'where id = ${before.id} returning id',
    project: 'db',
    tests: ['tests/db/discounts.test.ts'],
  },
  {
    name: 'an update is confirmed before it is stored',
    file: 'src/bots/telegram/polling.ts',
    find: '      await intake.accept(updates)\n      offset = updates',
    replace: '      void intake.accept(updates).catch(() => undefined)\n      offset = updates',
    project: 'unit',
    tests: ['tests/bots/telegram/polling.test.ts'],
  },
  {
    name: 'what people write is not escaped',
    file: 'src/bots/plain-words.ts',
    find: "text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')",
    replace: 'text',
    project: 'unit',
    tests: ['tests/bots/telegram/render.test.ts', 'tests/bots/slack/render.test.ts'],
  },
  {
    name: 'a platform that asks to wait is asked again at once',
    file: 'src/bots/telegram/sender.ts',
    find: '        parts.pace.close(chat, failure.afterMs)\n',
    replace: '',
    project: 'unit',
    tests: ['tests/bots/telegram/sender.test.ts'],
  },
  {
    name: 'timers live in the memory of the process: what was due before its start is forgotten',
    file: 'src/db/outbox.ts',
    find: "from (select * from notices where state = 'WAITING' and try_at <= ${timestamp(now)}",
    replace:
      "from (select * from notices where state = 'WAITING' and try_at <= ${timestamp(now)} and due_at > ${timestamp(new Date(now.getTime() - 60_000))}",
    project: 'db',
    tests: ['tests/jobs/digests.test.ts', 'tests/jobs/deliver.test.ts', 'tests/jobs/app.test.ts'],
  },
  {
    name: 'whoever is asked by nobody may decide all the same',
    file: 'src/domain/discounts/decide.ts',
    find: "  if (mine.length === 0) return 'notYours'\n",
    replace: '  if (mine.length === 0) mine.push(...step.seats)\n',
    project: 'unit',
    tests: ['tests/domain/discounts/decide.test.ts'],
  },
  {
    name: 'an answer to one is shown to the whole channel, outsiders as well',
    file: 'src/bots/slack/on-command.ts',
    find: "    return ack({ response_type: 'ephemeral', ...renderMessage(reply.answer.view, speak) })",
    replace:
      "    return ack({ response_type: 'in_channel' as 'ephemeral', ...renderMessage(reply.answer.view, speak) })",
    project: 'unit',
    tests: ['tests/bots/slack/commands.test.ts'],
  },
  {
    name: 'a token that is in an error goes into the log with it',
    file: 'src/logger.ts',
    find: 'streamWrite: scrubbed',
    replace: 'streamWrite: (line: string) => line',
    project: 'unit',
    tests: ['tests/logger.test.ts'],
  },
  {
    name: 'the clock on the wall does not know summer time',
    file: 'src/domain/when/wall-clock.ts',
    find: '  const after = offsetAt(timeZone, wall + DAY)',
    replace: '  const after = before',
    project: 'unit',
    tests: ['tests/domain/when/read-when.test.ts', 'tests/domain/follow-ups/schedule.test.ts'],
  },
  {
    name: 'a text is cut in the middle of a character',
    file: 'src/bots/slack/text.ts',
    find: "  const points = Array.from(text)\n  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`",
    replace: '  return `${text.slice(0, most - 1)}…`',
    project: 'unit',
    tests: ['tests/bots/slack/text.test.ts', 'tests/bots/slack/render.test.ts'],
  },
  {
    name: 'a tap is not answered when its work fails',
    file: 'src/bots/telegram/conversation.ts',
    find: "      if ('queryId' in intent) await parts.acknowledgements.answer(intent.queryId)",
    replace: '',
    project: 'unit',
    tests: ['tests/bots/telegram/presses.test.ts'],
  },
  {
    name: 'the audit row is written beside the transaction of its change',
    file: 'src/db/unit-of-work.ts',
    find: 'const write = async (record: AuditRecord) => void records.push(record)',
    replace: 'const write = (record: AuditRecord) => writeAudit(reads, record)',
    project: 'db',
    tests: ['tests/db/unit-of-work.test.ts'],
  },
  {
    name: 'what Slack delivers again is thrown away unseen',
    file: 'src/bots/slack/guard.ts',
    find: '    const text = body.toString()\n',
    replace:
      "    const text = body.toString()\n    if (header(request, 'x-slack-retry-num') !== '') return { status: 200 }\n",
    project: 'unit',
    tests: ['tests/bots/slack/messages.test.ts', 'tests/bots/slack/guard.test.ts'],
  },
  {
    name: 'a pattern takes for ever over a long word',
    file: 'src/commands/kit/parse.ts',
    find: '/^(\\/?)(\\S*)\\s*([\\s\\S]*)$/',
    replace: '/^(\\/?)((?:\\S+)*)\\s*([^\\0]*)$/',
    project: 'faults',
    tests: ['tests/faults/inputs/patterns.test.ts'],
  },
]
