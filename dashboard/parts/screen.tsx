/** The frame of a phone's screen: a bar, what it is about, and what to do at the thumb. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { langOf, say } from '../say/say.ts'
import { leave } from '../shell/quick-exit.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { useWordsLang } from './words.tsx'

type ScreenProps = {
  readonly mood?: string
  /** Where one is, in the bar. */
  readonly place?: string
  readonly placeIcon?: IconName
  /** Where "back" leads: a path of `go`. */
  readonly back?: string
  /** Every screen of a worker has the way out at the same corner. */
  readonly closes?: boolean
  readonly bar?: ComponentChildren
  readonly foot?: ComponentChildren
  /** The foot stays in reach of the thumb. */
  readonly keepFoot?: boolean
  readonly tabs?: ComponentChildren
  readonly children: ComponentChildren
}

export function Screen ({ mood, place, placeIcon = 'place', back, closes = false, bar, foot, keepFoot = false, tabs, children }: ScreenProps) {
  const main = useRef<HTMLElement>(null)
  // A screen reader starts every new screen at its beginning.
  useEffect(() => { main.current?.querySelector<HTMLElement>('h1[tabindex]')?.focus({ preventScroll: true }) }, [])
  return (
    <div class="screen" data-mood={mood} lang={useWordsLang()}>
      <header class="bar">
        {back === undefined ? null : <a class="bar-button" href={`#${back}`} lang={langOf('shell')} aria-label={say('shell.back')}><Icon name="back" /></a>}
        {place === undefined ? null : <span class="bar-place"><Icon name={placeIcon} /> {place}</span>}
        {bar}
        {closes ? <button class="bar-button" type="button" lang={langOf('shell')} data-close onClick={leave}><Icon name="close" /> {say('shell.close')}</button> : null}
      </header>
      <main class="main" ref={main}>{children}</main>
      {foot === undefined ? null : <footer class="foot" {...(keepFoot ? { 'data-keep': '' } : {})}>{foot}</footer>}
      {tabs}
    </div>
  )
}

export function Title ({ children, lead }: { readonly children: ComponentChildren, readonly lead?: ComponentChildren }) {
  return <div><h1 class="page-title" tabIndex={-1}>{children}</h1>{lead === undefined ? null : <p class="page-lead">{lead}</p>}</div>
}

type ButtonProps = { readonly onClick?: () => void, readonly icon?: IconName, readonly small?: string, readonly type?: 'button' | 'submit', readonly disabled?: boolean, readonly class?: string, readonly children: ComponentChildren }

/** The one light of a screen. */
export function LightButton (props: ButtonProps) { return <AnyButton {...props} kind="light-button" /> }
export function QuietButton (props: ButtonProps) { return <AnyButton {...props} kind="quiet-button" /> }
export function TextButton (props: ButtonProps) { return <AnyButton {...props} kind="text-button" /> }

function AnyButton ({ onClick, icon, small, type = 'button', disabled = false, class: more = '', kind, children }: ButtonProps & { readonly kind: string }) {
  return (
    <button class={`${kind} ${more}`.trim()} type={type} onClick={onClick} aria-disabled={disabled} disabled={disabled}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}{small === undefined ? null : <span class="button-small">{small}</span>}</span>
    </button>
  )
}
