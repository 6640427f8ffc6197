/** Photographs a screen as it stands, in sizes and lights that a person may have; the page is left as it was found. */
import { writeFile } from 'node:fs/promises'
import type { Phone } from '../stage.ts'

export type Light = { readonly width: number, readonly height: number, readonly theme: 'dark' | 'light', readonly forced?: true, readonly whole?: true }
/** 320 px is a phone of 640 px at 200 %. */
export const SHAPES = {
  small: { width: 360, height: 640, theme: 'dark', whole: true },
  phone: { width: 390, height: 844, theme: 'dark' },
  day: { width: 390, height: 844, theme: 'light' },
  zoomed: { width: 320, height: 568, theme: 'dark', whole: true },
  forced: { width: 360, height: 640, theme: 'dark', forced: true },
  desk: { width: 1280, height: 800, theme: 'dark' },
  'desk-day': { width: 1280, height: 800, theme: 'light' }
} as const satisfies Readonly<Record<string, Light>>
export type Shape = keyof typeof SHAPES

export class Camera {
  readonly #folder: string
  constructor (folder: string) { this.#folder = folder }

  /** One file a shape: `<folder>/<name>-<shape>.jpeg`. */
  async all (phone: Phone, name: string): Promise<ReadonlyMap<Shape, string>> {
    const files = new Map<Shape, string>()
    for (const shape of Object.keys(SHAPES) as Shape[]) {
      const file = `${this.#folder}/${name}-${shape}.jpeg`
      await writeFile(file, await this.one(phone, SHAPES[shape]))
      files.set(shape, file)
    }
    return files
  }

  async one (phone: Phone, { width, height, theme, forced, whole }: Light): Promise<Buffer> {
    const { page } = phone
    const before = page.viewportSize()
    await page.setViewportSize({ width, height })
    const worn = await page.evaluate<string>(`{ const was = document.documentElement.dataset.theme; document.documentElement.dataset.theme = '${theme}'; was }`)
    if (forced === true) await page.emulateMedia({ forcedColors: 'active' })
    // Two frames: what depends on the width has been laid out, and colours have arrived.
    await page.evaluate('new Promise((done) => { requestAnimationFrame(() => { requestAnimationFrame(done) }) })')
    const picture = await page.screenshot({ type: 'jpeg', quality: 88, fullPage: whole === true })
    if (forced === true) await page.emulateMedia({ forcedColors: 'none' })
    await page.evaluate(`document.documentElement.dataset.theme = '${worn}'`)
    if (before !== null) await page.setViewportSize(before)
    return picture
  }
}
