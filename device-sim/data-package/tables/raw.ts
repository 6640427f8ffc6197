/** The tables of what happened: a row a press, a responder, a month, a measure of one replication. */
import type { Column, Table } from '../table.ts'

export const policyColumn: Column = { name: 'policy', type: 'string', description: 'Name of the escalation policy, as in the scenario.' }
const replicationColumn: Column = { name: 'replication', type: 'integer', unit: 'ordinal', description: 'Number of the replication, from 0. The same number has the same luck under every policy (common random numbers).' }
const venueColumn: Column = { name: 'venue', type: 'string', description: 'Kind of venue, as in the scenario.' }
const venueNumberColumn: Column = { name: 'venue_number', type: 'integer', unit: 'ordinal', description: 'Which venue of that kind, from 1.' }
const at = (name: string, what: string): Column => ({ name, type: 'number', unit: 's', optional: true, description: `${what}, virtual seconds from the start of the run; empty: it did not happen until the end of the run.` })
const count = (name: string, description: string): Column => ({ name, type: 'integer', unit: 'count', description })
/** Which one, and not how many. */
const which = (name: string, description: string): Column => ({ name, type: 'integer', unit: 'ordinal', description })

export const presses: Table = {
  name: 'presses',
  title: 'Press episodes',
  description: 'One row a press episode: what was pressed first, and what became of it. Test presses of the two-minute window are among them (cause test).',
  primaryKey: ['policy', 'replication', 'press'],
  columns: [
    policyColumn, replicationColumn,
    which('press', 'Number of the press episode in its replication; the same number is the same press under every policy.'),
    venueColumn, venueNumberColumn,
    which('room', 'Room in the venue, from 1.'),
    which('worker', 'Whose press it was: which of the workers who take turns in the room, from 1. Accidental presses outside the hours are hers who was there last.'),
    { name: 'cause', type: 'string', oneOf: ['incident', 'accident', 'test'], description: 'Why the button was pressed.' },
    { name: 'silent', type: 'boolean', description: 'A silent alarm: no feedback in the room.' },
    { name: 'quiet', type: 'boolean', description: 'A quiet check (assist), which opens no house lane and has waits of its own: hers, or raised by a missed promise.' },
    { name: 'missed', type: 'boolean', description: 'Nobody pressed: a promise to say "I am fine" was missed, and the service raised it by itself, at the time of pressed_at_s.' },
    { name: 'night', type: 'boolean', description: 'Pressed while ordinary contacts sleep.' },
    { name: 'forced', type: 'boolean', description: 'She was forced to give a PIN and gave the duress PIN.' },
    { name: 'pressed_at_s', type: 'number', unit: 's', description: 'The press, virtual seconds from the start of the run.' },
    at('pressed_again_at_s', 'She pressed once more while nobody was there'),
    at('forced_at_s', 'The service takes her duress PIN'),
    at('said_safe_at_s', 'She says "I am safe" without her PIN'),
    at('received_at_s', 'The service has the press'),
    at('first_alert_at_s', 'The first alert leaves the service'),
    at('first_shown_at_s', 'The first device says that it shows the alert'),
    at('first_seen_at_s', 'The first responder notices the alert'),
    at('accepted_at_s', 'The first responder says "I am coming"'),
    at('arrived_at_s', 'The first responder is there'),
    { name: 'needed_until_s', type: 'number', unit: 's', optional: true, description: 'When she herself would end it if nobody came: she takes it back, or the danger is over by itself and she gives her PIN. Whatever the service has heard of it; virtual seconds from the start of the run, also beyond its end; empty: not by herself.' },
    at('cancelled_at_s', 'The service takes her PIN: she took the press back'),
    at('closed_at_s', 'The alarm is over'),
    { name: 'closing', type: 'string', optional: true, oneOf: ['pin', 'two-said-over', 'drill-over', 'superseded', 'her-lanes-over'], description: 'How it ended, in the words of the service; empty: still open at the end of the run, or never received.' },
    count('steps', 'Steps of the circle that were told, counted from 1; 0: none.'),
    count('told', 'Responders who were told.'),
    count('tellings', 'Messages sent for it: alerts and reminders, that somebody comes, and that it is over.'),
    count('wakings', 'Times that somebody was woken for it.'),
    count('trips', 'Times that somebody set out for it, whoever was out already and came on to it included; over all presses that may be more than the trips of the table burden.'),
    count('arrivals', 'Responders who arrived.'),
    count('redundant_arrivals', 'Responders who arrived after another was there.'),
    { name: 'lost_why', type: 'string', optional: true, oneOf: ['battery', 'button', 'gateway', 'power', 'network', 'service'], description: 'What kept the press from the service; empty: it was received.' }
  ]
}

