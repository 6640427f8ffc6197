/** Her shift and what belongs to it. Loaded when she goes there. */
import { Screen } from '../../parts/screen.tsx'

export function Screens () { return <Screen closes back="/"><p /></Screen> }
