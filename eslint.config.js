/**
 * What a formatter cannot know: time, chance and the environment enter by one door each, promises are never dropped,
 * switches are exhaustive, files stay short. `test/tidy/lint.test.ts` shows that every rule here bites.
 */
import neostandard from 'neostandard'
import tseslint from 'typescript-eslint'

const product = ['firmware-protocol/**/*.ts', 'broker/**/*.ts', 'server/**/*.ts', 'device-sim/**/*.ts', 'dashboard/**/*.{ts,tsx}']
/** The only files that may ask the machine what time it is: one for the service, one for the simulator and one for the pages, which don't stand on it. */
const clockDoors = ['server/clock/system-clock.ts', 'device-sim/wall-clock.ts', 'dashboard/shell/clock.ts']
/** The only places that may read the environment. */
const configDoors = ['server/config*.ts', 'server/config/**/*.ts', 'server/cli/config*.ts']

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one name everywhere.' }
const noChance = { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Randomness comes from node:crypto, or from a seed that is passed in.' }
const noNow = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Time comes by the injected clock.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes by the injected clock.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Time comes by the injected clock.' },
  { selector: "MemberExpression[object.name='performance']", message: 'Time comes by the injected clock.' }
]
const noEnvironment = { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'The environment is read in one file: the configuration.' }
const timers = ['setTimeout', 'setInterval'].map((name) => ({ name, message: 'Time comes by the injected clock.' }))
const timerModules = ['node:timers', 'node:timers/promises', 'timers', 'timers/promises'].map((name) => ({ name, importNames: ['setTimeout', 'setInterval', 'scheduler'], message: 'Time comes by the injected clock.' }))

/** `no-restricted-syntax` is replaced, not merged, by a later block: each place says its whole list. */
const restricted = (...rules) => ['error', noDefaultExport, noChance, ...rules]

export default [
  { ignores: ['dist/**', '**/node_modules/**', 'data/**', '.tap/**', 'bench/results/**'] },
  ...neostandard({ ts: true, noJsx: true }),
  {
    rules: {
      // Short objects may stand in columns; a text with quotes in it, or of several lines, may be a template.
      '@stylistic/object-property-newline': 'off',
      '@stylistic/multiline-ternary': 'off',
      // It does not see what changes while a loop awaits.
      'no-unmodified-loop-condition': 'off',
      '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }]
    }
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // tap waits for its own subtests in their order.
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafePromises: [{ from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' }] }],
      // `void promise` says aloud that nobody waits for it.
      'no-void': ['error', { allowAsStatement: true }],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: false }],
      'max-lines': ['error', { max: 300 }],
      // tsc knows what is defined, in a browser and in Node.
      'no-undef': 'off',
      // A schema and the type made from it share one name; tsc itself refuses a real second declaration.
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { args: 'none', caughtErrors: 'none', ignoreRestSiblings: true, varsIgnorePattern: '^_$' }],
      'no-restricted-syntax': restricted()
    }
  },
  {
    files: product,
    rules: {
      'max-lines-per-function': ['error', { max: 60 }],
      'no-restricted-globals': ['error', ...timers],
      'no-restricted-imports': ['error', { paths: timerModules }],
      'no-restricted-syntax': restricted(...noNow, noEnvironment)
    }
  },
  {
    // The build's own configuration has to be a default export.
    files: ['dashboard/vite.config.ts'],
    rules: { 'no-restricted-syntax': 'off' }
  },
  {
    // What the service says goes through the log, which knows what it may not say. Only commands print.
    files: ['broker/**/*.ts', 'server/**/*.ts'],
    ignores: ['server/cli/**'],
    rules: { 'no-console': 'error' }
  },
  {
    // A test that waits for the wall clock is a test that fails on a busy machine.
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...timers],
      'no-restricted-imports': ['error', { paths: timerModules }]
    }
  },
  {
    files: clockDoors,
    rules: { 'no-restricted-globals': 'off', 'no-restricted-syntax': restricted(noEnvironment) }
  },
  {
    files: configDoors,
    rules: { 'no-restricted-syntax': restricted(...noNow) }
  }
]
