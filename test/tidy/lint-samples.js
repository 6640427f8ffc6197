/**
 * Lints samples for `lint.test.ts`, in a process of its own: ESLint loads its configuration with a resolver of its own,
 * which does not get on with the loader that runs the tests. stdin: [[{ path, text }]], sheets of samples of one path, which
 * are linted as one file, since the type checker begins anew with each; stdout: [[[ruleId]]], of each sample what its own lines break.
 */
import { text } from 'node:stream/consumers'
import { ESLint } from 'eslint'

const eslint = new ESLint()
const broken = []
for (const sheet of JSON.parse(await text(process.stdin))) {
  const results = await eslint.lintText(sheet.map((sample) => `${sample.text}\n`).join(''), { filePath: sheet[0].path })
  const messages = results.flatMap((result) => result.messages)
  let first = 1
  broken.push(sheet.map((sample) => {
    const from = first
    first += sample.text.split('\n').length
    return messages.filter(({ line }) => line >= from && line < first).map(({ ruleId }) => ruleId)
  }))
}
console.log(JSON.stringify(broken))
