/**
 * `npm run pictures`: photographs the pages as they are, before the real service, on the walk that the tests walk (`walk/`). Writes the
 * README's pictures, `docs/pictures/*.webp`.
 * `npm run pictures -- --all DIR`: every screen in every size, light and language into DIR, and sheets to look at many at once;
 * `--part NAME` and `--language CODE` take only those.
 */
import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import t from 'tap'
import { COMPLETE } from '../../dashboard/say/language.ts'
import type { Complete } from '../../dashboard/say/language.ts'
import { README, type Picture } from './photograph/readme.ts'
import { Camera, SHAPES } from './photograph/camera.ts'
import type { Shape } from './photograph/camera.ts'
import { overview, sheets } from './photograph/sheet.ts'
import { Stage } from './stage.ts'
import { EVERY_SIDE, partsOf } from './walk/every.ts'
import type { Look } from './walk/look.ts'

const { values: { all, part: wanted, language: languages } } = parseArgs({ options: { all: { type: 'string' }, part: { type: 'string', multiple: true }, language: { type: 'string', multiple: true } } })
const FOLDER = 'docs/pictures'

async function everyPart (stage: Stage, language: Complete) { return (await Promise.all(EVERY_SIDE.map(async (side) => [...await partsOf(stage, language, side)]))).flat() }

await (all === undefined ? forReadme() : everything(all))

async function everything (folder: string): Promise<void> {
  await t.test('every screen', async (t) => {
    const stage = await Stage.open(t)
    const camera = new Camera(folder)
    for (const language of COMPLETE.filter((each) => languages?.includes(each) ?? true)) {
      await mkdir(`${folder}/${language}`, { recursive: true })
      for (const [name, walks] of await everyPart(stage, language)) {
        if (!(wanted?.includes(name) ?? true)) continue
        const taken = new Map<Shape, string[]>()
        const look: Look = async (phone, screen) => {
          for (const [shape, file] of await camera.all(phone, `${language}/${screen}`)) taken.set(shape, [...taken.get(shape) ?? [], file])
        }
        await t.test(`${language}: ${name}`, async (t) => { await walks(t, look) })
        await sheets(stage, folder, `${language}-${name.replaceAll(' ', '-')}`, taken)
      }
    }
  })
}

/** Only the parts that hold a picture of the README. */
async function forReadme (): Promise<void> {
  await t.test('the pictures of the README', async (t) => {
    const stage = await Stage.open(t)
    const camera = new Camera(FOLDER)
    const taken = new Map<Picture, Buffer>()
    await mkdir(FOLDER, { recursive: true })
    for (const language of COMPLETE) {
      const here = README.filter((picture) => picture.language === language)
      for (const [name, walks] of await everyPart(stage, language)) {
        if (!here.some(({ part }) => part === name)) continue
        await t.test(`${language}: ${name}`, async (t) => {
          await walks(t, async (phone, screen) => {
            for (const picture of here.filter((each) => each.screen === screen && each.part === name)) taken.set(picture, await camera.one(phone, SHAPES[picture.shape]))
          })
        })
      }
    }
    t.same(README.filter((picture) => !taken.has(picture)), [], 'every picture was taken')
    await overview(stage, FOLDER, taken)
  })
}
