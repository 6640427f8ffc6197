/** A table being written as CSV and Parquet at once, a row group at a time: memory does not grow with the rows. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { SchemaElement } from 'hyparquet-writer'
import { csvLine } from './csv.ts'
import type { Cell, Column, Row, Table } from './table.ts'
import { WholeFile } from './whole-file.ts'
import type { Written } from './whole-file.ts'

/** Rows a Parquet row group holds, and rows that wait in memory at most. */
const GROUP_ROWS = 20_000

export type WrittenTable = { readonly table: Table, readonly rows: number, readonly csv: Written, readonly parquet: Written }

function element (column: Column): SchemaElement {
  const repetition = column.optional === true ? 'OPTIONAL' : 'REQUIRED'
  switch (column.type) {
    case 'string': return { name: column.name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: repetition }
    case 'integer': return { name: column.name, type: 'INT32', repetition_type: repetition }
    case 'number': return { name: column.name, type: 'DOUBLE', repetition_type: repetition }
    case 'boolean': return { name: column.name, type: 'BOOLEAN', repetition_type: repetition }
  }
}

/** A programmer's fault, never the user's: a row that its own table does not allow would make a package that lies. */
class RowMisfit extends Error { override readonly name = 'RowMisfit' }

function fits (column: Column, value: Cell): boolean {
  if (value === null) return column.optional === true
  if (typeof value === 'string') return column.type === 'string' && value !== '' && (column.oneOf === undefined || column.oneOf.includes(value))
  if (typeof value === 'boolean') return column.type === 'boolean'
  return column.type === 'integer' ? Number.isSafeInteger(value) && Math.abs(value) < 2 ** 31 : column.type === 'number' && Number.isFinite(value)
}

export class TableFile {
  readonly #table: Table
  readonly #csv: WholeFile
  readonly #parquet: WholeFile
  readonly #bytes = new ByteWriter()
  readonly #writer: ParquetWriter
  #waiting: Row[] = []
  #rows = 0

  private constructor (table: Table, csv: WholeFile, parquet: WholeFile) {
    this.#table = table
    this.#csv = csv
    this.#parquet = parquet
    const schema: SchemaElement[] = [{ name: 'root', num_children: table.columns.length }, ...table.columns.map(element)]
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema, createdBy: 'device-sim', kvMetadata: [{ key: 'description', value: table.description }] })
  }

  static async open (folder: string, table: Table): Promise<TableFile> {
    const csv = await WholeFile.open(folder, `data/${table.name}.csv`)
    try {
      await csv.write(Buffer.from(csvLine(table.columns.map(({ name }) => name))))
      return new TableFile(table, csv, await WholeFile.open(folder, `data/${table.name}.parquet`))
    } catch (error) {
      await csv.drop()
      throw error
    }
  }

  async add (row: Row): Promise<void> {
    const { name, columns } = this.#table
    columns.forEach((column, n) => {
      if (!fits(column, row[n] ?? null)) throw new RowMisfit(`${name}.${column.name} can't be ${JSON.stringify(row[n])}`)
    })
    this.#rows++
    if (this.#waiting.push(row) >= GROUP_ROWS) await this.#flush()
  }

  async addAll (rows: Iterable<Row>): Promise<void> { for (const row of rows) await this.add(row) }

  async close (): Promise<WrittenTable> {
    await this.#flush()
    void this.#writer.finish()
    await this.#drain()
    return { table: this.#table, rows: this.#rows, csv: await this.#csv.close(), parquet: await this.#parquet.close() }
  }

  async drop (): Promise<void> {
    await this.#csv.drop()
    await this.#parquet.drop()
  }

  async #flush (): Promise<void> {
    if (this.#waiting.length === 0) return
    const rows = this.#waiting
    this.#waiting = []
    await this.#csv.write(Buffer.from(rows.map(csvLine).join('')))
    void this.#writer.write({ columnData: this.#table.columns.map(({ name }, n) => ({ name, data: rows.map((row) => row[n] ?? null) })), rowGroupSize: GROUP_ROWS })
    await this.#drain()
  }

  /** Hands the encoded bytes to the disk; `offset`, which the footer's addresses count from, goes on. */
  async #drain (): Promise<void> {
    await this.#parquet.write(this.#bytes.getBytes().slice())
    this.#bytes.index = 0
  }
}