export const burden: Table = {
  name: 'burden',
  title: 'Burden of responders',
  description: 'One row a responder over the whole horizon of one replication. A month is 30 days.',
  primaryKey: ['policy', 'replication', 'venue', 'venue_number', 'role', 'responder'],
  columns: [
    policyColumn, replicationColumn, venueColumn, venueNumberColumn,
    { name: 'role', type: 'string', description: 'Role by which policies name this responder.' },
    which('responder', 'Number of this responder among all of the replication, whatever their role and venue, from 0; the same number is the same person under every policy.'),
    { name: 'months', type: 'number', unit: 'month', description: 'Months (30 days) in this role.' },
    count('alerts', 'Alerts told to this responder, reminders and tests included.'),
    count('wakings', 'Times that this responder was woken.'),
    count('trips', 'Times that this responder left the door; called on to another room while out, they are on the same trip.'),
    count('needless_trips', 'Trips that turned back, or that came to nobody in danger: to presses by accident, or when danger was over.')
  ]
}

export const availability: Table = {
  name: 'availability',
  title: 'Working chains, month by month',
  description: 'All rooms of one kind of venue in one month (30 days) of one replication.',
  primaryKey: ['policy', 'replication', 'venue', 'month'],
  columns: [
    policyColumn, replicationColumn, venueColumn,
    which('month', 'Month of the horizon, from 0.'),
    { name: 'room_s', type: 'number', unit: 's', description: 'Room-seconds of the month.' },
    { name: 'up_s', type: 'number', unit: 's', description: 'Room-seconds with a working chain from button to service.' },
    { name: 'undetected_s', type: 'number', unit: 's', description: 'Room-seconds down without anybody having been told of it.' }
  ]
}

export const measuresTable: Table = {
  name: 'measures',
  title: 'Measures of each replication',
  description: 'One row a measure of one replication of one policy; definitions and units of the measures stand in the codebook.',
  primaryKey: ['policy', 'replication', 'measure'],
  foreignKeys: [{ fields: ['policy', 'measure'], resource: 'summary', to: ['policy', 'measure'] }],
  columns: [
    policyColumn, replicationColumn,
    { name: 'measure', type: 'string', description: 'Name of the measure.' },
    { name: 'value', type: 'number', unit: 'of the measure', optional: true, description: 'Its value in the unit of the measure; empty: nothing to measure it on in this replication.' }
  ]
}

export const breaches: Table = {
  name: 'breaches',
  title: 'Invariants that broke',
  description: 'Empty in a sound study. One row an invariant that broke, such as an authority contacted without consent.',
  primaryKey: ['policy', 'replication', 'number'],
  foreignKeys: [{ fields: ['policy', 'replication', 'press'], resource: 'presses', to: ['policy', 'replication', 'press'] }],
  columns: [
    policyColumn, replicationColumn,
    which('number', 'Which breach of this replication, from 0.'),
    { name: 'code', type: 'string', description: 'Stable code of the invariant.' },
    which('press', 'Press episode in which it broke.'),
    { name: 'said', type: 'string', description: 'What happened.' }
  ]
}

export const rawTables: readonly Table[] = [presses, burden, availability, measuresTable, breaches]
