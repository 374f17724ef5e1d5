import { api } from '../../../api/client';
import type { Upload } from '../../../api/types';
import { useAction } from '../../../api/useAction';
import { DataTable } from '../../../parts/DataTable';
import { root, runAt } from '../../../parts/place';
import { ErrorBox } from '../../../parts/States';
import { Time } from '../../../parts/Time';
import { bytes, plural } from '../../../parts/words';
import type { Draft } from '../draft';
import { stepAt } from '../places';

/** Files of the one who looks, with what was decided so far. */
export function Unfinished({ items, again }: { items: readonly Upload[]; again: () => void }) {
  const action = useAction();
  const remove = (upload: string) => action.run(async () => {
    await api.DELETE('/uploads/{upload}', { params: { path: { upload } } });
    again();
  });
  return (
    <section class="block" aria-labelledby="unfinished">
      <div class="sec"><h2 id="unfinished">Files that you left</h2><p>Each is kept for some days, with all that you decided</p></div>
      {action.problem && <ErrorBox problem={action.problem} />}
      <DataTable caption="Files that you left" items={items} id={one => one.id}
        columns={[
          {
            head: 'File',
            row: true,
            cell: (one: Upload) => (
              <a class="u" href={one.committed ? stepAt(one.id, 'columns') : `${root}/import?upload=${one.id}`}><code>{one.name}</code></a>
            ),
          },
          { head: 'Size', number: true, cell: (one: Upload) => bytes(one.bytes) },
          { head: 'How far', cell: (one: Upload) => <HowFar upload={one} /> },
          { head: 'Kept until', cell: (one: Upload) => <Time at={one.expiresAt} /> },
          {
            head: 'Discard',
            cell: (one: Upload) => (
              <button class="btn slim" type="button" disabled={action.busy} onClick={() => remove(one.id)}>
                Discard<span class="vh"> {one.name}</span>
              </button>
            ),
          },
        ]} />
    </section>
  );
}

function HowFar({ upload }: { upload: Upload }) {
  const draft = upload.draft as Draft | null;
  if (!upload.committed) return <>{plural(upload.blocks.length, 'part')} arrived</>;
  if (upload.run) return <a href={runAt(upload.run)}>imported</a>;
  return <>{draft?.tried ? 'tried' : draft ? 'columns looked at' : 'arrived'}</>;
}
