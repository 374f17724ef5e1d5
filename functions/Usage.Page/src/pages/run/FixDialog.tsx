import type { components } from '@schema';
import type { ComponentChildren } from 'preact';
import { answer, api } from '../../api/client';
import type { Run } from '../../api/types';
import { useAction } from '../../api/useAction';
import { useAnswer } from '../../api/useAnswer';
import { Dialog } from '../../parts/Dialog';
import { useSettled } from '../../parts/fields/useSettled';
import { runAt, usePlace } from '../../parts/place';
import { ErrorBox } from '../../parts/States';
import { plural } from '../../parts/words';

export type Fix = components['schemas']['FixBody'];

const send = async (run: string, body: Fix, preview: boolean) => await answer(api.POST('/runs/{run}/fixes', {
  params: { path: { run }, query: preview ? { preview: true } : {} },
  body,
}));

/** A fix says what it would give before it begins; then it is a run of its own. */
export function FixDialog({ run, title, body, close, children }: {
  run: Run; title: string; body: Fix; close: () => void; children: ComponentChildren;
}) {
  const place = usePlace();
  const action = useAction();
  const text = JSON.stringify(body);
  const settled = useSettled(text);
  const preview = useAnswer(`fix ${run.id} ${settled}`, () => send(run.id, JSON.parse(settled) as Fix, true));
  const start = (event: Event) => {
    event.preventDefault();
    void action.run(async () => {
      const made = await send(run.id, body, false);
      if ('runId' in made) place.route(runAt(made.runId));
    });
  };
  const said = preview.data && !('runId' in preview.data) ? preview.data : null;
  return (
    <Dialog title={title} close={close}>
      <form onSubmit={start} class="prog">
        {children}
        <p role="status" class="soft">
          {said?.error && `That would record nothing: ${said.error.message}`}
          {said && !said.error
            && `That gives ${plural(said.rows, 'row')}: ${plural(said.values, 'value')} on ${plural(said.dates, 'date')}.`}
        </p>
        {preview.problem && <ErrorBox problem={preview.problem} />}
        {action.problem && <ErrorBox problem={action.problem} />}
        <div class="btns">
          <button class="btn" type="button" onClick={close}>Cancel</button>
          <button class="btn main" type="submit" disabled={action.busy || text !== settled || !said || said.error !== null}>Fix</button>
        </div>
      </form>
    </Dialog>
  );
}
