/**
 * Words that no notification, contact address or file name of ours may bear (R22): a lock screen is read by whoever
 * holds the phone. Stems, compared without case and accents.
 */
const TELLING_STEMS: readonly string[] = [
  'veilleuse', 'alarm', 'alert', 'panic', 'paniek', 'paniq', 'sos', 'urgence', 'emergency', 'noodgeval', 'noodknop', 'danger', 'gevaar',
  'sex', 'seks', 'prostit', 'escort', 'hoer', 'putain', 'bordel', 'brothel', 'whore', 'hooker', 'maison close',
  'travailleuse', 'worker', 'werkster', 'client', 'klant', 'duress', 'contrainte', 'dwang'
]

/** The first telling stem in `text`, or null. */
export function tellingStem (text: string): string | null {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return TELLING_STEMS.find((stem) => new RegExp(`(?<![a-z])${stem}`).test(plain)) ?? null
}
