/** A time, as short as it can be said: the hour for today, else the day too. */
import { langOf } from '../say/say.ts'
import { now } from '../shell/service-time.ts'

export function whenWords (at: number): string {
  const [day, today] = [at, now.value].map((ms) => new Date(ms).toDateString())
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat(langOf('list'), day === today ? clock : { day: 'numeric', month: 'short', ...clock }).format(at)
}

export function When ({ at }: { readonly at: number }) {
  return <time dateTime={new Date(at).toISOString()}>{whenWords(at)}</time>
}

export function dayWords (at: number): string { return new Intl.DateTimeFormat(langOf('list'), { day: 'numeric', month: 'long', year: 'numeric' }).format(at) }
