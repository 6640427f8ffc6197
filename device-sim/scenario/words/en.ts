import type { ScenarioWords } from './words.ts'

const faults = { 'service-down': 'the service is down', 'push-down': 'the push channel is down', 'power-down': 'the mains are down', 'network-down': 'the network is down', 'push-slow': 'the push channel is slow' } as const
const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`

export const en: ScenarioWords = {
  decimal: '.',
  times: { ms: 'ms', s: 's', min: 'min', h: 'h', days: 'days', years: 'years' },
  aYear: 'a year',
  allDay: 'all day',
  never: 'never',
  between: (low, high) => `between ${low} and ${high}`,
  aroundMode: (low, mode, high) => `between ${low} and ${high}, most often about ${mode}`,
  onAverage: (mean) => `${mean} on average, any moment alike`,
  halfBelow: (median, p90) => `half below ${median}, one in ten above ${p90}`,
  weibull: (scale, shape) => `wears out at about ${scale} (Weibull, shape ${shape})`,
  sometimes: (share, what) => `${share}: ${what}`,
  measured: (low, high, points) => `as measured, from ${low} to ${high} (${points} points)`,
  upFor: 'works for',
  downFor: 'then fails for',
  titles: {
    question: 'Question', run: 'What is run', where: 'Where', works: 'Who works there', told: 'Who may be told', policies: 'Which rules are compared', chain: 'What carries a press',
    faults: 'What is broken on purpose', criteria: 'Criteria, fixed before the run', factors: 'What sensitivity moves', grounds: 'What it rests on'
  },
  run: (horizon, least, most, measure, halfWidth, lookAhead, seed) => [
    `${horizon} of virtual time, played again and again with other luck: at least ${least} and at most ${many(most, 'replication', 'replications')}.`,
    `It stops when the 95 % interval of "${measure}" is no wider than ${halfWidth} to each side, also in the next ${lookAhead}.`,
    `Every chance comes from the seed ${seed}; every policy meets the same luck.`
  ],
  venue: (count, rooms, floors) => `${many(count, 'venue', 'venues')} with ${many(rooms, 'room', 'rooms')} each, ${many(floors, 'floor', 'floors')} to climb at most`,
  inTurn: (workers) => `${workers} workers take turns in each room, in equal shifts one after the other; each week they change round`,
  built: (button, network, power) => `button ${button}, network ${network}, power ${power}`,
  beats: (beat, missed) => `says each ${beat} that it is alive; a dead one is noticed after ${missed} missed`,
  mains: 'on the mains',
  shift: (hours) => `a shift of ${hours}`,
  per: { worker: 'one for each worker, her own', room: 'one for each room, whoever works there', venue: 'one for all rooms of a venue' },
  trusted: 'trusted',
  authority: 'AUTHORITY: told only by her consent',
  onDuty: (hours) => `on duty ${hours}`,
  sleeps: (hours) => `sleeps ${hours}`,
  mayKnow: 'may know that she was forced',
  baseline: 'the others are compared with this one',
  stepFirst: (people) => `at once: ${people}`,
  stepNext: (n, waitS, assistWaitS, people) => `step ${n}, when nobody has said "I am coming" for ${waitS} s${assistWaitS === null ? '' : ` (a quiet check: ${assistWaitS} s)`}: ${people}`,
  stepLast: 'then the loop goes on with reminders, as the core has it',
  duressKnown: (people) => `learn that she was forced: ${people}`,
  consents: (people) => `she consented to the authority: ${people}`,
  houseLane: (role) => `house lane: ${role} is told of the room besides`,
  missedRaises: { assist: 'a missed promise raises a quiet check', alarm: 'a missed promise raises an alarm' },
  criterion: (measure, policy, better, green, red) => `${measure}, ${policy === null ? 'every policy' : policy}: green at ${green} or ${better}, red at ${red} or ${better === 'less' ? 'more' : 'less'}`,
  factor: (path, low, high, scale) => `${path}: from ${low} to ${high}${scale === 'log' ? ', by ratios' : ''}`,
  fault: (is, at, during, venue, times) => `after ${at}, for ${during}: ${faults[is]}${times === null ? '' : `, ${times} times`}${venue === null ? '' : ` in ${venue}`}`,
  none: 'nothing',
  grounds: (all, { measured, literature, elicited, assumed }) => [
    `${all} parameters: ${measured} measured, ${literature} from the literature, ${elicited} asked of people who know, ${assumed} assumed.`,
    ...(assumed * 2 > all ? ['More than half is assumed: what comes out tells how the rules compare, not how it is.'] : [])
  ],
  evidence: { measured: 'measured', literature: 'literature', elicited: 'elicited', assumed: 'assumed' },
  fields: {
    latency: 'time under way', wake: 'besides, for the first after idle', loss: 'share of frames lost', outage: 'outage', backup: 'goes on without mains for',
    link: 'radio to the gateway or access point', linkLoss: 'share of radio frames lost', battery: 'a new battery lasts', replaced: 'from noticed to replaced', failure: 'breaks by itself', cost: 'cost of a room-year',
    provable: 'share of phones that say what they show', gateway: 'gateway', service: 'service',
    missedDay: 'shown and yet missed, by day', missedNight: 'shown and yet missed, at night', answersDay: 'says "I am coming" when noticed, by day', answersNight: 'says "I am coming" when noticed, at night',
    declines: 'says "I cannot" when noticed and not coming', needsMore: 'says "we need more" when there',
    reaction: 'from noticed to the answer', turnout: 'from the answer to out of the door', nightTurnout: 'the same at night, times', distance: 'way on foot', walking: 'pace', stairs: 'pace on stairs',
    fatigue: 'chance to answer after each false alarm of the last 30 days, times', reachable: 'reached by phone at all',
    worked: 'chance that a worker works that day', incidents: 'incidents of a worker-year', presses: 'chance that she presses, given an incident', pressDelay: 'from the incident to the press',
    accidents: 'accidental presses of a room-year', cancels: 'chance that she takes an accidental press back', cancelDelay: 'and after', danger: 'somebody is needed for', pin: 'from the end to her PIN',
    forced: 'chance that she is forced to say it is over', forcedDelay: 'and after', pressesAgain: 'chance that she presses again', pressAgainDelay: 'and after', tests: 'test presses of a room-year', silent: 'chance that the press is a silent one',
    quiet: 'chance that the press is her own quiet check', saysSafe: 'chance that she says "I am safe" without her PIN', saysSafeDelay: 'and after danger is over',
    checkIns: 'chance of a promise to say "I am fine" when she does not press', checkInDelay: 'and it is missed after', forgets: 'promises missed with nothing wrong, of a room-year'
  },
  measures: {
    t_receive_p50: 'press to received, median', t_receive_p99: 'press to received, 99th percentile', t_first_alert_p50: 'press to first alert, median', t_first_alert_p99: 'press to first alert, 99th percentile',
    tta_p50: 'press to first acceptance, median', tta_p90: 'press to first acceptance, 90th percentile', tta_p99: 'press to first acceptance, 99th percentile', tta_in_10s: 'accepted within 10 s', tta_in_40s: 'accepted within 40 s',
    tto_p50: 'press to first arrival, median', tto_p90: 'press to first arrival, 90th percentile', never_accepted: 'not accepted (1 h at most)', never_arrived: 'nobody there (1 h at most)', lost_press: 'lost presses', availability: 'room-time with a working chain',
    undetected_down: 'room-time down and unnoticed', false_share: 'share of false alarms', cancelled_before_seen: 'accidental presses taken back before anybody saw', alerts_month: 'alerts of a responder-month',
    wakings_month: 'wakings of a responder-month', needless_trips_month: 'needless trips of a responder-month', busiest_share: 'share borne by the busiest', redundant_arrivals: 'redundant arrivals a press', cost_room_year: 'cost of a room-year', authority_contact: 'tellings to an authority'
  }
}
