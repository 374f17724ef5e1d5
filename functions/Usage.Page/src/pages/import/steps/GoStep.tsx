import { answer, api } from '../../../api/client';
import { useAction } from '../../../api/useAction';
import { useRun } from '../../../api/useRun';
import { TextField } from '../../../parts/fields/TextField';
import { Icon } from '../../../parts/Icon';
import { runAt, usePlace } from '../../../parts/place';
import { ErrorBox } from '../../../parts/States';
import { plural } from '../../../parts/words';
import { openChoices } from '../choices';
import { beginWith, type Draft, lacks, whatIsTried } from '../draft';
import { Foot, Unanswered } from '../Foot';
import { stepAt } from '../places';
import { check, make } from '../store';
import type { StepProps } from '../Wizard';

/** Saves how the file is read, for the next one too; and imports it now or later. */
export default function GoStep({ upload, suggestion, kept }: StepProps) {
  const { draft, change, flush } = kept;
  const place = usePlace();
  const action = useAction();
  const path = { integration: draft.id };
  const stale = draft.tried?.what !== whatIsTried(draft);
  const tried = useRun(draft.tried?.run);
  const failed = stale ? null : tried.data?.error ?? null;
  // What was made of it is no longer to be made, which is no change of what was tried.
  const stillTried = (now: Draft): Draft =>
    !stale && now.tried ? { ...now, tried: { ...now.tried, what: whatIsTried(now) } } : now;
  const save = async () => {
    await flush();
    const version = await make(draft, await check(draft));
    change(now => stillTried({ ...now, existing: now.id, version, products: [] }));
    await flush();
  };
  const go = () => action.run(async () => {
    await save();
    const made = await answer(api.POST('/integrations/{integration}/files', { params: { path }, body: { upload: upload.id } }));
    place.route(runAt(made.runId));
  });
  const later = () => action.run(async () => {
    await save();
    place.route('/ui/import');
  });
  const questions = openChoices(draft, suggestion).length;
  const open = questions + lacks(draft).length;
  const refused = action.problem?.errors[0]?.code;
  // As somebody else has made it: what this draft has of its own is said again, after a try.
  const takeTheirs = () => action.run(async () => {
    if (refused === 'product-differs') change(now => ({ ...now, products: [] }));
    else {
      const theirs = await answer(api.GET('/integrations/{integration}', { params: { path } }));
      change(() => beginWith(draft.id, theirs));
    }

    await flush();
    place.route(stepAt(upload.id, 'try'));
  });
  const name = draft.integration.name;
  return (
    <>
      <section aria-labelledby="save">
        <div class="sec">
          <h2 id="save">{draft.existing === null ? 'A new integration' : `Integration ${draft.existing}`}</h2>
          <p>Files of this kind are read so from now on</p>
        </div>
        <div class="prog field narrow">
          <TextField label="Name" value={name} required problem={action.problem} path="name"
            set={text => change(now => ({ ...now, integration: { ...now.integration, name: text } }))} />
          {draft.existing === null && (
            <TextField label="Id; files are dropped into imports under it" value={draft.id} required problem={action.problem}
              path="integration" set={id => change(now => ({ ...now, id }))} />
          )}
        </div>
        {draft.products.map(one => (
          <div class="note after" key={one.id}>
            <Icon name="layers" /><span>Product <b>{one.name}</b> is made first, with {one.snapshotPeriod} dates.</span>
          </div>
        ))}
        <Unanswered upload={upload.id} open={questions} lacks={lacks(draft)} />
        {stale && open === 0 && (
          <div class="note warn after">
            <Icon name="warn" />
            <span>
              {draft.tried ? 'It was changed since it was tried.' : 'It wasn’t tried.'}
              {' '}<a class="u" href={stepAt(upload.id, 'try')}>Try it first.</a>
            </span>
          </div>
        )}
        {failed && (
          <div class="note bad after">
            <Icon name="cross" />
            <span>
              The try failed: {failed.message} Nothing of the file would be recorded.
              {' '}<a class="u" href={stepAt(upload.id, 'try')}>What to mend</a>
            </span>
          </div>
        )}
        {upload.run && (
          <div class="note after"><Icon name="ok" /><span>It was imported: <a class="u" href={runAt(upload.run)}>the run</a>.</span></div>
        )}
        {action.problem && <div class="after"><ErrorBox problem={action.problem} /></div>}
        {(refused === 'product-differs' || refused === 'integration-changed') && (
          <div class="btns">
            <button class="btn" type="button" disabled={action.busy} onClick={takeTheirs}>Take it as it is there</button>
          </div>
        )}
      </section>
      <Foot back={stepAt(upload.id, 'try')}
        next={(
          <span class="btns">
            <button class="btn" type="button" disabled={action.busy || open > 0} onClick={later}>Save only</button>
            <button class="btn main" type="button" disabled={action.busy || open > 0 || failed !== null} onClick={go}>
              <Icon name="import" />Save and import now
            </button>
          </span>
        )}>
        {plural(draft.integration.products?.length ?? 0, 'product')} mapped
      </Foot>
    </>
  );
}
