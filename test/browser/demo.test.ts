/**
 * Incident: whoever tried `npm run demo` was told "too many tries, wait a minute" at the first code: the people who live in the demo had
 * used up the tries of everybody on that machine.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import t from 'tap'
import type { Test } from 'tap'
import type { Browser, Page } from 'playwright-core'
import { COMMANDS } from '../runner/root.ts'
import { launch } from './chromium.ts'

/** The last of what it says before the house lives on. */
const LAST = 'everything'

/** `npm run demo`, as somebody at a terminal sees it. */
async function demo (t: Test) {
  const child = spawn(process.execPath, [COMMANDS.veilleuse, 'demo'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const links = new Map<string, string>()
  let words = ''
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) {
    const [, who = '', url = ''] = /^([a-z]+)\s+(http\S+)/.exec(line) ?? []
    if (who !== '') links.set(who, url)
    words = /her words: (.*)$/.exec(line)?.[1] ?? words
    if (who === LAST) break
  }
  child.stdout.resume()
  return { links, words, type: (digits: string) => { child.stdin.write(`${digits}\n`) } }
}

async function opens (browser: Browser, url = ''): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-BE', timezoneId: 'Europe/Brussels' })
  const page = await context.newPage()
  await page.goto(url)
  return page
}

t.test('each link of the demo leads to what it says', async (t) => {
  const { links, words, type } = await demo(t)
  const browser = await launch()
  t.teardown(async () => { await browser.close() })

  await t.test('a responder pairs, and is on the list of her who lives there', async (t) => {
    const page = await opens(browser, links.get('responder'))
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('The name you are known by').fill('Papa')
    await page.getByRole('button', { name: 'Somebody they know' }).click()
    await page.getByRole('button', { name: 'I promise' }).click()
    await page.getByLabel('I have understood this').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    type(await page.locator('.digits').getAttribute('aria-label') ?? '')
    await page.getByRole('heading', { name: 'You are on the list' }).waitFor()
    t.equal(await page.getByText('Too many').count(), 0)
  })

  await t.test('the researcher finds that nothing is published, the technician four rooms', async (t) => {
    for (const [who, says] of [['researcher', 'Counts and times'], ['technician', 'Maison Tilleul']] as const) {
      const page = await opens(browser, links.get(who))
      await page.getByLabel('I have understood this').check()
      await page.getByRole('button', { name: 'Come in' }).click()
      await page.getByRole('heading', { name: says }).waitFor()
      if (who === 'researcher') continue
      await page.locator('.mark-proven').nth(3).waitFor()
      for (const room of ['Lilac', 'Cedar', 'Willow', 'Juniper']) t.equal(await page.getByText(room, { exact: true }).count(), 1, `${room} is heard`)
    }
  })

  await t.test('a worker comes in by her words; her people come', async (t) => {
    const page = await opens(browser, links.get('worker'))
    await page.getByRole('textbox').fill(words)
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.waitForURL('**/w')
    await page.locator('.hold').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Contact 1 has arrived' }).waitFor()
    await page.getByText('I am safe').click()
    for (const digit of '2580') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.locator('.light-button').click()
    await page.getByRole('heading', { name: 'It is over' }).waitFor()
    t.equal(new URL(page.url()).pathname, '/w')
  })
})
