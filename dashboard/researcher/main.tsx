import { Screen } from '../parts/screen.tsx'
import { begin } from '../shell/begin.tsx'

function Face () { return <Screen><p /></Screen> }

void begin('s', ['researcher'], Face)
