import { answer, api } from '../../api/client';
import type { Run } from '../../api/types';
import { useAction } from '../../api/useAction';
import { runAt, usePlace } from '../../parts/place';
import { ErrorBox } from '../../parts/States';

/** The file proves no order of day and month: somebody says which, the integration keeps it, and the file is read again. */
export function DateOrder({ run, message }: { run: Run; message: string }) {
  const place = usePlace();
  const action = useAction();
  const [, first, second] = /such as "([^"]+)" or "([^"]+)"/.exec(message) ?? [];
  const { integration } = run;
  if (run.error?.code !== 'date-order-undecided' || run.kind !== 'import' || integration === null || !first || !second) return null;
  const choose = (format: string) => () => action.run(async () => {
    const path = { params: { path: { integration } } };
    const now = await answer(api.GET('/integrations/{integration}', path));
    const file = { ...now.file, dateFormats: [...now.file.dateFormats, format] };
    const stored = await answer(api.PUT('/integrations/{integration}', { ...path, body: { ...now, file } }));
    const made = await answer(api.POST('/runs/{run}/again', {
      params: { path: { run: run.id } },
      body: { version: stored.version },
    }));
    place.route(runAt(made.runId));
  });
  return (
    <div class="btns">
      {[first, second].map(format => (
        <button key={format} class="btn" type="button" disabled={action.busy} onClick={choose(format)}>
          {format.startsWith('d') ? 'Day first' : 'Month first'}
        </button>
      ))}
      {action.problem && <ErrorBox problem={action.problem} />}
    </div>
  );
}
