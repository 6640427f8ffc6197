/** What a table of the data package is: the one description from which its CSV, its Parquet, its schema and its page of the codebook are made. */
export type Cell = string | number | boolean | null
export type Row = readonly Cell[]

export type Column = {
  readonly name: string
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
  /** As in the codebook: `s`, `share`, `count`, `ordinal`, `of the measure`; every number has one. */
  readonly unit?: string
  readonly description: string
  /** A cell may be empty: it did not happen, or there was nothing to measure. */
  readonly optional?: boolean
  readonly oneOf?: readonly string[]
}

export type Table = {
  /** Also the name of its file. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly columns: readonly Column[]
  readonly primaryKey: readonly string[]
  readonly foreignKeys?: readonly { readonly fields: readonly string[], readonly resource: string, readonly to: readonly string[] }[]
}
