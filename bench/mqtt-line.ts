/** One connection of the client library that every peer is measured with. */
import { mqttConnect } from '../device-sim/live/mqtt-link.ts'
import type { Link } from '../device-sim/live/ports.ts'
import { Frames } from './frames.ts'
import type { HouseButton } from './house.ts'

const KEEP_ALIVE_S = 60

export type Line = Link & { /** Called with each message that arrives. */ onMessage: (payload: Uint8Array) => void }

/** Connects; resolves when the broker has said yes. */
export async function openLine (url: string, name: string, password = 'bench', will: Uint8Array = new Uint8Array([0])): Promise<Line> {
  return await new Promise((resolve, reject) => {
    const line: { onMessage: (payload: Uint8Array) => void } = { onMessage: () => {} }
    const link = mqttConnect(url)({ username: name, password, will: { topic: `vbp/1/${name}/up`, payload: will }, keepAliveS: KEEP_ALIVE_S }, {
      connected: () => { resolve(Object.assign(line, link)) },
      message: (payload) => { line.onMessage(payload) },
      lost: () => { reject(new Error(`no connection to ${url}`)) }
    })
  })
}

export type MqttButton = { readonly frames: Frames, readonly line: Line }

/** A button's connection to the service, subscribed to its lights like a real one. */
export async function openButton (url: string, button: HouseButton): Promise<MqttButton> {
  const frames = new Frames(button)
  const line = await openLine(url, frames.did, frames.keys.mqttPassword, frames.bye())
  line.subscribe(`vbp/1/${frames.did}/down`)
  return { frames, line }
}
