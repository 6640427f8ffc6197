/**
 * Two soft rising notes, made here: no file to load, none to miss. They grow from quiet to loud over six seconds, again and again. A browser
 * lets a page sound only after a tap, and may take it back: what is said on screen is what the audio itself says.
 */
import { signal } from '@preact/signals'
import { every } from '../shell/clock.ts'
import type { Cancel } from '../shell/clock.ts'
import { keep, kept } from '../shell/kept.ts'

/** `asleep`: it was armed, and the browser holds it back until somebody taps. */
export type Sound = 'off' | 'asleep' | 'ready' | 'impossible'
export const sound = signal<Sound>('off')
/** Asked for on this phone: then it is tried anew at every load. */
export const wanted = signal(kept('sound') === 'on')

const FIGURE_S = 6
const PAIRS = 4
const SOFT = 0.06
const LOUD = 0.9
/** Heard well by old ears and through a pocket, far from any siren. */
const LOW_HZ = 587.33
const HIGH_HZ = 880
const NOTE_S = 0.62

let audio: AudioContext | null = null
let ringing: { readonly out: GainNode, readonly stop: Cancel } | null = null

/** To be called in a tap. true: this page can sound now. */
export async function arm (): Promise<boolean> {
  wanted.value = true
  keep('sound', 'on')
  await wake()
  return sound.value === 'ready'
}

/** Tries without a tap: an installed app may. Later taps anywhere try again. */
export async function wake (): Promise<void> {
  if (!wanted.value || sound.value === 'impossible') return
  try {
    if (audio === null) {
      const made = new AudioContext()
      made.onstatechange = () => { if (audio === made) sound.value = made.state === 'running' ? 'ready' : 'asleep' }
      audio = made
      sound.value = made.state === 'running' ? 'ready' : 'asleep'
    }
    // Without a tap this may stay pending for ever; the state tells when it comes.
    const waking = audio.resume()
    await Promise.race([waking, Promise.resolve()])
    waking.catch(() => {})
    if (navigator.userActivation?.isActive === true) await waking
  } catch {
    sound.value = 'impossible'
  }
}

/** Rings until `hush`. The first figure rises; the later ones stay loud: whoever sleeps on must wake. */
export function ring (): void {
  if (audio === null || ringing !== null) return
  const context = audio
  const out = context.createGain()
  out.connect(context.destination)
  figure(context, out, SOFT)
  ringing = { out, stop: every(FIGURE_S * 1_000, () => { figure(context, out, LOUD / 3) }) }
}

export function hush (): void {
  ringing?.stop()
  ringing?.out.disconnect()
  ringing = null
}

/** One single note. */
export function note (): void {
  if (audio !== null) tone(audio, audio.destination, { hz: LOW_HZ, at: audio.currentTime + 0.05, loud: 0.4 })
}

function figure (context: AudioContext, out: AudioNode, from: number): void {
  const begin = context.currentTime + 0.05
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const at = begin + pair * FIGURE_S / PAIRS
    const loud = from * (LOUD / from) ** (pair / (PAIRS - 1))
    tone(context, out, { hz: LOW_HZ, at, loud })
    tone(context, out, { hz: HIGH_HZ, at: at + NOTE_S * 0.7, loud })
  }
}

/** A sine with a breath of its octave: soft, and heard on a small loudspeaker. */
function tone (context: AudioContext, out: AudioNode, { hz, at, loud }: { readonly hz: number, readonly at: number, readonly loud: number }): void {
  for (const [times, share] of [[1, 0.8], [2, 0.2]] as const) {
    const voice = context.createOscillator()
    const gain = context.createGain()
    voice.frequency.value = hz * times
    gain.gain.setValueAtTime(0.0001, at)
    gain.gain.exponentialRampToValueAtTime(Math.max(0.0002, loud * share), at + 0.06)
    gain.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S)
    voice.connect(gain).connect(out)
    voice.start(at)
    voice.stop(at + NOTE_S + 0.05)
    voice.onended = () => { gain.disconnect() }
  }
}
