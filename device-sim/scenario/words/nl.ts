import type { ScenarioWords } from './words.ts'

const faults = { 'service-down': 'de dienst ligt stil', 'push-down': 'het meldingskanaal ligt stil', 'power-down': 'de stroom is uit', 'network-down': 'het netwerk is uit', 'push-slow': 'het meldingskanaal is traag' } as const
const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`

export const nl: ScenarioWords = {
  decimal: ',',
  times: { ms: 'ms', s: 's', min: 'min', h: 'u', days: 'dagen', years: 'jaar' },
  aYear: 'per jaar',
  allDay: 'de hele dag',
  never: 'nooit',
  between: (low, high) => `tussen ${low} en ${high}`,
  aroundMode: (low, mode, high) => `tussen ${low} en ${high}, meestal rond ${mode}`,
  onAverage: (mean) => `gemiddeld ${mean}, elk moment even waarschijnlijk`,
  halfBelow: (median, p90) => `de helft onder ${median}, een op tien boven ${p90}`,
  weibull: (scale, shape) => `versleten rond ${scale} (Weibull, vorm ${shape})`,
  sometimes: (share, what) => `${share}: ${what}`,
  measured: (low, high, points) => `zoals gemeten, van ${low} tot ${high} (${points} punten)`,
  upFor: 'werkt',
  downFor: 'en is dan stuk voor',
  titles: {
    question: 'Vraag', run: 'Wat wordt gesimuleerd', where: 'Waar', works: 'Wie er werkt', told: 'Wie verwittigd kan worden', policies: 'Welke regels vergeleken worden', chain: 'Wat een druk op de knop draagt',
    faults: 'Wat met opzet uitvalt', criteria: 'Criteria, vooraf vastgelegd', factors: 'Wat de gevoeligheidsanalyse verschuift', grounds: 'Waarop het steunt'
  },
  run: (horizon, least, most, measure, halfWidth, lookAhead, seed) => [
    `${horizon} virtuele tijd, telkens opnieuw met ander toeval: minstens ${least} en hoogstens ${many(most, 'replicatie', 'replicaties')}.`,
    `Het stopt als het 95 %-interval van "${measure}" aan elke kant niet breder is dan ${halfWidth}, ook in de volgende ${lookAhead}.`,
    `Alle toeval komt van het zaadgetal ${seed}; alle regels krijgen hetzelfde toeval.`
  ],
  venue: (count, rooms, floors) => `${many(count, 'plek', 'plekken')} met elk ${many(rooms, 'kamer', 'kamers')}, hoogstens ${many(floors, 'verdieping', 'verdiepingen')} te klimmen`,
  inTurn: (workers) => `${workers} mensen lossen elkaar in elke kamer af, in gelijke diensten na elkaar; elke week wisselen ze van beurt`,
  built: (button, network, power) => `knop ${button}, netwerk ${network}, stroom ${power}`,
  beats: (beat, missed) => `zegt elke ${beat} dat hij leeft; een dode knop valt op na ${missed} gemiste tekens`,
  mains: 'op het stroomnet',
  shift: (hours) => `een dienst van ${hours}`,
  per: { worker: 'een per persoon die er werkt, van haarzelf', room: 'een per kamer, wie er ook werkt', venue: 'een voor alle kamers van een plek' },
  trusted: 'vertrouwd',
  authority: 'OVERHEID: alleen verwittigd met haar toestemming',
  onDuty: (hours) => `van wacht ${hours}`,
  sleeps: (hours) => `slaapt ${hours}`,
  mayKnow: 'mag weten dat ze gedwongen werd',
  baseline: 'de andere worden hiermee vergeleken',
  stepFirst: (people) => `meteen: ${people}`,
  stepNext: (n, waitS, assistWaitS, people) => `stap ${n}, als ${waitS} s lang niemand "ik kom" zei${assistWaitS === null ? '' : ` (een stille controle: ${assistWaitS} s)`}: ${people}`,
  stepLast: 'daarna gaat de lus door met herinneringen, zoals de kern het doet',
  duressKnown: (people) => `vernemen dat ze gedwongen werd: ${people}`,
  consents: (people) => `ze gaf toestemming voor de overheid: ${people}`,
  houseLane: (role) => `spoor van het huis: ook ${role} wordt voor de kamer verwittigd`,
  missedRaises: { assist: 'een gemiste belofte start een stille controle', alarm: 'een gemiste belofte start een alarm' },
  criterion: (measure, policy, better, green, red) => `${measure}, ${policy === null ? 'alle regels' : policy}: groen bij ${green} of ${better === 'less' ? 'minder' : 'meer'}, rood bij ${red} of ${better === 'less' ? 'meer' : 'minder'}`,
  factor: (path, low, high, scale) => `${path}: van ${low} tot ${high}${scale === 'log' ? ', in verhoudingen' : ''}`,
  fault: (is, at, during, venue, times) => `na ${at}, gedurende ${during}: ${faults[is]}${times === null ? '' : `, ${times} keer`}${venue === null ? '' : ` (${venue})`}`,
  none: 'niets',
  grounds: (all, { measured, literature, elicited, assumed }) => [
    `${all} parameters: ${measured} gemeten, ${literature} uit de literatuur, ${elicited} gevraagd aan mensen die het weten, ${assumed} aangenomen.`,
    ...(assumed * 2 > all ? ['Meer dan de helft is aangenomen: de uitkomst zegt hoe de regels zich verhouden, niet hoe het is.'] : [])
  ],
  evidence: { measured: 'gemeten', literature: 'literatuur', elicited: 'gevraagd', assumed: 'aangenomen' },
  fields: {
    latency: 'tijd onderweg', wake: 'daarbij, voor het eerste na rust', loss: 'aandeel verloren berichten', outage: 'uitval', backup: 'gaat zonder stroomnet door voor',
    link: 'radio naar gateway of toegangspunt', linkLoss: 'aandeel verloren radioberichten', battery: 'een nieuwe batterij duurt', replaced: 'van opgemerkt tot vervangen', failure: 'gaat vanzelf stuk', cost: 'kosten van een kamerjaar',
    provable: 'aandeel telefoons dat zegt wat het toont', gateway: 'gateway', service: 'dienst',
    missedDay: 'getoond en toch gemist, overdag', missedNight: "getoond en toch gemist, 's nachts", answersDay: 'zegt "ik kom" als het opgemerkt is, overdag', answersNight: 'zegt "ik kom" als het opgemerkt is, \'s nachts',
    declines: 'zegt "ik kan niet" als het opgemerkt is en niet komt', needsMore: 'zegt ter plaatse "we hebben meer mensen nodig"',
    reaction: 'van opgemerkt tot het antwoord', turnout: 'van het antwoord tot buiten', nightTurnout: "hetzelfde 's nachts, maal", distance: 'weg te voet', walking: 'tempo', stairs: 'tempo op de trap',
    fatigue: 'kans om te antwoorden na elk vals alarm van de laatste 30 dagen, maal', reachable: 'per telefoon bereikbaar',
    worked: 'kans dat iemand die dag werkt', incidents: 'incidenten van een werkjaar', presses: 'kans dat ze bij een incident drukt', pressDelay: 'van het incident tot de druk',
    accidents: 'drukken bij vergissing van een kamerjaar', cancels: 'kans dat ze een vergissing terugneemt', cancelDelay: 'en na', danger: 'iemand is nodig gedurende', pin: 'van het einde tot haar code',
    forced: 'kans dat ze gedwongen wordt te zeggen dat het voorbij is', forcedDelay: 'en na', pressesAgain: 'kans dat ze opnieuw drukt', pressAgainDelay: 'en na', tests: 'proeven van een kamerjaar', silent: 'kans dat de druk stil is',
    quiet: 'kans dat de druk haar eigen stille controle is', saysSafe: 'kans dat ze zonder pincode "ik ben veilig" zegt', saysSafeDelay: 'en na het einde van het gevaar',
    checkIns: 'kans op een belofte om "alles goed" te zeggen als ze niet drukt', checkInDelay: 'en ze wordt gemist na', forgets: 'beloftes die zonder reden gemist worden, van een kamerjaar'
  },
  measures: {
    t_receive_p50: 'druk tot ontvangen, mediaan', t_receive_p99: 'druk tot ontvangen, 99e percentiel', t_first_alert_p50: 'druk tot eerste melding, mediaan', t_first_alert_p99: 'druk tot eerste melding, 99e percentiel',
    tta_p50: 'druk tot eerste "ik kom", mediaan', tta_p90: 'druk tot eerste "ik kom", 90e percentiel', tta_p99: 'druk tot eerste "ik kom", 99e percentiel', tta_in_10s: 'aanvaard binnen 10 s', tta_in_40s: 'aanvaard binnen 40 s',
    tto_p50: 'druk tot eerste aankomst, mediaan', tto_p90: 'druk tot eerste aankomst, 90e percentiel', never_accepted: 'niet aanvaard (hoogstens 1 u)', never_arrived: 'niemand ter plaatse (hoogstens 1 u)', lost_press: 'verloren drukken', availability: 'kamertijd met een werkende keten',
    undetected_down: 'kamertijd stuk en onopgemerkt', false_share: 'aandeel vals alarm', cancelled_before_seen: 'vergissingen teruggenomen voor iemand ze zag', alerts_month: 'meldingen per persoon en maand',
    wakings_month: 'keren gewekt per persoon en maand', needless_trips_month: 'nodeloze tochten per persoon en maand', busiest_share: 'aandeel van wie het meest draagt', redundant_arrivals: 'aankomsten te veel per druk', cost_room_year: 'kosten van een kamerjaar', authority_contact: 'meldingen aan een overheid'
  }
}
