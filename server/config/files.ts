import { join, resolve } from 'node:path'
import type { Config } from './config.ts'

/** What lies in the data folder. */
export function databaseFile (config: Config): string { return join(resolve(config.data), 'veilleuse.db') }
/** What was erased, as keyed hashes: beside the data folder, so that no backup and no copy of the folder carries it. */
export function erasedFile (config: Config): string { return resolve(config.erasedList ?? `${resolve(config.data)}.erased`) }
/** What was published, once and for all: beside the data folder too. */
export function publishedFile (config: Config): string { return resolve(config.publishedList ?? `${resolve(config.data)}.published`) }
/** The push keys: new ones would silence every subscription, so they are kept with the data. */
export function vapidFile (config: Config): string { return join(resolve(config.data), 'push-keys.json') }
/** Study reports for researchers; they hold nothing of anybody. */
export function studiesFolder (config: Config): string { return resolve(config.studies ?? join(resolve(config.data), 'studies')) }
