// Tables, as real ones: a caption, column headers, and a scroll of their own where they are too wide.

import type { Block } from '../types.ts';
import { Drawn } from './words.tsx';

export interface Cell {
  type: string;
  text?: string;
  [other: string]: unknown;
}

interface Props {
  rows: Cell[][];
  caption?: string;
  columns: { align?: 'left' | 'center' | 'right' }[];
}

export function Table({ rows, caption, columns }: Props) {
  const [head, ...body] = rows;
  const words = (cell: Cell) =>
    cell.type === 'rich_text' ? <Drawn blocks={[cell as unknown as Block]} /> : String(cell.text ?? '');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="table" tabIndex={0} aria-label={caption ?? 'Table'}>
      <table>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {(head ?? []).map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells have no ids and never move
              <th key={at} scope="col" style={{ textAlign: columns[at]?.align }}>
                {words(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no ids and never move
            <tr key={line}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no ids and never move
                <td key={at} style={{ textAlign: columns[at]?.align }}>
                  {words(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
