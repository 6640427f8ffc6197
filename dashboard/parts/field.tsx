/** What is typed, ticked or chosen. */
import type { ComponentChildren } from 'preact'

type FieldProps = {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly note?: string
  readonly max?: number
  readonly autocomplete?: string
  readonly required?: boolean
  readonly long?: boolean
}

export function Field ({ label, value, onInput, note, max, autocomplete = 'off', required = false, long = false }: FieldProps) {
  const shared = { value, maxLength: max, autocomplete, required, onInput: (event: Event) => { onInput((event.currentTarget as HTMLInputElement).value) } }
  return (
    <label class="field">
      <span>{label}</span>
      {note === undefined ? null : <small>{note}</small>}
      {long ? <textarea {...shared} rows={3} /> : <input {...shared} type="text" />}
    </label>
  )
}

export function Tick ({ on, onChange, children }: { readonly on: boolean, readonly onChange: (on: boolean) => void, readonly children: ComponentChildren }) {
  return <label class="check"><input type="checkbox" checked={on} onChange={(event) => { onChange(event.currentTarget.checked) }} /><span>{children}</span></label>
}

type ChoicesProps<T extends string | number> = { readonly label: string, readonly of: readonly { readonly is: T, readonly says: string, readonly lang?: string }[], readonly chosen: T | null, readonly onChoose: (is: T) => void }

/** One of a few, each a target of its own. */
export function Choices<T extends string | number> ({ label, of, chosen, onChoose }: ChoicesProps<T>) {
  return (
    <div class="choices" role="group" aria-label={label}>
      {of.map(({ is, says, lang }) => <button key={is} class="choice" type="button" lang={lang} aria-pressed={is === chosen} onClick={() => { onChoose(is) }}>{says}</button>)}
    </div>
  )
}
