/** A responder's own things: whom they watch over, until when, this phone, and what is between them and a house. */
import { route } from '../shell/route.ts'
import { Available } from './available.tsx'
import { Offers } from './offers.tsx'
import { People } from './people.tsx'
import { Phone } from './phone.tsx'
import { Rota } from './rota.tsx'

export function Own () {
  const [screen = ''] = route.value
  switch (screen) {
    case 'available': return <Available />
    case 'offers': return <Offers />
    case 'rota': return <Rota />
    case 'phone': return <Phone />
    default: return <People />
  }
}
