/** Loaded before each test that tap starts: a test that is TypeScript needs tsx, a compiled one must not pay for it. */
if (process.argv[1]?.endsWith('.ts')) await import('tsx')
