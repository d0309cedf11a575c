import { column, type ExportColumn, own } from './export-column.ts'

const terms = `t."body"->'terms'`
const decision = `t."body"->'decision'`
const nameIn = (json: string) => `${json}->>'name'`

const instant = (value: string) => `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** `2.1 check FINANCE: APPROVED by Fay Example for Dana Example`; a yes of an earlier round that still holds is marked. */
const STEPS = `(select string_agg(concat(
    s->>'id', ' ', s->>'kind', ' ', coalesce('manager ' || (s->'by'->>'manager'), s->'by'->>'role'), ': ', s->>'state',
    ' by ' || (select string_agg(concat(${nameIn(`v->'by'`)}, ' for ' || (${nameIn(`v->'onBehalfOf'`)})), ', ' order by i)
      from jsonb_array_elements(s->'votes') with ordinality as votes(v, i)),
    case when s->>'carried' = 'true' then ' (from an earlier round)' end), '; ' order by n)
  from jsonb_array_elements(t."body"->'steps') with ordinality as steps(s, n))`

/** What became of each is known once the discount is granted; before that it is only offered. */
const GIVES = `coalesce(
  (select string_agg(concat(c."kind", ' ', c."what", ' by ', c."due_on", ': ', c."state"), '; ' order by c."due_on", c."id")
    from "client_commitments" c where c."request_id" = t."id"),
  (select string_agg(concat(g->>'kind', ' ', g->>'what', ' by ', g->>'dueOn', ': OFFERED'), '; ' order by n)
    from jsonb_array_elements(${terms}->'gives') with ordinality as gives(g, n)))`

/** Requests for discounts with their history, for a reader: what people decided cannot be imported. */
export const DISCOUNT_COLUMNS: readonly ExportColumn[] = [
  ...own('number:number'),
  column('account', '(select a."name" from "accounts" a where a."id" = t."account_id")'),
  column('requester', '(select u."email" from "users" u where u."id" = t."requester_id")'),
  ...own('state'),
  column('percent', 'trim_scale(t."percent")::text', 'number'),
  column('list', 't."list_amount"::text', 'number'),
  column('net', 't."net_amount"::text', 'number'),
  ...own('currency'),
  column('subject', `${terms}->'subject'->>'title'`),
  column('product', `${terms}->'subject'->>'product'`),
  column('deferralDays', `${terms}->>'deferralDays'`, 'number'),
  column('reason', `t."body"->>'reason'`),
  column('competitor', `t."body"->>'competitor'`),
  column('createdAt', instant('t."created_at"')),
  column('decidedBy', nameIn(`${decision}->'by'`)),
  column('onBehalfOf', nameIn(`${decision}->'onBehalfOf'`)),
  column('decidedAt', `coalesce(${instant('t."decided_at"')}, ${decision}->>'at')`),
  column('channel', `${decision}->>'channel'`),
  column('word', `${decision}->>'word'`),
  column('rule', `${decision}->>'rule'`),
  ...own('lastDay:day', 'policyVersion:number', 'round:number'),
  column('steps', STEPS),
  column('gives', GIVES),
]
