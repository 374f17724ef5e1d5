import { answer, api } from '../../../api/client';
import type { Suggestion } from '../../../api/types';
import { useAction } from '../../../api/useAction';
import { useAnswer } from '../../../api/useAnswer';
import { useRun } from '../../../api/useRun';
import { choicesOf, useIntegrations } from '../../../api/useIntegrations';
import { Select } from '../../../parts/fields/Select';
import { usePlace } from '../../../parts/place';
import { ErrorBox, Shown } from '../../../parts/States';
import { bytes } from '../../../parts/words';
import { beginWith, whatIsTried } from '../draft';
import { begin, ignoredLines, keepOwnRules, linesOf } from '../proposal';
import { suggest } from '../suggest';
import { Foot, Next } from '../Foot';
import { stepAt } from '../places';
import type { StepProps } from '../Wizard';
import { IgnoreRules } from './IgnoreRules';
import { Lines } from './Lines';

const count = 20;

/** The file as it is: what was found of it, its first lines, and with which integration it is tried. */
export default function FileStep({ upload, suggestion, kept, told }: StepProps & { told: (suggestion: Suggestion) => void }) {
  const { draft, change, flush } = kept;
  const place = usePlace();
  const sheet = draft.integration.file?.sheet ?? null;
  const lines = useAnswer(`lines ${upload.id} ${sheet ?? ''}`, () => answer(api.GET('/uploads/{upload}/lines', {
    params: { path: { upload: upload.id }, query: { count, sheet: sheet === null ? undefined : String(sheet) } },
  })));
  const integrations = useIntegrations();
  const tried = useRun(draft.tried?.what === whatIsTried(draft) ? draft.tried.run : null);
  const action = useAction();
  const setIntegration = (id: string) => action.run(async () => {
    const integration = id === '' ? null : await answer(api.GET('/integrations/{integration}', { params: { path: { integration: id } } }));
    change(() => integration ? beginWith(id, integration) : begin(suggestion));
    await flush();
    // What is there already is tried at once: what doesn't fit is shown.
    if (integration) place.route(stepAt(upload.id, 'try'));
  });
  // Another sheet or header has other columns, so that all is proposed anew.
  const setTable = (to: { sheet: string | null } | { headerRow: number }) => action.run(async () => {
    const next = await suggest(upload.id, { ...draft.integration.file, ...to });
    if (draft.existing === null) change(now => keepOwnRules(begin(next), now, suggestion, next));
    else setFile(to);
    await flush();
    told(next);
  });
  const setFile = (to: Partial<NonNullable<typeof draft.integration.file>>) => change(now => ({
    ...now, integration: { ...now.integration, file: { ...now.integration.file, ...to } },
  }));
  const { file } = suggestion;
  return (
    <>
      <div class="bar">
        <Select label="Read it as" value={draft.existing} none="A new kind of file" set={setIntegration}
          options={choicesOf(integrations.data)} />
        {file.sheets.length > 1 && (
          <Select label="Sheet" value={sheet === null ? null : String(sheet)} none={`The first, ${file.sheets[0] ?? ''}`}
            set={name => setTable({ sheet: name || null })} options={file.sheets.map(one => [one, one])} />
        )}
      </div>
      {action.problem && <ErrorBox problem={action.problem} what="What was said" />}
      <section aria-labelledby="found">
        <h2 id="found" class="before">What was found</h2>
        <dl class="facts">
          <dt>Kind</dt><dd>{file.kind}, {file.encoding}, {bytes(upload.bytes)}</dd>
          <dt>Delimiter</dt><dd><code>{file.delimiter === '\t' ? 'tab' : file.delimiter}</code></dd>
          <dt>Shape</dt><dd>{shapes[file.shape]}</dd>
          <dt>Looked at</dt>
          <dd>{file.complete ? 'all of it' : `${bytes(file.bytesRead)} of its beginning, and its end; a try reads all of it`}</dd>
        </dl>
      </section>
      <Shown of={lines} what="Its first lines">
        {said => (
          <Lines lines={said} header={draft.integration.file?.headerRow ?? file.headerRow} set={headerRow => setTable({ headerRow })}
            ignored={tried.data ? linesOf(tried.data.ignored) : ignoredLines(draft, suggestion)} />
        )}
      </Shown>
      <IgnoreRules rules={draft.integration.file?.ignoreRows ?? []} set={ignoreRows => setFile({ ignoreRows })} />
      <Foot back="/ui/import" next={<Next to={stepAt(upload.id, 'columns')} word="Columns" />} />
    </>
  );
}

const shapes = {
  columns: 'one column a dimension',
  long: 'long: one column names metrics, another has their values',
  wide: 'wide: one column for each date',
} as const;
