/**
 * Words that no notification, contact address or file name of ours may bear (R22): a lock screen is read by whoever
 * holds the phone. Stems of all eight languages, compared without case and accents: at the start of a word; "sos" is one of its own,
 * for "sosesc" is Romanian for "I arrive".
 */
const TELLING_STEMS: readonly string[] = [
  'veilleuse', 'alarm', 'alert', 'panic', 'paniek', 'paniq', 'sos(?![a-z])', 'urgence', 'emergency', 'noodgeval', 'noodknop', 'danger', 'gevaar',
  'sex', 'seks', 'prostit', 'escort', 'hoer', 'putain', 'bordel', 'brothel', 'whore', 'hooker', 'maison close',
  'travailleuse', 'worker', 'werkster', 'client', 'klant', 'duress', 'contrainte', 'dwang', 'urgent',
  'pericol', 'curva', 'lucratoare', 'muncitoare',
  'тревог', 'аларм', 'паник', 'спешн', 'опасн', 'секс', 'проститу', 'курва', 'клиент',
  'emergencia', 'peligro', 'puta', 'burdel', 'trabajadora',
  'perigo', 'trabalhadora',
  'emergjenc', 'rrezik', 'kurv', 'klient', 'punonjes'
]

/** The first telling stem in `text`, or null. */
export function tellingStem (text: string): string | null {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return TELLING_STEMS.find((stem) => new RegExp(`(?<!\\p{L})${stem}`, 'u').test(plain)) ?? null
}
