/**
 * Lints samples for `lint.test.ts`, in a process of its own: ESLint loads its configuration with a resolver of its own,
 * which does not get on with the loader that runs the tests. stdin: [{ path, text }]; stdout: [[ruleId]].
 */
import { text } from 'node:stream/consumers'
import { ESLint } from 'eslint'

const eslint = new ESLint()
const broken = []
for (const sample of JSON.parse(await text(process.stdin))) {
  const results = await eslint.lintText(sample.text, { filePath: sample.path })
  broken.push(results.flatMap((result) => result.messages.map((message) => message.ruleId)))
}
console.log(JSON.stringify(broken))
