/** Reads a QR with the phone's camera; the pictures never leave the phone. Loaded when somebody scans. */
import { useEffect, useRef, useState } from 'preact/hooks'
import decodeQR from 'qr/decode.js'
import { every } from '../shell/clock.ts'
import { langOf, say } from '../say/say.ts'

const LOOK_MS = 200
/** Wider pictures only cost time. */
const WIDTH_MAX = 640

export function QrScan ({ onFound }: { readonly onFound: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [trouble, setTrouble] = useState(false)
  useEffect(() => {
    let stream: MediaStream | null = null
    let over = false
    const canvas = document.createElement('canvas')
    const begin = async (): Promise<void> => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
        if (over || video.current === null) return stop(stream)
        video.current.srcObject = stream
        await video.current.play()
      } catch {
        setTrouble(true)
      }
    }
    const cancel = every(LOOK_MS, () => {
      const found = video.current === null ? null : read(video.current, canvas)
      if (found !== null) onFound(found)
    })
    void begin()
    return () => {
      over = true
      cancel()
      stop(stream)
    }
  }, [])
  if (trouble) return <p class="trouble" role="alert" lang={langOf('shell')}>{say('shell.camera')}</p>
  return <video class="qr-view" ref={video} muted playsInline lang={langOf('shell')} aria-label={say('shell.scan')} />
}

function stop (stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

function read (video: HTMLVideoElement, canvas: HTMLCanvasElement): string | null {
  if (video.videoWidth === 0) return null
  const scale = Math.min(1, WIDTH_MAX / video.videoWidth)
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (pen === null) return null
  pen.drawImage(video, 0, 0, canvas.width, canvas.height)
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
  try {
    return decodeQR({ data, width, height })
  } catch {
    return null
  }
}
