import { useState } from 'preact/hooks';
import { answer, api, download } from '../../api/client';
import { edits, useMe } from '../../api/me';
import type { Run } from '../../api/types';
import { useAction } from '../../api/useAction';
import { Dialog } from '../../parts/Dialog';
import { Icon } from '../../parts/Icon';
import { runAt, usePlace } from '../../parts/place';
import { ErrorBox } from '../../parts/States';
import { UndoDialog } from '../../parts/UndoDialog';
import { fileName, hasEnded, hasWritten, titleOf } from '../../parts/words';

export const rejected = (run: Run): number => run.rows.partial + run.rows.unmatched + run.rows.ambiguous + run.rows.invalid;

/** What may be done with a run now, by who is signed in; nothing else is offered. */
export function Actions({ run, again }: { run: Run; again: () => void }) {
  const me = useMe();
  const place = usePlace();
  const [undoes, setUndoes] = useState(false);
  const [repeats, setRepeats] = useState(false);
  const [stops, setStops] = useState(false);
  const action = useAction();
  const path = { params: { path: { run: run.id } } };
  const cancel = () => action.run(async () => {
    await answer(api.POST('/runs/{run}/cancel', path));
    setStops(true);
    again();
  });
  const repeat = () => action.run(async () => {
    const made = await answer(api.POST('/runs/{run}/again', { ...path, body: {} }));
    place.route(runAt(made.runId));
  });
  const save = (what: string, name: string) => () => action.run(() => download(`/runs/${run.id}/${what}`, name));
  const ended = hasEnded(run);
  const isImport = run.kind === 'import' || run.kind === 'replay' || run.kind === 'fix';
  return (
    <>
      {ended && rejected(run) > 0 && isImport && (
        <button class="btn" type="button" disabled={action.busy} onClick={save('rejected.csv', `rejected-${fileName(run.blob)}`)}>
          <Icon name="save" />Rejected rows
        </button>
      )}
      {edits(me) && ended && run.kind === 'import' && run.sha256 && (
        <>
          <button class="btn" type="button" disabled={action.busy} onClick={save('file', fileName(run.blob))}>
            <Icon name="file" />File
          </button>
          <button class="btn" type="button" disabled={action.busy} onClick={() => setRepeats(true)}>
            <Icon name="import" />Import again
          </button>
        </>
      )}
      {edits(me) && ended && run.kind !== 'test' && hasWritten(run) && (
        <button class="btn bad" type="button" onClick={() => setUndoes(true)}><Icon name="undo" />Undo run</button>
      )}
      {edits(me) && !ended && run.kind !== 'erase' && !stops && (
        <button class="btn bad" type="button" disabled={action.busy} onClick={cancel}><Icon name="stop" />Cancel run</button>
      )}
      {!ended && stops && <span role="status">It is being cancelled: what is being written now is finished first</span>}
      {action.problem && <ErrorBox problem={action.problem} />}
      {repeats && (
        <Dialog title={`Import ${titleOf(run)} again?`} close={() => setRepeats(false)}>
          <p>The file is read once more, as a run of its own, with the accounts and the settings that there are now.</p>
          <div class="btns">
            <button class="btn" type="button" onClick={() => setRepeats(false)}>Cancel</button>
            <button class="btn main" type="button" disabled={action.busy} onClick={repeat}>Import</button>
          </div>
        </Dialog>
      )}
      {undoes && (
        <UndoDialog run={run.id} title={`Undo ${titleOf(run)}?`} within={{}}
          close={() => setUndoes(false)} done={undo => { setUndoes(false); place.route(runAt(undo)); }} />
      )}
    </>
  );
}
