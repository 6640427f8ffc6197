/**
 * The directions of imports: what a file may touch is known from the folder it is in.
 * The table says for each part of the house what it may import (itself is always allowed). `types` are folders or
 * files of which only types may be imported: whoever implements a port must be able to name it.
 * `test/tidy/directions.test.ts` shows on a small bad house that every rule bites.
 */
const floors = {
  'firmware-protocol': { may: [] },
  broker: { may: ['firmware-protocol'] },
  'server/alarm': { may: [] },
  'server/clock': { may: [] },
  'server/contract': { may: [] },
  'server/config': { may: [] },
  'server/store': { may: ['server/alarm', 'server/clock'] },
  'server/engine': { may: ['server/alarm', 'server/clock', 'server/store/[^/]+[.]ts'], types: ['broker/ports[.]ts'] },
  'server/notify': { may: ['server/alarm', 'server/clock', 'server/contract'], types: ['server/engine/(ports|desk)[.]ts'] },
  'server/people': {
    may: ['server/alarm', 'server/clock', 'server/store/[^/]+[.]ts', 'firmware-protocol'],
    types: ['broker/ports[.]ts', 'server/engine/(ports|desk)[.]ts', 'server/notify/ports[.]ts']
  },
  'server/http': {
    // The snapshot: one page reads with GET what the live socket pushes, in the same bytes.
    may: ['server/contract', 'server/people', 'server/alarm', 'server/clock', 'server/notify/snapshot[.]ts'],
    types: ['server/config', 'server/engine/(ports|desk)[.]ts', 'server/notify', 'server/store/[^/]+[.]ts']
  },
  'server/cli': { may: ['server', 'firmware-protocol', 'broker', 'device-sim'] },
  'device-sim': { may: ['firmware-protocol', 'server/alarm'], types: ['server/contract', 'server/clock'] },
  // The simulator's own floors: what computes knows nothing of what it is for, and only commands know all.
  'device-sim/statistics': { may: [] },
  'device-sim/virtual/chance': { may: ['device-sim/statistics/(normal|special)[.]ts'] },
  'device-sim/virtual/kernel': { may: [] },
  'device-sim/scenario': { may: ['device-sim/invalid-input[.]ts', 'device-sim/virtual/chance', 'server/alarm'], types: ['server/contract'] },
  'device-sim/virtual/model': { may: ['device-sim/invalid-input[.]ts', 'device-sim/statistics/(pooled-waits|watched)[.]ts', 'device-sim/virtual/(kernel|chance)', 'device-sim/scenario', 'server/alarm', 'firmware-protocol'] },
  'device-sim/data-package': { may: ['device-sim/(invalid-input|text-file)[.]ts', 'device-sim/scenario', 'device-sim/statistics', 'device-sim/virtual/(model|chance)'], types: ['device-sim/study'] },
  'device-sim/report': { may: ['device-sim/invalid-input[.]ts', 'device-sim/scenario', 'device-sim/virtual/model/(measures|waits)[.]ts', 'device-sim/data-package'] },
  'device-sim/study': { may: ['device-sim/invalid-input[.]ts', 'device-sim/wall-clock[.]ts', 'device-sim/scenario', 'device-sim/statistics', 'device-sim/virtual', 'device-sim/data-package', 'device-sim/report'] },
  'device-sim/sensitivity': { may: ['device-sim/invalid-input[.]ts', 'device-sim/scenario', 'device-sim/statistics', 'device-sim/virtual', 'device-sim/study', 'device-sim/data-package'] },
  'device-sim/verify': { may: ['device-sim/invalid-input[.]ts', 'device-sim/scenario', 'device-sim/statistics', 'device-sim/virtual', 'device-sim/data-package', 'server/alarm'] },
  'device-sim/bench': { may: ['device-sim/[^/]+[.]ts', 'device-sim/scenario', 'device-sim/virtual', 'device-sim/study'] },
  'device-sim/live': { may: ['device-sim/[^/]+[.]ts', 'device-sim/scenario', 'device-sim/statistics', 'device-sim/study/part-file[.]ts', 'device-sim/data-package/csv[.]ts', 'firmware-protocol', 'server/alarm'], types: ['device-sim/virtual/model', 'device-sim/study', 'server/contract', 'server/clock'] },
  // The texts are shared: a notification and a page say the same answer in the same words.
  dashboard: { may: ['server/contract/texts'], types: ['server/contract'] }
}
const ours = '^(firmware-protocol|broker|server|device-sim|dashboard|bench|test|deploy)/'
const inside = (paths) => paths.map((path) => `^${path}(/|$)`)

const directions = Object.entries(floors).flatMap(([floor, { may, types = [] }]) => [
  {
    name: `${floor.replaceAll('/', '-')}-stands-on`,
    comment: `${floor} imports ${[...may, ...types.map((t) => `types of ${t}`)].join(', ') || 'nothing of ours'}`,
    severity: 'error',
    from: { path: `^${floor}/` },
    to: { path: ours, pathNot: inside([floor, ...may, ...types]) }
  },
  ...(types.length === 0
    ? []
    : [{
        name: `${floor.replaceAll('/', '-')}-types-only`,
        comment: `of ${types.join(', ')} only types`,
        severity: 'error',
        from: { path: `^${floor}/` },
        to: { path: inside(types), pathNot: inside([floor, ...may]), dependencyTypesNot: ['type-only'] }
      }])
])

module.exports = {
  forbidden: [
    ...directions,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-orphans',
      comment: 'A file that nothing uses. Commands and the composition root are started, not imported.',
      severity: 'error',
      from: { orphan: true, path: '^(firmware-protocol|broker|server|device-sim|dashboard)/', pathNot: ['^server/main[.]ts$', '^server/cli/veilleuse[.]ts$', '^device-sim/cli[.]ts$', '^dashboard/(vite[.]config|[^/]+/(main|room)|push/sw)[.]tsx?$', '[.](json|sql|html|d[.]ts)$'] },
      to: {}
    },
    { name: 'nothing-imports-test', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    { name: 'nothing-imports-bench', severity: 'error', from: { pathNot: '^(bench|test)/' }, to: { path: '^bench/' } },
    { name: 'main-is-the-top', comment: 'Only the command may start it.', severity: 'error', from: { pathNot: '^(server/cli|test|bench)/' }, to: { path: '^server/main[.]ts$' } },
    { name: 'sqlite-behind-its-port', severity: 'error', from: { path: '^server/', pathNot: '^server/(store|cli)/|^server/[^/]+[.]ts$' }, to: { path: '^server/store/sqlite/' } },
    { name: 'resolvable', comment: 'bench/ has packages of its own, installed when it is run', severity: 'error', from: { pathNot: '^bench/' }, to: { couldNotResolve: true } },
    { name: 'no-dev-packages', comment: 'The product runs without development packages.', severity: 'error', from: { path: '^(firmware-protocol|broker|server|device-sim)/' }, to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] } },
    { name: 'declared-packages', severity: 'error', from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } }
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|bench/node_modules)/' },
    // bench/ has a package.json of its own and also uses the product's packages.
    combinedDependencies: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] }
  }
}
