import { ErrorBoundary, lazy } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api, type Tagged, tagged } from '../../api/client';
import type { Suggestion, Upload } from '../../api/types';
import { type Answer, useAnswer } from '../../api/useAnswer';
import { Head } from '../../parts/Head';
import { Icon } from '../../parts/Icon';
import { ErrorBox, Loading } from '../../parts/States';
import { bytes } from '../../parts/words';
import { isDraft } from './draft';
import { begin } from './proposal';
import { suggest } from './suggest';
import type { Step } from './places';
import { Steps } from './Steps';
import { type Kept, unsaved, useDraft } from './useDraft';

const Broken = lazy(() => import('./steps/Broken'));
const FileStep = lazy(() => import('./steps/FileStep'));
const ColumnsStep = lazy(() => import('./steps/ColumnsStep'));
const DatesStep = lazy(() => import('./steps/DatesStep'));
const TryStep = lazy(() => import('./try/TryStep'));
const GoStep = lazy(() => import('./steps/GoStep'));

/** What each step is given. */
export interface StepProps {
  readonly upload: Upload;
  readonly suggestion: Suggestion;
  readonly kept: Kept;
}

/** One file from its columns to its import; the address says the step, and the server keeps what was decided. */
export default function Wizard({ upload: id = '', step = 'columns' }: { upload?: string; step?: Step }) {
  const upload = useAnswer(`upload ${id}`, () => tagged(api.GET('/uploads/{upload}', { params: { path: { upload: id } } })));
  const found = upload.data?.value;
  const suggestion = useAnswer(
    found?.committed ? `suggestion ${id}` : null,
    () => suggest(id, (unsaved(id) ?? (isDraft(found?.draft) ? found.draft : null))?.integration.file));
  // Somebody has said since which sheet or line it is.
  const [newer, setNewer] = useState<Suggestion | null>(null);
  if (!upload.data || !suggestion.data) {
    return (
      <>
        <Head title="Import a file" crumbs={[{ to: '/ui/import', word: 'Import' }, { word: found?.name ?? id }]} />
        <Waiting upload={upload} suggestion={suggestion} />
      </>
    );
  }

  return <Whole key={id} upload={upload.data} suggestion={newer ?? suggestion.data} step={step} told={setNewer} />;
}

function Waiting({ upload, suggestion }: { upload: Answer<Tagged<Upload>>; suggestion: Answer<Suggestion> }) {
  if (upload.problem) return <ErrorBox problem={upload.problem} again={upload.again} what="The file" />;
  if (upload.data?.value.committed === false)
    return <p class="lead">Not all of it has arrived. <a href={`/ui/import?upload=${upload.data.value.id}`}>Send the rest.</a></p>;
  if (suggestion.problem && upload.data) {
    return (
      <ErrorBoundary><Broken upload={upload.data.value.id} problem={suggestion.problem} again={suggestion.again} /></ErrorBoundary>
    );
  }

  return upload.slow || suggestion.slow ? <Loading /> : null;
}

function Whole({ upload: stored, suggestion, step, told }: {
  upload: Tagged<Upload>; suggestion: Suggestion; step: Step; told: (suggestion: Suggestion) => void;
}) {
  const upload = stored.value;
  const kept = useDraft(stored, isDraft(upload.draft) ? upload.draft : begin(suggestion));
  const props = { upload, suggestion, kept };
  return (
    <>
      <Head title="Import a file" crumbs={[{ to: '/ui/import', word: 'Import' }, { word: upload.name }]}
        actions={<a class="btn plain" href="/ui/import">Leave; the draft stays</a>}>
        <span class="code">{upload.name}</span>
        <span>{bytes(upload.bytes)}</span>
        <span role="status">{kept.forked ? 'Draft not saved' : kept.saved ? 'Draft saved' : 'Saving the draft'}</span>
      </Head>
      {kept.problem && <ErrorBox problem={kept.problem} what="The draft" />}
      {kept.forked && <Forked kept={kept} />}
      <Steps now={step} {...props} />
      <ErrorBoundary>
        {step === 'file' ? <FileStep {...props} told={told} />
          : step === 'dates' ? <DatesStep {...props} />
            : step === 'try' ? <TryStep {...props} />
              : step === 'go' ? <GoStep {...props} />
                : <ColumnsStep {...props} />}
      </ErrorBoundary>
    </>
  );
}

/** Two windows have changed one draft: neither is lost without a word. */
const Forked = ({ kept: { keep } }: { kept: Kept }) => (
  <div class="note warn before" role="alert">
    <Icon name="warn" />
    <span>This draft was changed in another window too. Until you say which one stays, nothing that you change here is saved.</span>
    <span class="btns">
      <button class="btn" type="button" onClick={() => keep('other')}>Take the other one</button>
      <button class="btn" type="button" onClick={() => keep('mine')}>Keep this one</button>
    </span>
  </div>
);
