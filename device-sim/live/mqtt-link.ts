import mqtt from 'mqtt'
import type { Connect, Link } from './ports.ts'

/** How long a CONNECT may take. */
const CONNECT_TIMEOUT_MS = 5_000

/** Real MQTT 3.1.1 over TCP or TLS. `url`: `mqtt://127.0.0.1:1883` or `mqtts://host:8883`. */
export function mqttConnect (url: string): Connect {
  return ({ username, password, will, keepAliveS }, events): Link => {
    const client = mqtt.connect(url, {
      protocolVersion: 4,
      clientId: username,
      username,
      password,
      clean: true,
      keepalive: keepAliveS,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_TIMEOUT_MS,
      queueQoSZero: false,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: false }
    })
    let over = false
    const lost = (): void => {
      if (over) return
      over = true
      events.lost()
    }
    // A press behind another packet would otherwise wait 40 ms for Nagle; `mqtt` itself ignores its own option.
    client.on('connect', () => {
      const { stream } = client as unknown as { stream: { setNoDelay?: (on: boolean) => void } }
      stream.setNoDelay?.(true)
      events.connected()
    })
    client.on('message', (_topic, payload) => { events.message(payload) })
    client.on('close', lost)
    client.on('error', () => { client.end(true) })
    return {
      subscribe: (topic) => { client.subscribe(topic, { qos: 1 }) },
      publish: (topic, payload) => new Promise((resolve) => {
        client.publish(topic, Buffer.from(payload), { qos: 1 }, (error) => { if (!error) resolve() })
      }),
      end: () => { over = true; client.end() },
      cut: () => { over = true; client.stream?.destroy(); client.end(true) }
    }
  }
}
