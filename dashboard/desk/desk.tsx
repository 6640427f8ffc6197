/** The frame of the wide pages: a bar, what it is about, and room for lists and figures. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { TITLES, identity } from '../identity/identity.ts'
import '../look/desk-look.css'
import { Icon } from '../parts/icon.tsx'
import { say } from '../say/say.ts'

type DeskProps = {
  /** As of when, or what is wrong with the line. */
  readonly note?: ComponentChildren
  /** Where "back" leads; without it this is the first screen. */
  readonly back?: string
  /** A form or a single thing: no wider than is good to read. */
  readonly narrow?: boolean
  readonly children: ComponentChildren
}

export function Desk ({ note, back, narrow = false, children }: DeskProps) {
  const main = useRef<HTMLElement>(null)
  // A screen reader starts every new screen at its beginning.
  useEffect(() => {
    scrollTo(0, 0)
    if (back !== undefined) main.current?.querySelector<HTMLElement>('h1[tabindex]')?.focus({ preventScroll: true })
  }, [])
  return (
    <div class="desk">
      <header class="desk-bar">
        {back === undefined
          ? <span class="brand"><BrandMark />{TITLES[identity.value]}</span>
          : <a class="brand" href={`#${back}`}><Icon name="back" />{say('shell.back')}</a>}
        <span class="desk-note">{note}</span>
        {back === undefined ? <a class="bar-button" href="#/settings" aria-label={say('shell.desk.settings')}><Icon name="more" /></a> : null}
      </header>
      <main class={narrow ? 'desk-narrow' : undefined} ref={main}>{children}</main>
    </div>
  )
}

function BrandMark () {
  return <svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true"><circle class="brand-ring" cx="14" cy="14" r="12" /><circle class="brand-disc" cx="14" cy="14" r="7.5" /></svg>
}

type HeadProps = { readonly title: string, readonly tally?: ComponentChildren, readonly children?: ComponentChildren }

export function DeskHead ({ title, tally, children }: HeadProps) {
  return (
    <div class="desk-head">
      <div>
        <h1 class="page-title" tabIndex={-1}>{title}</h1>
        {tally === undefined ? null : <p class="tally">{tally}</p>}
      </div>
      {children}
    </div>
  )
}

type PanelProps = { readonly title: string, readonly note?: ComponentChildren, readonly children: ComponentChildren }

/** A group of its own, lifted from the page. */
export function Panel ({ title, note, children }: PanelProps) {
  return (
    <section class="panel">
      <div class="panel-head"><h2>{title}</h2>{note === undefined ? null : <span class="panel-note">{note}</span>}</div>
      {children}
    </section>
  )
}
