import { Phone } from './house.ts'
import type { House } from './house.ts'

/** A phone of two: the one without a PIN was used last and has signed out; Lina lies there behind hers, 4711. */
export async function putAwayPhone (house: House): Promise<Phone> {
  const phone = await house.join('worker', new Phone(house), 'Lina')
  await phone.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  await house.join('worker', phone, 'Mira')
  await phone.post('/api/v1/sign-out')
  return phone
}
