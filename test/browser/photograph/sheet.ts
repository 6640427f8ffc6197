/** Many pictures on one: to be looked at, and for the README. */
import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import type { Stage } from '../stage.ts'
import { SHAPES } from './camera.ts'
import type { Shape } from './camera.ts'
import { README } from './readme.ts'
import type { Picture } from './readme.ts'

/** On one sheet; more could not be read. */
const PER_SHEET = { phone: 8, desk: 6 } as const
const ROWS = ['her', 'them', 'desk', 'day'] as const
const STYLE = `body { margin: 0; padding: 40px; background: #0b090d; color: #b0a499; font: 17px system-ui, sans-serif; display: grid; gap: 32px }
  section { display: flex; gap: 26px; align-items: start } figure { margin: 0; display: grid; gap: 10px; flex: none } img { display: block; border-radius: 20px; border: 1px solid #38333d }`

const embedded = (picture: Buffer): string => `data:image/jpeg;base64,${picture.toString('base64')}`
const isWide = (shape: Shape): boolean => SHAPES[shape].width > 1_000

/** `<folder>/<name>-<shape>-<n>.jpeg` for all that was taken. */
export async function sheets (stage: Stage, folder: string, name: string, taken: ReadonlyMap<Shape, readonly string[]>): Promise<void> {
  const { page, context } = await stage.phone({ size: { width: 1_800, height: 900 } })
  for (const [shape, files] of taken) {
    const per = isWide(shape) ? PER_SHEET.desk : PER_SHEET.phone
    for (let first = 0; first < files.length; first += per) {
      const figures = await Promise.all(files.slice(first, first + per).map(async (file) => `<figure><img width="${isWide(shape) ? 860 : 400}" src="${embedded(await readFile(file))}"><figcaption>${file.replace(/.*\//, '')}</figcaption></figure>`))
      await page.setContent(`<style>${STYLE} body { padding: 12px } section { flex-wrap: wrap }</style><section>${figures.join('')}</section>`)
      await writeFile(`${folder}/${name}-${shape}-${first / per + 1}.jpeg`, await page.screenshot({ type: 'jpeg', quality: 80, fullPage: true }))
    }
  }
  await context.close()
}

/** `sheet.webp`, and those that stand alone. */
export async function overview (stage: Stage, folder: string, taken: ReadonlyMap<Picture, Buffer>): Promise<void> {
  const { page, context } = await stage.phone({ size: { width: 2_000, height: 1_000 } })
  const figure = ([{ shape, says }, picture]: readonly [Picture, Buffer]): string => `<figure><img width="${isWide(shape) ? 947 : 216}" src="${embedded(picture)}"><figcaption>${says}</figcaption></figure>`
  const inOrder = README.flatMap((picture) => taken.has(picture) ? [[picture, taken.get(picture) ?? Buffer.alloc(0)] as const] : [])
  const rows = ROWS.map((row) => `<section>${inOrder.filter(([picture]) => picture.row === row).map(figure).join('')}</section>`)
  await page.setContent(`<style>${STYLE}</style>${rows.join('')}`)
  await writeFile(`${folder}/sheet.webp`, await webp(page, 70))
  for (const [{ alone, shape }, picture] of taken) {
    if (alone === undefined) continue
    await page.setViewportSize(SHAPES[shape])
    await page.setContent(`<style>body { margin: 0 } img { display: block; inline-size: 100% }</style><img src="${embedded(picture)}">`)
    await writeFile(`${folder}/${alone}.webp`, await webp(page, 80))
  }
  await context.close()
}

async function webp (page: Page, quality: number): Promise<Buffer> {
  const cdp = await page.context().newCDPSession(page)
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality, captureBeyondViewport: true })
  await cdp.detach()
  return Buffer.from(data, 'base64')
}
