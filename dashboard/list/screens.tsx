/** Her list and everything behind "more". Loaded when she goes there; each piece again by itself. */
import '../look/list.css'
import { Help } from './help/help.tsx'

export function Screens () { return <Help /> }
