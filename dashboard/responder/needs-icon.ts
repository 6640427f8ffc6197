/** On an iPhone the icon comes first, unless somebody goes on without it. */
import { signal } from '@preact/signals'
import { isInstalled, isIphone } from '../wake/installed.ts'

export const carriesOn = signal(false)
export function needsIcon (): boolean { return isIphone() && !isInstalled() && !carriesOn.value }
