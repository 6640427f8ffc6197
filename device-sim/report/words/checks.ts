/** What `device-sim verify` checks, in the reader's language. The table holds English: what stands there is the key here. */
import type { Language } from '../say.ts'

const fr: Readonly<Record<string, string>> = {
  'stream: even': 'flux : régulier', 'stream: uniform': 'flux : uniforme', 'stream: neighbours': 'flux : voisins',
  'keys: even over replications': 'clés : régulières d’une réplication à l’autre', 'keys: neighbouring replications': 'clés : réplications voisines',
  'keys: even over rooms': 'clés : régulières d’une chambre à l’autre', 'keys: neighbouring rooms': 'clés : chambres voisines',
  'M/M/3, share that waits': 'M/M/3, part qui attend', 'M/M/3, mean wait': 'M/M/3, attente moyenne', "Little's law": 'loi de Little',
  'closed form of TTA': 'formule exacte de l’acceptation', availability: 'disponibilité', 'one responder more': 'une personne de plus à prévenir', 'a shorter wait': 'une attente plus courte',
  'one part fewer to fail': 'une pièce de moins qui peut tomber en panne', 'a longer backup': 'une batterie de secours plus longue', 'same seed, same bytes': 'même graine, mêmes octets',
  "coverage: Student's t": 'couverture : t de Student', 'coverage: Wilson': 'couverture : Wilson', 'coverage: bootstrap over replications, p90': 'couverture : bootstrap sur les réplications, p90', 'coverage: Kaplan-Meier over replications': 'couverture : Kaplan-Meier sur les réplications', 'coverage: Kaplan-Meier, bootstrap over replications, p90': 'couverture : Kaplan-Meier, bootstrap sur les réplications, p90',
  'coverage: ECDF over replications': 'couverture : répartition empirique sur les réplications', 'coverage: paired difference': 'couverture : différence appariée', 'coverage: with the stopping rule': 'couverture : avec la règle d’arrêt',
  'The numbers are even over a hundred bins.': 'Les nombres se répartissent également sur cent classes.',
  'The numbers of one stream are those of the uniform distribution.': 'Les nombres d’un flux suivent la loi uniforme.',
  'Neighbours know nothing of each other.': 'Deux voisins ne savent rien l’un de l’autre.',
  "On the model's kernel as many customers wait as Erlang's C formula says (load 2.4).": 'Sur le noyau du modèle, autant de clients attendent que le dit la formule C d’Erlang (charge 2,4).',
  'And they wait as long as it says.': 'Et ils attendent aussi longtemps qu’elle le dit.',
  'How many are inside, counted as they come and go, is the rate of arrivals times the mean stay: nobody is lost, or counted twice.': 'Le nombre de présents, compté aux entrées et aux sorties, est le rythme des arrivées multiplié par le séjour moyen : personne n’est perdu ni compté deux fois.',
  'Alarms of three steps are accepted as P(TTA > t) = prod_k (1 - p_k F(t - tau_k))^n_k says, those that nobody accepts included.': 'Les alarmes à trois étapes sont acceptées comme le dit P(TTA > t) = ∏ (1 − p F(t − τ))ⁿ, y compris celles que personne n’accepte.',
  'A room whose network fails by turns works MTBF / (MTBF + MTTR) of the time, from the first second on.': 'Une chambre dont le réseau tombe par moments fonctionne MTBF / (MTBF + MTTR) du temps, dès la première seconde.',
  'On the same luck no press is accepted later because one more was told.': 'À sort égal, aucun appel n’est accepté plus tard parce qu’une personne de plus est prévenue.',
  'On the same luck no press is accepted later because the second step was told sooner.': 'À sort égal, aucun appel n’est accepté plus tard parce que la deuxième étape est prévenue plus tôt.',
  'On the same luck no month has less working time for a button that needs no gateway.': 'À sort égal, aucun mois n’a moins de temps de marche quand le bouton se passe de passerelle.',
  'On the same luck no month has less working time for a router with half an hour of battery.': 'À sort égal, aucun mois n’a moins de temps de marche quand le routeur a une demi-heure de batterie.',
  'Replications run again, in another order, are the same to the byte (SHA-256); another seed and another replication are not.': 'Des réplications refaites, dans un autre ordre, sont les mêmes à l’octet près (SHA-256) ; une autre graine et une autre réplication ne le sont pas.',
  'Of a thousand known studies, 93 to 97 in a hundred 95 % intervals hold the truth.': 'Sur mille études connues, 93 à 97 intervalles à 95 % sur cent contiennent la vérité.',
  'chi-square': 'khi carré', 'KS distance': 'distance de Kolmogorov-Smirnov', '|correlation|': '|corrélation|', 'presses worse': 'appels moins bien servis', 'months worse': 'mois moins bons',
  'comparisons that surprise': 'comparaisons qui surprennent', 'share that holds': 'part qui la contient'
}

