import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { settings, type Config } from './schema.ts'

export type { Config } from './schema.ts'

export type ConfigFault = { readonly env: string, readonly code: 'CONFIG_INVALID' | 'CONFIG_FILE_UNREADABLE' | 'CONFIG_TWICE' | 'CONFIG_UNKNOWN' | 'CONFIG_NEEDS', readonly says: string }

/** One or more settings can't be used. Nothing was started; the process exits with 78 (EX_CONFIG). */
export class ConfigRefused extends Error {
  readonly code = 'CONFIG_REFUSED'
  readonly faults: readonly ConfigFault[]
  constructor (faults: readonly ConfigFault[]) {
    super(faults.map((f) => `${f.env}: ${f.says}`).join('\n'))
    this.name = 'ConfigRefused'
    this.faults = faults
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads every setting; all faults at once. Values of secrets never appear in a fault. The only reader of the environment. */
export function readConfig (env: Environment = process.env): Config {
  const faults: ConfigFault[] = unknownNames(env)
  const found = Object.entries(settings).map(([name, s]) => {
    const text = textOf(env, s.env, 'secret' in s, faults)
    if (text === null) return [name, s.absent]
    const read = s.read(text)
    if (read.ok) return [name, read.value]
    const shown = 'secret' in s ? 'its value' : JSON.stringify(text.slice(0, 80))
    faults.push({ env: s.env, code: 'CONFIG_INVALID', says: `${shown} is not usable: expects ${read.expects}` })
    return [name, s.absent]
  })
  const config = Object.freeze(Object.fromEntries(found)) as Config
  faults.push(...contradictions(config))
  if (faults.length > 0) throw new ConfigRefused(faults)
  return config
}

function textOf (env: Environment, name: string, isSecret: boolean, faults: ConfigFault[]): string | null {
  const plain = env[name]
  const file = isSecret ? env[`${name}_FILE`] : undefined
  if (plain !== undefined && file !== undefined) {
    faults.push({ env: name, code: 'CONFIG_TWICE', says: `is given both as ${name} and as ${name}_FILE: keep one` })
    return null
  }
  if (file === undefined) return plain === undefined || plain === '' ? null : plain
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    faults.push(unreadable(`${name}_FILE`, cause))
    return null
  }
}

function unreadable (env: string, cause: unknown): ConfigFault {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
  return { env, code: 'CONFIG_FILE_UNREADABLE', says: `the file it names can't be read (${code})` }
}

/** The listener reads them later; by then something would have been started. */
function tlsFaults ({ mqttsPort, mqttsCert, mqttsKey }: Config): ConfigFault[] {
  if (mqttsPort === null) return []
  const faults = Object.entries({ VEILLEUSE_MQTTS_CERT: mqttsCert, VEILLEUSE_MQTTS_KEY: mqttsKey }).flatMap(([env, file]) => {
    try {
      if (file !== null) accessSync(file, constants.R_OK)
      return []
    } catch (cause) {
      return [unreadable(env, cause)]
    }
  })
  return faults.length > 0 || mqttsCert === null || mqttsKey === null ? faults : pairFaults(mqttsCert, mqttsKey)
}

/** OpenSSL's words stay out: they may quote what it was given. */
function pairFaults (cert: string, key: string): ConfigFault[] {
  try {
    createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) })
    return []
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    return [{ env: 'VEILLEUSE_MQTTS_CERT', code: 'CONFIG_INVALID', says: `and VEILLEUSE_MQTTS_KEY do not name a PEM certificate and its own PEM key${code}` }]
  }
}

/** The folder is made at the first start; whether it can be is known now. */
function dataFaults ({ data }: Config): ConfigFault[] {
  let there = resolve(data)
  while (!existsSync(there)) there = dirname(there)
  const says = !statSync(there).isDirectory() ? `${there} is a file, not a folder` : isWritable(there) ? null : `${there} can't be written to`
  return says === null ? [] : [{ env: 'VEILLEUSE_DATA', code: 'CONFIG_INVALID', says: `is not usable: ${says}` }]
}

/** A misspelt folder would look like one without studies. */
function studiesFaults ({ studies }: Config): ConfigFault[] {
  if (studies === null || (existsSync(studies) && statSync(studies).isDirectory())) return []
  return [{ env: 'VEILLEUSE_STUDIES', code: 'CONFIG_INVALID', says: `is not usable: ${resolve(studies)} is not a folder` }]
}

function isWritable (folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch { return false }
}

/** A misspelt name would silently keep a default: say so. */
function unknownNames (env: Environment): ConfigFault[] {
  const known = new Set(Object.values(settings).flatMap((s) => ('secret' in s ? [s.env, `${s.env}_FILE`] : [s.env])))
  return Object.keys(env)
    .filter((name) => name.startsWith('VEILLEUSE_') && !known.has(name))
    .map((name) => ({ env: name, code: 'CONFIG_UNKNOWN', says: 'is not a setting of this version' }))
}

function contradictions (config: Config): ConfigFault[] {
  const faults: ConfigFault[] = [...dataFaults(config), ...studiesFaults(config), ...tlsFaults(config)]
  const needs = (env: string, says: string): void => { faults.push({ env, code: 'CONFIG_NEEDS', says }) }
  if (config.mqttPlain !== 'allow' && !isLoopback(config.mqttHost)) {
    needs('VEILLEUSE_MQTT_HOST', 'plain MQTT beyond loopback can be read on the network: use VEILLEUSE_MQTTS_PORT, or set VEILLEUSE_MQTT_PLAIN=allow')
  }
  if (config.mqttsPort !== null && (config.mqttsCert === null || config.mqttsKey === null)) {
    needs('VEILLEUSE_MQTTS_PORT', 'needs VEILLEUSE_MQTTS_CERT and VEILLEUSE_MQTTS_KEY')
  }
  if (config.join === 'open' && config.operator === null) {
    needs('VEILLEUSE_JOIN', 'needs VEILLEUSE_OPERATOR: whoever joins is told who keeps the machine')
  }
  if (!isLoopback(config.httpHost) && config.publicUrl === null) {
    needs('VEILLEUSE_PUBLIC_URL', 'is needed when VEILLEUSE_HTTP_HOST is not loopback')
  }
  return faults
}

function isLoopback (host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** What `veilleuse config` prints: every setting by its environment name, secrets masked. */
export function maskConfig (config: Config): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, s]) => {
    const value = config[name as keyof Config]
    return [s.env, 'secret' in s && value !== null ? '(set)' : value]
  }))
}
