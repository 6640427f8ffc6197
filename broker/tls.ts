import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { EpochMs } from './ports.ts'
import { BrokerProblem } from './problem.ts'

/** PEM texts: the chain, leaf first, and its private key. */
export type TlsMaterial = { readonly cert: string, readonly key: string }

/** @throws BrokerProblem TLS_FILE_UNREADABLE, naming the file */
export function readTlsFiles (certFile: string, keyFile: string): TlsMaterial {
  return { cert: readPem(certFile), key: readPem(keyFile) }
}

/**
 * Asks once, at the start, what TLS would otherwise ask at every handshake: readable, a pair, still valid.
 * @throws BrokerProblem TLS_MATERIAL_BAD, TLS_CERTIFICATE_EXPIRED
 */
export function checkTls (material: TlsMaterial, now: EpochMs): void {
  const certificate = parse('certificate', () => new X509Certificate(material.cert))
  const key = parse('private key', () => createPrivateKey(material.key))
  if (!certificate.checkPrivateKey(key)) throw new BrokerProblem('TLS_MATERIAL_BAD', 'the private key does not belong to the certificate')
  parse('certificate or private key', () => createSecureContext({ cert: material.cert, key: material.key }))
  if (Date.parse(certificate.validTo) <= now) throw new BrokerProblem('TLS_CERTIFICATE_EXPIRED', `the certificate was valid until ${certificate.validTo}`)
}

/** The cause of a bad key is left out: OpenSSL may quote what it was given. */
function parse<T> (what: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const { code } = cause as { code?: string }
    throw new BrokerProblem('TLS_MATERIAL_BAD', `the ${what} can't be read as PEM${code === undefined ? '' : ` (${code})`}`)
  }
}

function readPem (file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new BrokerProblem('TLS_FILE_UNREADABLE', file, cause)
  }
}
