/** A responder's plain page: pairs by code, is told live, answers. Shows only what the service has proven. */
import { WORDS } from '/r-words.js'

const RECONNECT_MS = [500, 1000, 2000, 4000, 8000, 15000]
const PING_MS = 20000
const LISTED_MS = 3000
const at = (id) => document.getElementById(id)
let words = WORDS.en
let cursor = null
let socket = null
let tries = 0
let alarms = []
let light = 'connecting'
// Nobody is told before the digits were typed: until then the page must not say that it will ring.
let onList = true
let asking
const receipted = new Map()

function say (key, values = {}) {
  return (words[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
}

/** Who pressed and when; or, for a check-in, what she promised and since when her phone is out of reach. */
function sinceOf (alarm, card) {
  const { missed } = alarm
  if (missed === null) return say('since', { who: card?.alias ?? say('someone'), time: clockTime(alarm.pressedAt) })
  const promised = say('missed', { time: clockTime(missed.dueAt) })
  return missed.unreachableSince === null ? promised : `${promised} ${say('unreachable', { time: clockTime(missed.unreachableSince) })}`
}

function clockTime (ms) {
  return new Date(ms).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}

function speak (language) {
  words = WORDS[language] ?? WORDS.en
  document.documentElement.lang = language in WORDS ? language : 'en'
  for (const element of document.querySelectorAll('[data-says]')) element.textContent = say(element.dataset.says)
  for (const button of document.querySelectorAll('[data-language]')) button.setAttribute('aria-pressed', String(button.dataset.language === document.documentElement.lang))
  show()
}

async function call (method, path, body) {
  const init = { method, credentials: 'same-origin', headers: body === undefined ? {} : { 'content-type': 'application/json' } }
  const reply = await fetch(path, body === undefined ? init : { ...init, body: JSON.stringify(body) })
  const data = reply.headers.get('content-type')?.includes('json') ? await reply.json() : null
  return { ok: reply.ok, status: reply.status, data }
}

function trouble (key) {
  at('trouble').hidden = key === null
  at('trouble').textContent = key === null ? '' : say(key)
}

async function pair (event) {
  event.preventDefault()
  const form = new FormData(event.target)
  const code = String(form.get('code')).trim()
  try {
    const { ok, status, data } = await call('POST', `/api/v1/pairings/${encodeURIComponent(code)}`, {
      name: String(form.get('name')).trim(), kind: form.get('authority') === null ? 'contact' : 'authority', language: document.documentElement.lang, device: 'Web'
    })
    if (!ok) return trouble(status === 404 ? 'wrongCode' : 'failed')
    trouble(null)
    at('pairing').hidden = true
    at('confirm').textContent = data.confirm
    at('confirming').hidden = false
    listed(false)
    connect()
  } catch { trouble('failed') }
}

function connect () {
  if (socket !== null) return
  const url = new URL('/api/v1/live', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.searchParams.set('as', 'responder')
  // Views are not kept over a reload: only a page that still shows them may say that it has seen them.
  if (cursor !== null) url.searchParams.set('cursor', cursor)
  const opened = new WebSocket(url)
  socket = opened
  let heardAt = performance.now()
  const ping = setInterval(() => {
    // A dead line looks like a quiet one: after two pings without a word it is taken for dead.
    if (performance.now() - heardAt > 2.5 * PING_MS) opened.close()
    else if (opened.readyState === WebSocket.OPEN) opened.send('{"type":"ping"}')
  }, PING_MS)
  opened.addEventListener('message', ({ data }) => {
    heardAt = performance.now()
    heard(JSON.parse(data))
  })
  opened.addEventListener('close', ({ code }) => {
    clearInterval(ping)
    socket = null
    if (code === 4001) {
      cursor = null
      return begin()
    }
    light = code === 4003 ? 'elsewhere' : 'offline'
    show()
    if (code === 4003 || code === 1008) return
    setTimeout(connect, RECONNECT_MS[Math.min(tries++, RECONNECT_MS.length - 1)])
  })
}

function heard (message) {
  if (message.type === 'hello') {
    tries = 0
    light = 'waiting'
  }
  if (message.type === 'responder-alarms') {
    cursor = message.cursor
    alarms = message.alarms
  }
  if (message.type === 'told') ring()
  show()
  for (const { alarm, n } of alarms) receipt(alarm, n)
}

/** Only what stands on the screen is receipted: shown when it is drawn, seen when somebody looks at the page. */
function receipt (alarm, n) {
  const level = document.visibilityState === 'visible' ? 'seen' : 'shown'
  const done = receipted.get(alarm)
  if (done?.n === n && (done.level === level || done.level === 'seen')) return
  if (socket?.readyState !== WebSocket.OPEN) return
  socket.send(JSON.stringify({ type: 'receipt', alarm, n, level: 'shown' }))
  if (level === 'seen') socket.send(JSON.stringify({ type: 'receipt', alarm, n, level }))
  receipted.set(alarm, { n, level })
}

/** A browser lets a page sound only after a tap; vibration and the title's dot need none. */
function ring () {
  navigator.vibrate?.([300, 150, 300])
}

async function answer (alarm, given) {
  try {
    const { ok } = await call('POST', `/api/v1/alerts/${encodeURIComponent(alarm)}/answer`, given)
    trouble(ok ? null : 'failed')
  } catch { trouble('failed') }
}

/** By a worker who typed the digits, or by a house whose reference person this is. */
function canBeCalled ({ role, kind, circles }) {
  return role === 'responder' && (circles > 0 || kind === 'reference-person')
}

/** Asks again until the digits were typed. */
function listed (now) {
  onList = now
  clearTimeout(asking)
  if (onList) at('confirming').hidden = true
  else asking = setTimeout(askListed, LISTED_MS)
  show()
}

async function askListed () {
  try {
    const { ok, data } = await call('GET', '/api/v1/me')
    listed(ok && data.sessions.some(canBeCalled))
  } catch { listed(false) }
}

function show () {
  const state = light === 'waiting' && !onList ? 'notListed' : light
  at('state').textContent = state === 'waiting' && alarms.length > 0 ? '' : say(state)
  at('state').dataset.light = state === 'waiting' ? 'on' : 'off'
  const list = at('alerts')
  alarms.forEach((alarm, place) => put(list, alarm, list.children[place]))
  while (list.children.length > alarms.length) list.lastElementChild.remove()
}

/** A card that says the same stays: drawn anew it would swallow a tap under way, drop the focus and be read aloud again. */
function put (list, alarm, before) {
  const drawnFrom = document.documentElement.lang + JSON.stringify(alarm)
  if (before?.drawnFrom === drawnFrom) return
  const card = Object.assign(draw(alarm), { drawnFrom, alarm: alarm.alarm })
  const { minutes, answer } = before?.alarm === alarm.alarm ? before.querySelector(':focus')?.dataset ?? {} : {}
  if (before === undefined) list.append(card)
  else before.replaceWith(card)
  if (minutes !== undefined) card.querySelector(`[data-minutes="${minutes}"]`).focus()
  if (answer !== undefined) card.querySelector(`[data-answer="${answer}"]`).focus()
}

function draw (alarm) {
  const element = at('alert').content.firstElementChild.cloneNode(true)
  const part = (name, text) => {
    const found = element.querySelector(`[data-part="${name}"]`)
    found.textContent = text
    found.hidden = text === ''
  }
  for (const spoken of element.querySelectorAll('[data-says]')) spoken.textContent = say(spoken.dataset.says)
  const isOver = alarm.phase === 'over'
  element.dataset.over = isOver ? 'yes' : 'no'
  const { card } = alarm
  const since = sinceOf(alarm, card)
  part('since', [isOver ? '' : since, alarm.kind === 'test' ? say('test') : '', alarm.doubt === 'none' ? '' : say('late')].filter(Boolean).join(' '))
  part('where', isOver ? say('ended') : whereOf(card))
  part('more', [card?.venue, card?.address, card?.room === null ? null : card?.place].filter(Boolean).join(', '))
  part('note', [alarm.phase === 'duress' ? say(alarm.missed?.forced ? 'duressFine' : 'duress') : '', card?.note, card?.quietCheck].filter(Boolean).join(' '))
  part('wishes', card?.wishes ? say('wishes', { ambulance: say(card.wishes.ambulance), police: say(card.wishes.police) }) : '')
  part('others', isOver ? '' : say('others', { coming: alarm.others.coming, there: alarm.others.arrived }))
  part('mine', isOver ? '' : mineOf(alarm))
  for (const actions of element.querySelectorAll('[data-part="actions"]')) actions.hidden = isOver
  for (const button of element.querySelectorAll('[data-minutes]')) {
    button.setAttribute('aria-label', `${say('comingIn')} ${button.textContent}`)
    button.setAttribute('aria-pressed', String(alarm.answer.is === 'coming' && alarm.answer.counts && alarm.answer.minutes === Number(button.dataset.minutes)))
    button.addEventListener('click', () => { answer(alarm.alarm, { is: 'coming', minutes: Number(button.dataset.minutes) }) })
  }
  for (const button of element.querySelectorAll('[data-answer]')) button.addEventListener('click', () => { answer(alarm.alarm, { is: button.dataset.answer }) })
  return element
}

function whereOf (card) {
  if (card === null || card.where === 'unknown') return say('placeUnknown')
  if (card.where === 'hidden') return say('placeHidden')
  return card.room ?? card.place ?? card.address ?? say('placeUnknown')
}

function mineOf ({ answer: { is, minutes, counts }, asked, saidSafeUnproven, saved }) {
  const said = { none: say('none'), cannot: say('iCannot'), overdue: say('overdue'), coming: say('iCome', { minutes }), arrived: say('iArrived') }[is]
  const asking = asked === 'arrival' ? say('overdue') : asked === 'over' ? say('askOver') : ''
  const safe = saidSafeUnproven === null ? '' : say('unproven', { time: clockTime(saidSafeUnproven) })
  return [said, counts || is === 'none' ? '' : say('again'), asking, safe, saved ? '' : `(${say('notSaved')})`].filter(Boolean).join(' ')
}

async function begin () {
  try {
    const { ok, data } = await call('GET', '/api/v1/me')
    const responder = ok ? data.sessions.find(({ role }) => role === 'responder') : undefined
    at('pairing').hidden = responder !== undefined
    light = responder === undefined ? 'signedOut' : 'connecting'
    alarms = []
    if (responder !== undefined) {
      speak(responder.language)
      listed(canBeCalled(responder))
      connect()
    } else show()
  } catch {
    light = 'offline'
    show()
    setTimeout(begin, RECONNECT_MS[Math.min(tries++, RECONNECT_MS.length - 1)])
  }
}

function back () {
  if (document.visibilityState !== 'visible') return
  for (const { alarm, n } of alarms) receipt(alarm, n)
  if (socket === null && light === 'offline') connect()
}

at('pairing').addEventListener('submit', pair)
for (const button of document.querySelectorAll('[data-language]')) button.addEventListener('click', () => { speak(button.dataset.language) })
for (const event of ['visibilitychange', 'pageshow', 'online']) addEventListener(event, back)
// A code in the link's fragment never reaches a server's log.
at('code').value = location.hash.slice(1).replace(/[^0-9A-Za-z-]/g, '').slice(0, 24)
speak((navigator.language ?? 'en').slice(0, 2).toLowerCase())
begin()
