import type { ScenarioWords } from './words.ts'

const faults = { 'service-down': 'le service est arrêté', 'push-down': 'le canal de notification est arrêté', 'power-down': 'le courant est coupé', 'network-down': 'le réseau est coupé', 'push-slow': 'le canal de notification est lent' } as const
const many = (n: number, one: string, more: string): string => `${n} ${n < 2 ? one : more}`

export const fr: ScenarioWords = {
  decimal: ',',
  times: { ms: 'ms', s: 's', min: 'min', h: 'h', days: 'jours', years: 'ans' },
  aYear: 'par an',
  allDay: 'toute la journée',
  never: 'jamais',
  between: (low, high) => `entre ${low} et ${high}`,
  aroundMode: (low, mode, high) => `entre ${low} et ${high}, le plus souvent vers ${mode}`,
  onAverage: (mean) => `${mean} en moyenne, à tout moment pareil`,
  halfBelow: (median, p90) => `la moitié sous ${median}, une fois sur dix plus de ${p90}`,
  weibull: (scale, shape) => `s’use vers ${scale} (Weibull, forme ${shape})`,
  sometimes: (share, what) => `${share} : ${what}`,
  measured: (low, high, points) => `comme mesuré, de ${low} à ${high} (${points} points)`,
  upFor: 'fonctionne pendant',
  downFor: 'puis est en panne pendant',
  titles: {
    question: 'Question', run: 'Ce qui est simulé', where: 'Où', works: 'Qui y travaille', told: 'Qui peut être prévenu', policies: 'Quelles règles sont comparées', chain: 'Ce qui porte un appui',
    faults: 'Ce qui est mis en panne exprès', criteria: 'Critères, fixés avant la simulation', factors: "Ce que l'analyse de sensibilité fait varier", grounds: 'Sur quoi cela repose'
  },
  run: (horizon, least, most, measure, halfWidth, lookAhead, seed) => [
    `${horizon} de temps virtuel, rejoués avec d'autres hasards : au moins ${least} et au plus ${many(most, 'réplication', 'réplications')}.`,
    `Arrêt quand l'intervalle à 95 % de « ${measure} » n'est pas plus large que ${halfWidth} de chaque côté, ni dans les ${lookAhead} suivantes.`,
    `Tout hasard vient de la graine ${seed} ; toutes les règles rencontrent le même hasard.`
  ],
  venue: (count, rooms, floors) => `${many(count, 'lieu', 'lieux')} de ${many(rooms, 'chambre', 'chambres')}, ${many(floors, 'étage', 'étages')} à monter au plus`,
  inTurn: (workers) => `${workers} personnes se relaient dans chaque chambre, en services égaux qui se suivent ; elles changent de tour chaque semaine`,
  built: (button, network, power) => `bouton ${button}, réseau ${network}, courant ${power}`,
  beats: (beat, missed) => `dit toutes les ${beat} qu'il vit ; un bouton mort est remarqué après ${missed} signes manqués`,
  mains: 'sur le secteur',
  shift: (hours) => `une journée de ${hours}`,
  per: { worker: 'un par personne qui y travaille, le sien', room: 'un par chambre, qui que ce soit qui y travaille', venue: "un pour toutes les chambres d'un lieu" },
  trusted: 'de confiance',
  authority: 'AUTORITÉ : prévenue seulement avec son accord à elle',
  onDuty: (hours) => `de garde ${hours}`,
  sleeps: (hours) => `dort ${hours}`,
  mayKnow: "peut savoir qu'elle a été forcée",
  baseline: 'les autres sont comparées à celle-ci',
  stepFirst: (people) => `tout de suite : ${people}`,
  stepNext: (n, waitS, assistWaitS, people) => `étape ${n}, si personne n'a dit « j'arrive » pendant ${waitS} s${assistWaitS === null ? '' : ` (vérification discrète : ${assistWaitS} s)`} : ${people}`,
  stepLast: 'puis la boucle continue avec des rappels, comme le veut le noyau',
  duressKnown: (people) => `apprennent qu'elle a été forcée : ${people}`,
  consents: (people) => `elle a donné son accord pour l'autorité : ${people}`,
  houseLane: (role) => `voie de la maison : ${role} est prévenu en plus pour la chambre`,
  missedRaises: { assist: 'une promesse manquée lance une vérification discrète', alarm: 'une promesse manquée lance une alerte' },
  criterion: (measure, policy, better, green, red) => `${measure}, ${policy === null ? 'toutes les règles' : policy} : vert à ${green} ou ${better === 'less' ? 'moins' : 'plus'}, rouge à ${red} ou ${better === 'less' ? 'plus' : 'moins'}`,
  factor: (path, low, high, scale) => `${path} : de ${low} à ${high}${scale === 'log' ? ', par rapports' : ''}`,
  fault: (is, at, during, venue, times) => `après ${at}, pendant ${during} : ${faults[is]}${times === null ? '' : `, ${times} fois`}${venue === null ? '' : ` (${venue})`}`,
  none: 'rien',
  grounds: (all, { measured, literature, elicited, assumed }) => [
    `${all} paramètres : ${measured} mesurés, ${literature} de la littérature, ${elicited} demandés à des personnes du métier, ${assumed} supposés.`,
    ...(assumed * 2 > all ? ['Plus de la moitié est supposée : le résultat dit comment les règles se comparent, pas ce qui est.'] : [])
  ],
  evidence: { measured: 'mesuré', literature: 'littérature', elicited: 'demandé', assumed: 'supposé' },
  fields: {
    latency: 'temps de transport', wake: 'en plus, pour le premier après un repos', loss: 'part des trames perdues', outage: 'coupure', backup: 'continue sans secteur pendant',
    link: "radio jusqu'à la passerelle ou au point d'accès", linkLoss: 'part des trames radio perdues', battery: 'une pile neuve dure', replaced: 'de remarqué à remplacé', failure: 'tombe en panne', cost: "coût d'une chambre et d'un an",
    provable: "part des téléphones qui disent ce qu'ils montrent", gateway: 'passerelle', service: 'service',
    missedDay: 'montré et pourtant manqué, le jour', missedNight: 'montré et pourtant manqué, la nuit', answersDay: 'dit « j\'arrive » si remarqué, le jour', answersNight: 'dit « j\'arrive » si remarqué, la nuit',
    declines: 'dit « je ne peux pas » si remarqué sans venir', needsMore: 'dit « il faut du renfort » sur place',
    reaction: 'de remarqué à la réponse', turnout: 'de la réponse au départ', nightTurnout: 'la même chose la nuit, fois', distance: 'chemin à pied', walking: 'pas', stairs: "pas dans l'escalier",
    fatigue: 'chance de répondre après chaque fausse alerte des 30 derniers jours, fois', reachable: 'joignable par téléphone',
    worked: "chance qu'une personne travaille ce jour", incidents: "incidents d'une personne et d'un an", presses: "chance qu'elle appuie lors d'un incident", pressDelay: "de l'incident à l'appui",
    accidents: "appuis par erreur d'une chambre et d'un an", cancels: "chance qu'elle annule un appui par erreur", cancelDelay: 'et après', danger: "quelqu'un est nécessaire pendant", pin: 'de la fin à son code',
    forced: "chance qu'elle soit forcée de dire que c'est fini", forcedDelay: 'et après', pressesAgain: "chance qu'elle appuie encore", pressAgainDelay: 'et après', tests: "essais d'une chambre et d'un an", silent: "chance que l'appui soit silencieux",
    quiet: "chance que l'appui soit sa propre vérification discrète", saysSafe: "chance qu'elle dise « je suis en sécurité » sans son PIN", saysSafeDelay: 'et après la fin du danger',
    checkIns: "chance d'une promesse de dire « tout va bien » quand elle n'appuie pas", checkInDelay: 'et elle est manquée après', forgets: "promesses manquées sans raison, d'une chambre et d'un an"
  },
  measures: {
    t_receive_p50: 'appui à reçu, médiane', t_receive_p99: 'appui à reçu, 99e centile', t_first_alert_p50: 'appui à première alerte, médiane', t_first_alert_p99: 'appui à première alerte, 99e centile',
    tta_p50: 'appui à première réponse « j\'arrive », médiane', tta_p90: 'appui à première réponse « j\'arrive », 90e centile', tta_p99: 'appui à première réponse « j\'arrive », 99e centile', tta_in_10s: 'acceptés en 10 s', tta_in_40s: 'acceptés en 40 s',
    tto_p50: 'appui à première arrivée, médiane', tto_p90: 'appui à première arrivée, 90e centile', never_accepted: 'non acceptés (1 h au plus)', never_arrived: 'personne sur place (1 h au plus)', lost_press: 'appuis perdus', availability: 'temps des chambres avec une chaîne en marche',
    undetected_down: 'temps des chambres en panne inaperçue', false_share: 'part des fausses alertes', cancelled_before_seen: 'appuis par erreur annulés avant d\'être vus', alerts_month: 'alertes par personne et par mois',
    wakings_month: 'réveils par personne et par mois', needless_trips_month: 'trajets inutiles par personne et par mois', busiest_share: 'part de la personne la plus sollicitée', redundant_arrivals: 'arrivées de trop par appui', cost_room_year: "coût d'une chambre et d'un an", authority_contact: 'alertes à une autorité'
  }
}
