import type { InviteRole, People } from '../../people/services.ts'
import type { Command } from '../arguments.ts'
import { say, type Output } from '../output.ts'
import { Refusal } from '../usage.ts'
import { venueOf } from './places.ts'

export async function invite (role: InviteRole, of: { command: Command, people: People, output: Output }): Promise<void> {
  const { command, people, output } = of
  const asked = command.maybe('venue')
  const made = await people.invites.make(role, asked === null ? null : venueOf(people, asked).id)
  if (!made.ok) throw new Refusal(made.code)
  const { code, expiresAt } = made
  say(output, command.json, { role, code, page: `/#${code}`, expiresAt }, () => `${role} invite, opens one door once, until ${new Date(expiresAt).toISOString()}: ${code}\nby link: the service's address followed by /#${code}`)
}
