// A table as rows of "column: value", for screens too narrow for its columns.

import { plain, type Block, type Cell, type Table } from './model'

export interface Card {
  /** The first column's cell, which names the row; null in tables of two columns without a header. */
  title: Cell | null
  fields: { name: string; cell: Cell }[]
}

/** Narrower than this many characters a column breaks words into a ladder. */
const COLUMN_CHARACTERS = 4.5

export function fits(table: Table, width_px: number, type_px: number): boolean {
  return table.columns * COLUMN_CHARACTERS * type_px <= width_px
}

export function headerRows(table: Table): number {
  if (table.headerRows > 0) return table.headerRows
  // Few writers mark the header; a table of pairs has none.
  return table.columns > 2 && table.rows.length > 1 ? 1 : 0
}

export function cards(table: Table): Card[] {
  const grid = spread(table)
  const heads = headerRows(table)
  const names = headNames(grid.slice(0, heads), table.columns)
  return grid.slice(heads).map((row) => {
    const cells = row
      .map((cell, column) => ({ cell, column }))
      .filter(({ cell, column }) => cell && cell !== row[column - 1])
    if (heads === 0) {
      const [first, ...rest] = cells
      const name = first?.cell ? cellText(first.cell) : ''
      return { title: null, fields: rest.map(({ cell }, at) => ({ name: at === 0 ? name : '', cell: cell! })) }
    }
    const title = cells.length > 1 && cells[0]?.column === 0 ? cells[0].cell! : null
    const fields = title ? cells.slice(1) : cells
    return { title, fields: fields.map(({ cell, column }) => ({ name: names[column] ?? '', cell: cell! })) }
  })
}

/** Every place of the grid, merged cells repeated. */
function spread(table: Table): (Cell | undefined)[][] {
  const grid: (Cell | undefined)[][] = table.rows.map(() => new Array<Cell | undefined>(table.columns).fill(undefined))
  table.rows.forEach((row, at) => {
    let column = 0
    for (const cell of row) {
      while (column < table.columns && grid[at]![column]) column += 1
      for (let down = at; down < Math.min(at + cell.rowSpan, grid.length); down += 1) {
        for (let across = column; across < Math.min(column + cell.colSpan, table.columns); across += 1) {
          grid[down]![across] = cell
        }
      }
      column += cell.colSpan
    }
  })
  return grid
}

function headNames(heads: (Cell | undefined)[][], columns: number): string[] {
  return Array.from({ length: columns }, (_, column) => {
    const parts = heads.map((row) => (row[column] ? cellText(row[column]) : ''))
    return [...new Set(parts)].filter((part) => part !== '').join(' ')
  })
}

export function cellText(cell: Cell): string {
  return cell.blocks.map(blockText).join(' ').trim()
}

function blockText(block: Block): string {
  if (!('runs' in block)) return ''
  return ('number' in block ? block.number : '') + plain(block.runs)
}
