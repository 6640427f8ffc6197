/** Android asks the page before it offers an icon: the question is kept, and put only when she has chosen what it looks like. */
import { signal } from '@preact/signals'

type InstallQuestion = Event & { prompt: () => Promise<{ readonly outcome: string }> }

let question: InstallQuestion | null = null
/** Whether the browser would put an icon on the screen now. */
export const mayInstall = signal(false)

/** Before anything else: it is asked once, early. */
export function heedInstall (): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    question = event as InstallQuestion
    mayInstall.value = true
  })
  addEventListener('appinstalled', () => { mayInstall.value = false })
}

export async function install (): Promise<void> {
  const asked = question
  question = null
  mayInstall.value = false
  await asked?.prompt()
}
