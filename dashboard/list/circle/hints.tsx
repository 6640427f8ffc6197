/** Her words to whoever comes, and what a quiet check is (R12). */
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { Field } from '../../parts/field.tsx'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { forgetWhenLeft } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { circle, readList, save } from './book.ts'

const CHARS_MAX = 280
/** What she typed outlives the PIN screen and another phone's change. */
const typed = signal<{ readonly note: string, readonly quietCheck: string } | null>(null)
forgetWhenLeft(() => { typed.value = null })

export function Hints () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { if (circle.value === null) void readList().then(setTrouble) }, [])
  const list = circle.value
  const { note, quietCheck } = typed.value ?? { note: list?.note ?? '', quietCheck: list?.quietCheck ?? '' }
  const keep = async (): Promise<void> => {
    const refused = await save({ note: orNull(note), quietCheck: orNull(quietCheck) })
    setTrouble(refused)
    if (refused !== null) return
    typed.value = null
    go('/circle')
  }
  return (
    <Screen back="/circle" closes>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void keep() }}>
        <Title lead={say('list.hints.lead')}>{say('list.hints.title')}</Title>
        <Field label={say('list.hints.note')} note={say('list.hints.noteMore')} value={note} max={CHARS_MAX} long onInput={(next) => { typed.value = { note: line(next), quietCheck } }} />
        <Field label={say('list.hints.quiet')} note={say('list.hints.quietMore')} value={quietCheck} max={CHARS_MAX} long onInput={(next) => { typed.value = { note, quietCheck: line(next) } }} />
        <Refusal of={trouble} />
        <LightButton type="submit" disabled={list === null}>{say('shell.save')}</LightButton>
      </form>
    </Screen>
  )
}

/** It is read on one line: a notification has no other. */
const line = (text: string): string => text.replace(/\s*\n\s*/g, ' ')
const orNull = (text: string): string | null => text.trim() === '' ? null : text.trim()
