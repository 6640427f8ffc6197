/** Joining alone, recovery words, her history, erasing and her own data. */
import { Type } from 'typebox'
import { Alias, Device } from './joining.ts'
import { LiveWorkerAlarm } from './live.ts'
import { Id, Language, Time, Wish, exact, nullable } from './words.ts'

/** What everybody who joins has to have read: whoever holds the machine can read it. */
export const JoinNotice = Type.Literal('MACHINE_HOLDER_READS')
const text = Type.String()
const NoticeText = Type.Object({ fr: text, nl: text, en: text, ro: text, bg: text, es: text, pt: text, sq: text })
export const JoinShown = Type.Object({
  open: Type.Boolean({ description: 'Whether one may join here without an invite.' }),
  operator: nullable(Type.String({ description: 'Who keeps this machine, in their own words.' })),
  notice: Type.Object({ code: JoinNotice, text: NoticeText })
})
/** `notice`: the code of what was shown before. */
export const JoinAlone = exact({ alias: Alias, language: Language, device: Device, notice: JoinNotice })

/** As people type them: any case, any separators. */
const WordsTyped = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$' })
export const Recover = exact({ words: WordsTyped, device: Device })
export const RecoveryShown = Type.Object({ madeAt: nullable(Time) })
/** Shown this once. */
export const RecoveryMade = Type.Object({ words: Type.Array(Type.String()), madeAt: Time })

export const ErasureAsk = exact({ words: nullable(WordsTyped) })
/** `waits`: for her open alarm to close. */
export const ErasureAsked = Type.Object({ dueAt: Time, waits: Type.Boolean() })

const HistoryCard = Type.Object({
  venue: nullable(Type.String()), address: nullable(Type.String()), room: nullable(Type.String()), place: nullable(Type.String()),
  note: nullable(Type.String()), quietCheck: nullable(Type.String()), wishes: Type.Object({ ambulance: Wish, police: Wish })
})
export const HistoryAlarm = Type.Object({
  alarm: LiveWorkerAlarm,
  card: nullable(HistoryCard),
  names: Type.Record(Type.String(), Type.String(), { description: 'Of people on her list, by id.' }),
  goesAt: Time,
  kept: Type.Boolean()
})
const HistoryLine = Type.Object({ alarm: Id, kind: Type.String(), openedAt: Time, endedAt: Time, why: Type.String(), goesAt: Time, kept: Type.Boolean() })
/** The newest first. */
export const HistoryShown = Type.Object({ days: Type.Integer({ description: 'How long an alarm\'s details live.' }), alarms: Type.Array(HistoryLine) })
export const HistoryDays = exact({ days: Type.Integer({ minimum: 1, maximum: 365 }) })

/** Everything that is kept of her, as she could read it page by page. */
export const Exported = Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true })
