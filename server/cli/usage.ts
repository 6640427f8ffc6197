/** Exit codes of the command line. @see sysexits.h */
export const EXIT = { ok: 0, refused: 1, usage: 64, software: 70, config: 78 } as const

/** The command line itself is wrong: says what to type instead. */
export class UsageError extends Error {
  readonly code: string
  constructor (code: string, message: string) {
    super(message)
    this.name = 'UsageError'
    this.code = code
  }
}

export const USAGE = `usage: veilleuse COMMAND [--json]

  serve                                         run the service
  demo [--once]                                 a house that lives, in a temporary folder
  venue add --name V --regime employed|independent [--region BE-BRU|BE-VLG|BE-WAL|other]
  venue list
  venue hours --venue V [--set "5 20:00-04:00, 6 20:00-04:00" | --always]
                                                when it is open (1 is Monday; Brussels time)
  room add --venue V --name R [--address A]
  room list --venue V
  room renew --venue V --room R                 a new QR; the old one is void at once
  button add --venue V --room R                 prints did and keys once (laboratory)
  button list --venue V
  button retire --venue V --did D
  invite worker|technician --venue V
  invite reference-person|organisation --venue V  whom the venue may offer to its workers
  invite researcher
  report --year Y [--out DIR] [--language fr|nl|en]
                                                the published figures of a year, as HTML and CSV
  backup FILE                                   a whole copy, while the service runs
  restore FILE [--old]                          into an empty data folder, while it does not; --old: older than 14 days
  rotate-key [--new-key-file K]                 a new master key, while the service does not run
  laboratory --rooms N [--watched M]            an empty data folder becomes a house for load and study
                                                (device-sim live); prints its keys, one a line
  config                                        the resolved configuration, secrets masked

V is a venue's id or name, R a room's id or label. Settings come from the environment: see docs/configuration.md.
`

/** What to do about a refusal, where the code alone does not say it. */
const REMEDIES: Readonly<Record<string, string>> = {
  VENUE_NOT_FOUND: 'no venue has this id or name; see venue list',
  VENUE_NAME_AMBIGUOUS: 'several venues have this name; give the id, see venue list',
  ROOM_NOT_FOUND: 'no room of this venue has this id or label; see room list',
  ROOM_NAME_AMBIGUOUS: 'several rooms have this label; give the id, see room list',
  BUTTON_NOT_FOUND: 'no button of this venue has this did; see button list',
  LABEL_TAKEN: 'a room of this venue has this name; choose another',
  TEXT_TOO_LONG: 'a name or an address is too long; write less',
  LABORATORY_ONLY_EMPTY: 'a house is in this data folder already; a laboratory needs one of its own',
  DATA_NOT_EMPTY: 'a database is there already, and may be the newer: move it aside first'
}

/** What was asked can't be done as things are; `code` is the service's own stable code. */
export class Refusal extends Error {
  readonly code: string
  constructor (code: string) {
    super(REMEDIES[code] ?? 'the rules do not allow this')
    this.name = 'Refusal'
    this.code = code
  }
}