const nl: Readonly<Record<string, string>> = {
  'stream: even': 'stroom: gelijkmatig', 'stream: uniform': 'stroom: uniform', 'stream: neighbours': 'stroom: buren',
  'keys: even over replications': 'sleutels: gelijkmatig over herhalingen', 'keys: neighbouring replications': 'sleutels: naburige herhalingen',
  'keys: even over rooms': 'sleutels: gelijkmatig over kamers', 'keys: neighbouring rooms': 'sleutels: naburige kamers',
  'M/M/3, share that waits': 'M/M/3, deel dat wacht', 'M/M/3, mean wait': 'M/M/3, gemiddelde wachttijd', "Little's law": 'wet van Little',
  'closed form of TTA': 'exacte formule van de aanvaarding', availability: 'beschikbaarheid', 'one responder more': 'één hulpverlener meer', 'a shorter wait': 'korter wachten',
  'one part fewer to fail': 'één onderdeel minder dat stuk kan', 'a longer backup': 'een langere noodbatterij', 'same seed, same bytes': 'zelfde zaadje, zelfde bytes',
  "coverage: Student's t": 'dekking: t van Student', 'coverage: Wilson': 'dekking: Wilson', 'coverage: bootstrap over replications, p90': 'dekking: bootstrap over herhalingen, p90', 'coverage: Kaplan-Meier over replications': 'dekking: Kaplan-Meier over herhalingen', 'coverage: Kaplan-Meier, bootstrap over replications, p90': 'dekking: Kaplan-Meier, bootstrap over herhalingen, p90',
  'coverage: ECDF over replications': 'dekking: empirische verdeling over herhalingen', 'coverage: paired difference': 'dekking: gepaard verschil', 'coverage: with the stopping rule': 'dekking: met de stopregel',
  'The numbers are even over a hundred bins.': 'De getallen vallen gelijkmatig over honderd klassen.',
  'The numbers of one stream are those of the uniform distribution.': 'De getallen van één stroom volgen de uniforme verdeling.',
  'Neighbours know nothing of each other.': 'Buren weten niets van elkaar.',
  "On the model's kernel as many customers wait as Erlang's C formula says (load 2.4).": 'Op de kern van het model wachten evenveel klanten als de C-formule van Erlang zegt (belasting 2,4).',
  'And they wait as long as it says.': 'En ze wachten zo lang als die zegt.',
  'How many are inside, counted as they come and go, is the rate of arrivals times the mean stay: nobody is lost, or counted twice.': 'Hoeveel er binnen zijn, geteld bij komen en gaan, is het ritme van aankomsten maal het gemiddelde verblijf: niemand raakt verloren of wordt dubbel geteld.',
  'Alarms of three steps are accepted as P(TTA > t) = prod_k (1 - p_k F(t - tau_k))^n_k says, those that nobody accepts included.': 'Alarmen met drie stappen worden aanvaard zoals P(TTA > t) = ∏ (1 − p F(t − τ))ⁿ zegt, ook die welke niemand aanvaardt.',
  'A room whose network fails by turns works MTBF / (MTBF + MTTR) of the time, from the first second on.': 'Een kamer waarvan het netwerk nu en dan uitvalt, werkt MTBF / (MTBF + MTTR) van de tijd, vanaf de eerste seconde.',
  'On the same luck no press is accepted later because one more was told.': 'Bij hetzelfde lot wordt geen oproep later aanvaard omdat er één meer verwittigd werd.',
  'On the same luck no press is accepted later because the second step was told sooner.': 'Bij hetzelfde lot wordt geen oproep later aanvaard omdat de tweede stap vroeger verwittigd werd.',
  'On the same luck no month has less working time for a button that needs no gateway.': 'Bij hetzelfde lot werkt een knop zonder gateway geen enkele maand minder lang.',
  'On the same luck no month has less working time for a router with half an hour of battery.': 'Bij hetzelfde lot werkt de keten met een half uur batterij voor de router geen enkele maand minder lang.',
  'Replications run again, in another order, are the same to the byte (SHA-256); another seed and another replication are not.': 'Herhalingen die opnieuw lopen, in een andere volgorde, zijn tot op de byte gelijk (SHA-256); een ander zaadje en een andere herhaling zijn dat niet.',
  'Of a thousand known studies, 93 to 97 in a hundred 95 % intervals hold the truth.': 'Van duizend gekende studies bevatten 93 tot 97 op honderd 95 %-intervallen de waarheid.',
  'chi-square': 'chikwadraat', 'KS distance': 'afstand van Kolmogorov-Smirnov', '|correlation|': '|correlatie|', 'presses worse': 'oproepen slechter af', 'months worse': 'maanden slechter af',
  'comparisons that surprise': 'vergelijkingen die verrassen', 'share that holds': 'deel dat ze bevat'
}

/** What needs no word: the same in every language. */
const sameEverywhere: ReadonlySet<string> = new Set(['|t|', '|L / (lambda W) - 1|'])
const known: Readonly<Record<Language, Readonly<Record<string, string>> | null>> = { en: null, fr, nl }

/** `isEnglish`: there is no word for it in the reader's language, so that a page can say which language it is. */
export function checkWords (language: Language, text: string): { readonly text: string, readonly isEnglish: boolean } {
  const own = known[language]
  if (own === null || sameEverywhere.has(text)) return { text, isEnglish: false }
  const said = own[text]
  return { text: said ?? text, isEnglish: said === undefined }
}
