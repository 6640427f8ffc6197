/** Incident: a house had bought certificates for its buttons, and the TLS door could only be reached from the machine itself. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import t from 'tap'
import { readConfig } from '../../server/config/config.ts'
import { startService } from '../../server/main.ts'

t.test('buttons reach TLS at the address it was given, and plain MQTT stays where it was', async (t) => {
  const folder = t.testdir({})
  const [cert, key] = [join(folder, 'buttons.pem'), join(folder, 'buttons.key')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=buttons',
    '-addext', 'subjectAltName=IP:127.0.0.2', '-days', '36500', '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const service = await startService(readConfig({
    VEILLEUSE_DATA: join(folder, 'data'), VEILLEUSE_HTTP_PORT: '0', VEILLEUSE_MQTT_PORT: '0', VEILLEUSE_METRICS_PORT: '0', VEILLEUSE_LOG_LEVEL: 'silent',
    VEILLEUSE_MQTTS_HOST: '127.0.0.2', VEILLEUSE_MQTTS_PORT: '0', VEILLEUSE_MQTTS_CERT: cert, VEILLEUSE_MQTTS_KEY: key
  }))
  t.teardown(() => service.stop())
  const button = connect({ host: '127.0.0.2', port: service.ports.mqtts ?? 0, ca: readFileSync(cert) })
  await once(button, 'secureConnect')
  t.ok(button.authorized)
  button.destroy()
  const elsewhere = connectPlain(service.ports.mqtt, '127.0.0.2')
  await t.rejects(once(elsewhere, 'connect'), { code: 'ECONNREFUSED' })
})
