/** The three names and icons that say nothing (R22), one of them worn. */
import { IDENTITIES, TITLES, identity } from '../identity/identity.ts'
import { spoken } from '../say/say.ts'
import { bearIdentity } from '../shell/begin.tsx'
import '../look/identities.css'
import { Mark } from './mark.tsx'

export function Identities ({ label }: { readonly label: string }) {
  return (
    <div class="identities" role="group" aria-label={label}>
      {IDENTITIES.map((name) => (
        <button key={name} class="identity" type="button" aria-pressed={identity.value === name} onClick={() => { bearIdentity(name, spoken.value) }}>
          <img src={`/icons/${name}.svg`} alt="" width="72" height="72" />
          <span>{TITLES[name]}</span>
          {identity.value === name ? <Mark sure="proven" /> : <Mark sure="next" />}
        </button>
      ))}
    </div>
  )
}
