interface ImportMeta { glob: <T>(pattern: string, options: { import: string }) => Record<string, () => Promise<T>> }
declare module '*.css' {}
