/** A house as large as a run needs, set up once beside no running service; each measurement works on a copy of it. */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync } from 'node:fs'
import { furnishLaboratory, ROOMS_PER_RESPONDER } from '../server/cli/laboratory/laboratory-house.ts'
import { readConfig } from '../server/config/config.ts'
import { serviceEnv } from './service.ts'

export { ROOMS_PER_RESPONDER }

export type HouseButton = { readonly did: string, readonly root: string }
/** `watched`: rooms with a worker on shift, whose press tells `responders[floor(i / ROOMS_PER_RESPONDER)]`. */
export type House = {
  readonly folder: string
  readonly secret: string
  readonly watched: readonly HouseButton[]
  /** Rooms where nobody works: their buttons are connected and beat. */
  readonly idle: readonly HouseButton[]
  /** Session tokens of the responders. */
  readonly responders: readonly string[]
}

/** @param watched rooms with a worker on shift @param idle rooms without */
export async function setUpHouse (folder: string, { watched, idle }: { readonly watched: number, readonly idle: number }): Promise<House> {
  const secret = randomBytes(32).toString('hex')
  const house = await furnishLaboratory(readConfig(serviceEnv(folder, secret)), { watched, idle, perRoom: 1 })
  return { folder, secret, ...house, responders: house.responders.flat() }
}

/** A copy of the house's disk for one service to work on. */
export function copyOf (house: House, folder: string): House {
  mkdirSync(folder, { recursive: true })
  cpSync(house.folder, folder, { recursive: true })
  return { ...house, folder }
}
