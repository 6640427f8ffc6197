/** One line that leads somewhere. */
import type { ComponentChildren } from 'preact'
import { Icon } from '../parts/icon.tsx'
import { ListIcon } from './list-icon.tsx'
import type { ListIconName } from './list-icon.tsx'

type RowLinkProps = { readonly to: string, readonly icon?: ListIconName, readonly name: ComponentChildren, readonly more?: ComponentChildren }

export function RowLink ({ to, icon, name, more }: RowLinkProps) {
  return (
    <a class="row" href={`#${to}`}>
      {icon === undefined ? null : <span class="face" data-kind="plain" aria-hidden="true"><ListIcon name={icon} /></span>}
      <span class="row-words"><span class="row-name">{name}</span>{more === undefined ? null : <span class="row-more">{more}</span>}</span>
      <Icon name="onward" />
    </a>
  )
}
