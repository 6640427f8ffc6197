/** A Node-RED flow MQTT -> WebSocket, as many houses are wired today: it stores nothing and asks nobody. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hopOver, untilHeard, type Mosquitto, type Peer } from './mosquitto.ts'
import { openLine } from './mqtt-line.ts'
import { freePort } from '../device-sim/live/free-port.ts'
import { startProcess, stopProcess } from './process.ts'
import { openSocket } from './socket.ts'

const HERE = join(import.meta.dirname, 'node_modules', 'node-red')
const TOPIC = 'bench/flow'
const PATH = '/bench'

export type NodeRed = Peer & { readonly version: string }

/** Its flow reads from the Mosquitto that we measure beside it. */
export async function startNodeRed (folder: string, mosquitto: Mosquitto): Promise<NodeRed> {
  if (!existsSync(HERE)) throw new Error('Node-RED is not here: npm --prefix bench ci')
  const userDir = join(folder, 'node-red')
  mkdirSync(userDir)
  const port = await freePort()
  writeFileSync(join(userDir, 'settings.cjs'), settingsOf(port))
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow(mosquitto.port)))
  const env = { PATH: process.env.PATH, HOME: userDir, NODE_RED_HOME: HERE }
  const { child } = await startProcess(process.execPath, [join(HERE, 'red.js'), '--userDir', userDir, '--settings', join(userDir, 'settings.cjs')], env, (said) => said.includes('Connected to broker'))
  const publisher = await openLine(`mqtt://127.0.0.1:${mosquitto.port}`, 'bench-flow')
  const socket = openSocket(`ws://127.0.0.1:${port}${PATH}`)
  await new Promise<void>((resolve, reject) => { socket.on('open', resolve).on('error', reject) })
  const hop = hopOver(publisher, TOPIC, (arrived) => {
    socket.removeAllListeners('message')
    socket.on('message', arrived)
  })
  await untilHeard(hop)
  return {
    version: (JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as { version: string }).version,
    hop,
    stop: async () => {
      publisher.end()
      socket.terminate()
      await stopProcess(child)
    }
  }
}

/** Loopback only, no editor, nothing fetched, nothing told to anybody. */
function settingsOf (uiPort: number): string {
  const settings = {
    uiPort,
    uiHost: '127.0.0.1',
    flowFile: 'flows.json',
    credentialSecret: false,
    httpAdminRoot: false,
    telemetry: { enabled: false, updateNotification: false },
    externalModules: { autoInstall: false, palette: { allowInstall: false, allowUpdate: false, allowUpload: false }, modules: { allowInstall: false } },
    logging: { console: { level: 'info', metrics: false, audit: false } }
  }
  return `module.exports = ${JSON.stringify(settings, null, 2)}\n`
}

function flow (mqttPort: number): readonly object[] {
  return [
    { id: 'tab', type: 'tab', label: 'bench' },
    { id: 'broker', type: 'mqtt-broker', name: '', broker: '127.0.0.1', port: String(mqttPort), clientid: 'node-red', autoConnect: true, usetls: false, protocolVersion: '4', keepalive: '60', cleansession: true },
    { id: 'listener', type: 'websocket-listener', path: PATH, wholemsg: 'false' },
    { id: 'in', type: 'mqtt in', z: 'tab', name: '', topic: TOPIC, qos: '1', datatype: 'buffer', broker: 'broker', inputs: 0, wires: [['out']] },
    { id: 'out', type: 'websocket out', z: 'tab', name: '', server: 'listener', client: '', wires: [] }
  ]
}
