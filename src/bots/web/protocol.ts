/**
 * What travels between the console's server and its page, as JSON. Types only, and shared: the page's modules name
 * them in their JSDoc. Every string in here is already in the reader's language and is shown as text, never as markup.
 */
export type Tone = 'good' | 'warn' | 'bad'
export type Language = 'en' | 'ru'
export type Both = Readonly<Record<Language, string>>

export type SpokenLine = Readonly<{ text: string; tone?: Tone }>
export type SpokenField = Readonly<{ label: string; value: string; tone?: Tone }>
type SpokenColumn = Readonly<{ label: string; align?: 'end' }>
export type SpokenButton = Readonly<{
  label: string
  command: string
  args: Readonly<Record<string, string>>
  style?: 'primary' | 'danger'
}>

export type SpokenBlock =
  | Readonly<{ kind: 'heading'; text: string; badge?: SpokenLine }>
  | Readonly<{ kind: 'text'; text: string; tone?: Tone }>
  | Readonly<{ kind: 'fields'; title?: string; fields: readonly SpokenField[] }>
  | Readonly<{ kind: 'list'; title?: string; items: readonly SpokenLine[] }>
  | Readonly<{
      kind: 'table'
      title?: string
      columns: readonly SpokenColumn[]
      rows: readonly (readonly string[])[]
    }>
  | Readonly<{ kind: 'note'; text: string }>
  | Readonly<{ kind: 'divider' }>
  | Readonly<{ kind: 'buttons'; buttons: readonly SpokenButton[] }>

export type SpokenChoice = Readonly<{ value: string; label: string }>

export type SpokenFormField = Readonly<{
  name: string
  label: string
  kind: string
  /** Choices come from the server while somebody types. */
  searched: boolean
  optional: boolean
  hint?: string
  choices?: readonly SpokenChoice[]
  value?: SpokenChoice
  error?: string
}>

export type SpokenForm = Readonly<{
  command: string
  /** Not shown, and sent back as they are. */
  hidden: Readonly<Record<string, string>>
  title: string
  submit: string
  fields: readonly SpokenFormField[]
  /** Why it could not be sent; nothing was changed, and what was typed is still there. */
  failure?: string
}>

export type Card =
  | Readonly<{ kind: 'view'; language: Language; blocks: readonly SpokenBlock[] }>
  | Readonly<{ kind: 'form'; language: Language; form: SpokenForm }>

/**
 * One line somebody typed and the card under it, or a card that came by itself. A button or a form changes the card,
 * and `seq` grows.
 */
export type Exchange = Readonly<{
  id: string
  /** Grows with every change in the whole process: the larger one is the newer state. */
  seq: number
  at: string
  said: string | null
  /** Nobody asked for it: a reminder. It stays one when its buttons were used. */
  unasked?: boolean
  pending: boolean
  card: Card | null
}>

export type Act =
  | Readonly<{ kind: 'line'; text: string }>
  | Readonly<{ kind: 'press'; command: string; args: Readonly<Record<string, string>> }>
  /** `labels`: the words that stood beside chosen values, so that a form that comes back shows them again. */
  | Readonly<{
      kind: 'submit'
      command: string
      values: Readonly<Record<string, string>>
      labels?: Readonly<Record<string, string>> | undefined
    }>

/** `key` is made once per act and stays the same when it is sent again; `on` is the exchange whose card was used. */
export type ActRequest = Readonly<{ key: string; on?: string | undefined; act: Act }>

export type ShownPersona = Readonly<{
  id: string
  name: string
  language: Language
  role: Both
  sees: Both
  commands: readonly ShownCommand[]
}>

export type ShownCommand = Readonly<{
  name: string
  aliases: readonly string[]
  summary: Both
  takesAccount: boolean
}>

export type Start = Readonly<{ personas: readonly ShownPersona[]; words: Readonly<Record<Language, Words>> }>
type Words = Readonly<Record<string, string>>

export type Example = Readonly<{ line: string; why: string }>

/** The first event of a stream: everything, or only what changed since the event the page saw last. */
export type History = Readonly<{ threads: Readonly<Record<string, readonly Exchange[]>> }>
export type Change = Readonly<{ persona: string; exchange: Exchange }>
