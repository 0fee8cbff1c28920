import type { ComponentChildren } from 'preact';

interface Props {
  id: string;
  columns: readonly string[];
  rows: readonly (readonly ComponentChildren[])[];
}

/** A table; on a narrow page each row is a block in which every cell names its column (LOOK 2). */
export function Table({ id, columns, rows }: Props) {
  return (
    <table id={id}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col">{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell, at) => (
              <td>
                <span class="column">{columns[at]}</span>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
