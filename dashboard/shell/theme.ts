/** Dark unless the person chose light; a phone that prefers light does not change it. */
import { signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

export type Theme = 'dark' | 'light'
export const theme = signal<Theme>(kept('theme') === 'light' ? 'light' : 'dark')

export function wear (chosen: Theme): void {
  theme.value = chosen
  keep('theme', chosen)
  document.documentElement.dataset['theme'] = chosen
}

export function wearKept (): void { document.documentElement.dataset['theme'] = theme.value }
