import { lazy } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { answer, api } from '../../../api/client';
import { useAction } from '../../../api/useAction';
import { useRun } from '../../../api/useRun';
import { Icon } from '../../../parts/Icon';
import { ErrorBox, Loading } from '../../../parts/States';
import { hasEnded, number } from '../../../parts/words';
import { openChoices } from '../choices';
import { lacks, whatIsTried } from '../draft';
import { Foot, Next, Unanswered } from '../Foot';
import { stepAt } from '../places';
import type { StepProps } from '../Wizard';
import { Progress } from '../../run/Progress';

const Tried = lazy(() => import('./Tried'));

/** The whole file goes the way that an import goes, on the server, up to the writing. */
export default function TryStep({ upload, suggestion, kept }: StepProps) {
  const { draft, change, flush } = kept;
  const action = useAction();
  const stale = draft.tried?.what !== whatIsTried(draft);
  const questions = openChoices(draft, suggestion).length;
  const open = questions + lacks(draft).length;
  const start = () => action.run(async () => {
    const what = whatIsTried(draft);
    const made = await answer(api.POST('/test-runs', {
      body: { integration: draft.integration, products: draft.products, upload: upload.id },
    }));
    change(now => ({ ...now, tried: { run: made.runId, what } }));
    await flush();
  });
  // Whoever comes here wants it tried; afterwards they say when again.
  useEffect(() => { if (stale && open === 0) void start(); }, []);
  const run = draft.tried?.run;
  const found = useRun(run);
  const ended = found.data && hasEnded(found.data) ? found.data : null;
  return (
    <>
      <Unanswered upload={upload.id} open={questions} lacks={lacks(draft)} />
      {action.problem && <ErrorBox problem={action.problem} again={start} />}
      {stale && !action.busy && run && open === 0 && (
        <div class="note wait before">
          <Icon name="play" /><span>What you changed since isn’t in these figures. No second upload is needed.</span>
          <button class="btn" type="button" onClick={start}>Try again</button>
        </div>
      )}
      {found.problem && <ErrorBox problem={found.problem} again={found.again} what="What came of it" />}
      {found.data
        ? ended ? <Tried run={ended} upload={upload} kept={kept} /> : <Progress run={found.data} />
        : (action.busy || found.slow) && <Loading />}
      <Foot back={stepAt(upload.id, 'dates')} next={<Next to={stepAt(upload.id, 'go')} word="Go" open={open} />}>
        {ended && !ended.error && (
          <>{number(ended.rows.recorded)} of {number(ended.rows.read)} rows would be recorded, {number(ended.rows.partial)} partly</>
        )}
      </Foot>
    </>
  );
}
