import { useState } from 'preact/hooks';
import type { Run, RunRow } from '../../api/types';
import { FixDialog } from './FixDialog';

/** The cells of one rejected row, to be mended as they stand. */
export function FixRow({ run, row, close }: { run: Run; row: RunRow; close: () => void }) {
  const [cells, setCells] = useState<Readonly<Record<string, string>>>(row.cells);
  const changed = Object.fromEntries(Object.entries(cells).filter(([column, text]) => row.cells[column] !== text));
  // Without a change the row is sent as it is: its account may be known by now.
  const body = { rows: [{ row: row.row, cells: Object.keys(changed).length > 0 ? changed : cells }] };
  return (
    <FixDialog run={run} title={`Edit row ${row.row}`} body={body} close={close}>
      {row.issues.map(issue => <p class="small bad" key={issue.message}>{issue.message}</p>)}
      {Object.entries(cells).map(([column, text]) => (
        <label class={`field ${row.issues.some(issue => issue.column === column) ? 'invalid' : ''}`} key={column}>
          <span>{column}</span>
          <input type="text" autocomplete="off" value={text}
            onInput={event => setCells({ ...cells, [column]: event.currentTarget.value })} />
        </label>
      ))}
    </FixDialog>
  );
}
