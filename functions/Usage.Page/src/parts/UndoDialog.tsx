import { useState } from 'preact/hooks';
import { answer, api } from '../api/client';
import type { Cell } from '../api/types';
import { useAction } from '../api/useAction';
import { useAnswer } from '../api/useAnswer';
import { Dialog } from './Dialog';
import { Icon } from './Icon';
import { runAt } from './place';
import { ErrorBox, Shown } from './States';
import { number, plural } from './words';

const many = 1_000;

interface Preview {
  readonly reversed: number;
  readonly removed: number;
  readonly kept: readonly { readonly run: string; readonly count: number }[];
  readonly children: readonly string[];
}

const ask = async (run: string, within: Partial<Cell>, preview: boolean) => await answer(api.POST('/runs/{run}/undo', {
  params: { path: { run }, query: preview ? { preview: true } : {} },
  body: within,
}));

/** What an undo would do, before it is done. */
export function UndoDialog({ run, title, within, close, done }: {
  run: string;
  title: string;
  /** Only that; empty: the whole run. */
  within: Partial<Cell>;
  close: () => void;
  done: (undo: string) => void;
}) {
  const preview = useAnswer(`undo ${run} ${JSON.stringify(within)}`, () => ask(run, within, true));
  const action = useAction();
  const [typed, setTyped] = useState('');
  const start = () => action.run(async () => {
    const made = await ask(run, within, false);
    if ('runId' in made) done(made.runId);
  });
  return (
    <Dialog title={title} close={close}>
      <Shown of={preview} what="What the undo would do">
        {said => 'runId' in said
          ? <p>The undo is large: <a href={runAt(said.runId)}>a test run counts what it would do</a>.</p>
          : <Counted preview={said} typed={typed} type={setTyped} />}
      </Shown>
      {action.problem && <ErrorBox problem={action.problem} />}
      <div class="btns">
        <button class="btn" type="button" onClick={close}>Keep it</button>
        {preview.data && !('runId' in preview.data) && (
          <button class="btn bad" type="button" onClick={start}
            disabled={action.busy || (total(preview.data) > many && typed.trim() !== phrase(preview.data))}>
            <Icon name="undo" />Undo {plural(total(preview.data), 'value')}
          </button>
        )}
      </div>
    </Dialog>
  );
}

const total = (preview: Preview) => preview.reversed + preview.removed;

const phrase = (preview: Preview) => `undo ${number(total(preview))}`;

function Counted({ preview, typed, type }: { preview: Preview; typed: string; type: (text: string) => void }) {
  return (
    <>
      <table>
        <caption class="vh">What the undo would do</caption>
        <tbody>
          <tr><th scope="row">Taken away, were new</th><td class="n b">{number(preview.removed)}</td></tr>
          <tr><th scope="row">Put back to what was there</th><td class="n b">{number(preview.reversed)}</td></tr>
          {preview.kept.map(kept => (
            <tr key={kept.run}>
              <th scope="row">Kept: written since by <a class="u" href={runAt(kept.run)}>a later run</a></th>
              <td class="n b">{number(kept.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        {preview.children.length > 0 && `${plural(preview.children.length, 'run')} made from it go with it. `}
        The undo is a run of its own and can be undone.
      </p>
      {total(preview) > many && (
        <label class="field">
          <span>More than {number(many)} values: type <b>{phrase(preview)}</b> to go on</span>
          <input type="text" autocomplete="off" value={typed} onInput={event => type(event.currentTarget.value)} />
        </label>
      )}
    </>
  );
}
