/** Guards against a service that runs with half of its settings, or that prints a secret when it refuses one. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ConfigRefused, maskConfig, readConfig, type Environment } from '../../server/config/config.ts'
import { masterKey, masterKeyFile } from '../../server/config/master-key.ts'

const KEY = 'ab'.repeat(32)

function refused (env: Environment): ConfigRefused {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigRefused) return error
    throw error
  }
  throw new Error('nothing was refused')
}

t.test('nothing set: the documented defaults, frozen', async (t) => {
  const config = readConfig({})
  t.match(config, { data: './data', httpHost: '127.0.0.1', httpPort: 8080, mqttHost: '127.0.0.1', mqttPort: 1883, mqttPlain: 'loopback', mqttsPort: null, secret: null })
  t.ok(Object.isFrozen(config))
})

t.test('every fault is named at once, each with its own code', async (t) => {
  const { faults } = refused({
    VEILLEUSE_HTTP_PORT: '99999',
    VEILLEUSE_MQTT_HOST: '0.0.0.0',
    VEILLEUSE_MQTTS_PORT: '8883',
    VEILLEUSE_VAPID_SUBJECT: 'mailto:me@localhost',
    VEILLEUSE_PUBLIC_URL: 'http://agenda.example.org',
    VEILLEUSE_LOG_LEVEL: 'loud',
    VEILLEUSE_DATABASE_URL: 'postgres://somebody:hidden@host/db',
    VEILLEUSE_SECRET: 'short',
    VEILLEUSE_HTPP_PORT: '80'
  })
  t.same(faults.map(({ env, code }) => `${env} ${code}`).sort(), [
    'VEILLEUSE_DATABASE_URL CONFIG_INVALID',
    'VEILLEUSE_HTPP_PORT CONFIG_UNKNOWN',
    'VEILLEUSE_HTTP_PORT CONFIG_INVALID',
    'VEILLEUSE_LOG_LEVEL CONFIG_INVALID',
    'VEILLEUSE_MQTTS_PORT CONFIG_NEEDS',
    'VEILLEUSE_MQTT_HOST CONFIG_NEEDS',
    'VEILLEUSE_PUBLIC_URL CONFIG_INVALID',
    'VEILLEUSE_SECRET CONFIG_INVALID',
    'VEILLEUSE_VAPID_SUBJECT CONFIG_INVALID'
  ])
})

t.test('a refused secret is not repeated, and a good one is masked', async (t) => {
  const { message } = refused({ VEILLEUSE_SECRET: 'my-grandmother', VEILLEUSE_DATABASE_URL: 'postgres://somebody:hidden@host/db' })
  t.notMatch(message, /grandmother|hidden/)
  t.notMatch(JSON.stringify(maskConfig(readConfig({ VEILLEUSE_SECRET: KEY }))), KEY)
  t.match(maskConfig(readConfig({ VEILLEUSE_SECRET: KEY })), { VEILLEUSE_SECRET: '(set)', VEILLEUSE_DATABASE_URL: null })
})

t.test('a secret may lie in a file; not in two places, not in a file that is absent', async (t) => {
  const file = join(t.testdir({ key: `${KEY}\n` }), 'key')
  t.equal(readConfig({ VEILLEUSE_SECRET_FILE: file }).secret, KEY)
  t.match(refused({ VEILLEUSE_SECRET_FILE: file, VEILLEUSE_SECRET: KEY }).faults, [{ env: 'VEILLEUSE_SECRET', code: 'CONFIG_TWICE' }])
  t.match(refused({ VEILLEUSE_SECRET_FILE: `${file}-lost` }).faults, [{ env: 'VEILLEUSE_SECRET_FILE', code: 'CONFIG_FILE_UNREADABLE' }])
})

t.test('plain MQTT leaves this machine only when told to', async (t) => {
  t.equal(readConfig({ VEILLEUSE_MQTT_HOST: '0.0.0.0', VEILLEUSE_MQTT_PLAIN: 'allow' }).mqttHost, '0.0.0.0')
  t.match(refused({ VEILLEUSE_MQTT_HOST: '192.168.1.4' }).faults, [{ env: 'VEILLEUSE_MQTT_HOST', code: 'CONFIG_NEEDS' }])
})

t.test('MQTT over TLS listens where it is told to, apart from plain MQTT, and on this machine alone when nothing is said', async (t) => {
  t.match(readConfig({}), { mqttsHost: '127.0.0.1', mqttHost: '127.0.0.1' })
  t.match(readConfig({ VEILLEUSE_MQTTS_HOST: '0.0.0.0' }), { mqttsHost: '0.0.0.0', mqttHost: '127.0.0.1' })
})

t.test('certificates that are not there are a bad setting, not a start that breaks off', async (t) => {
  const { faults } = refused({ VEILLEUSE_MQTTS_PORT: '0', VEILLEUSE_MQTTS_CERT: '/nowhere/buttons.crt', VEILLEUSE_MQTTS_KEY: '/nowhere/buttons.key' })
  t.match(faults, [{ env: 'VEILLEUSE_MQTTS_CERT', code: 'CONFIG_FILE_UNREADABLE' }, { env: 'VEILLEUSE_MQTTS_KEY', code: 'CONFIG_FILE_UNREADABLE' }])
})

t.test('certificates that are none, or no pair, are a bad setting', async (t) => {
  const folder = t.testdir({ letter: 'Dear all,\n' })
  const letter = join(folder, 'letter')
  const { faults } = refused({ VEILLEUSE_HTTP_PORT: 'x', VEILLEUSE_MQTTS_PORT: '0', VEILLEUSE_MQTTS_CERT: letter, VEILLEUSE_MQTTS_KEY: letter })
  t.match(faults, [{ env: 'VEILLEUSE_HTTP_PORT' }, { env: 'VEILLEUSE_MQTTS_CERT', code: 'CONFIG_INVALID' }], 'named with all other faults')
  t.notMatch(faults[1]?.says, /Dear/)
})

t.test('a data folder that can not be one is a bad setting', async (t) => {
  const folder = t.testdir({ letter: '' })
  for (const data of ['letter', 'letter/data']) t.match(refused({ VEILLEUSE_DATA: join(folder, data) }).faults, [{ env: 'VEILLEUSE_DATA', code: 'CONFIG_INVALID' }], data)
  t.ok(readConfig({ VEILLEUSE_DATA: join(folder, 'not/yet/there') }))
})

t.test('the key is made once, beside the data and for its owner alone', async (t) => {
  const config = readConfig({ VEILLEUSE_DATA: join(t.testdir({}), 'data') })
  const made = masterKey(config)
  t.equal(made.length, 32)
  t.same(masterKey(config), made)
  t.equal(statSync(masterKeyFile(config)).mode & 0o777, 0o600)
  t.notOk(masterKeyFile(config).startsWith(`${config.data}/`))
  writeFileSync(masterKeyFile(config), 'spilt coffee')
  t.throws(() => masterKey(config), { code: 'CONFIG_REFUSED' })
})

t.test('a database whose key is gone gets no new key', async (t) => {
  const config = readConfig({ VEILLEUSE_DATA: join(t.testdir({}), 'data') })
  mkdirSync(config.data)
  writeFileSync(join(config.data, 'veilleuse.db'), '')
  t.throws(() => masterKey(config), { code: 'CONFIG_REFUSED', faults: [{ env: 'VEILLEUSE_SECRET', code: 'CONFIG_NEEDS' }] })
  t.throws(() => readFileSync(masterKeyFile(config)), { code: 'ENOENT' })
})
