/** What a house is made of: networks, power, buttons, the push channel. */
import type { ButtonType, Network, Power, Push } from '../scenario.ts'
import { duration, money, share } from '../units.ts'
import { parameter, renewal } from './parameter.ts'
import { flag, object, quantity, whole } from './shape.ts'
import type { Fields } from './shape.ts'

export const networkFields: Fields<Network> = { latency: parameter(duration), wake: parameter(duration), loss: parameter(share), outage: renewal() }
export const network = object(networkFields, 'networks')

export const powerFields: Fields<Power> = { outage: renewal(), backup: parameter(duration) }
export const power = object(powerFields, 'powers')

const beatLeastS = 1
const beatMostS = 7 * 86_400

/** In the file `beat: 1 h`; in the model `beatS`. */
export type ButtonWritten = Omit<ButtonType, 'beatS'> & { readonly beat: number }
export const buttonFields: Fields<ButtonWritten> = {
  link: parameter(duration),
  linkLoss: parameter(share),
  battery: parameter(duration),
  replaced: parameter(duration),
  failure: renewal(),
  beat: quantity(duration, beatLeastS, beatMostS),
  missedBeats: whole(1, 100),
  cost: parameter(money),
  mainsPowered: flag
}
export const button = object(buttonFields, 'buttons')

export const pushFields: Fields<Push> = { latency: parameter(duration), provable: parameter(share) }
export const push = object(pushFields, 'pushes')
