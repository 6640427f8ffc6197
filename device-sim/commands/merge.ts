/** `device-sim merge`: shards become one study, in the very bytes of a study that was run at once. */
import { join } from 'node:path'
import { InvalidInput } from '../invalid-input.ts'
import { joinShards } from '../study/merge.ts'
import type { ShardFolder } from '../study/merge.ts'
import type { Provenance } from '../study/part.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { DOCUMENT_MOST_BYTES, readTextFile } from '../text-file.ts'
import type { Command } from './command.ts'
import { parse } from './option-values.ts'
import { conclude } from './run.ts'
import { languagesOf } from './run-arguments.ts'

const USAGE = `usage: device-sim merge DIR... --out DIR [--languages LIST] [--verify] [--json]

  Joins the shards that \`run --shard K/N\` left in the folders DIR into one data package with its report, in the same
  bytes as one run gives. What the stopping rule would not have needed is left out.
  --verify puts the checks of device-sim verify into package and report.
  Exit: as run's.
`

export const merge: Command = {
  name: 'merge',
  does: 'joins the shards of a study',
  usage: USAGE,
  async run (argv, io) {
    const { folders, out, languages, verify, json } = readArguments(argv)
    const shards = await Promise.all(folders.map(shardIn))
    const { scenario, end, provenance } = await joinShards(shards, out)
    if (end.stopped === 'interrupted') throw new InvalidInput('SHARDS_MISSING', `replication ${end.replications} is in none of these folders, and the study is not precise without it: run the shard that has it to its end`)
    const code = await conclude({ folder: out, scenario, provenance, end, languages, verify, json }, io)
    return code
  }
}

function readArguments (argv: readonly string[]): { readonly folders: readonly string[], readonly out: string, readonly languages: ReturnType<typeof languagesOf>, readonly verify: boolean, readonly json: boolean } {
  const { values, positionals } = parse(argv, { out: { type: 'string' }, languages: { type: 'string' }, verify: { type: 'boolean' }, json: { type: 'boolean' } })
  if (positionals.length === 0) throw new InvalidInput('ARGUMENT_COUNT', 'merge takes the folders of the shards: device-sim merge DIR... --out DIR')
  if (values.out === undefined || values.out === '') throw new InvalidInput('FLAG_MISSING', '--out DIR says where the package goes')
  return { folders: positionals, out: values.out, languages: languagesOf(values.languages), verify: values.verify ?? false, json: values.json ?? false }
}

async function shardIn (folder: string): Promise<ShardFolder> {
  const read = async (name: string): Promise<unknown> => {
    const found = await readTextFile(join(folder, name), DOCUMENT_MOST_BYTES)
    try {
      return JSON.parse(found.ok ? found.text : '') as unknown
    } catch {
      throw new InvalidInput('SHARD_UNREADABLE', `${folder} is no shard of a study: it has no whole ${name}`)
    }
  }
  return { folder, scenario: await read('scenario.json') as Scenario, provenance: await read('provenance.json') as Provenance }
}
