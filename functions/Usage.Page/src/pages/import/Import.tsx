import { useState } from 'preact/hooks';
import { answer, api } from '../../api/client';
import { edits, useMe } from '../../api/me';
import type { Upload } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { choicesOf, useIntegrations } from '../../api/useIntegrations';
import { Select } from '../../parts/fields/Select';
import { Head } from '../../parts/Head';
import { usePlace } from '../../parts/place';
import { ErrorBox, Shown } from '../../parts/States';
import { beginWith } from './draft';
import { stepAt } from './places';
import { BlobBox } from './upload/BlobBox';
import { Unfinished } from './upload/Unfinished';
import { UploadBox } from './upload/UploadBox';

/** Where a file begins, and where one that somebody left goes on. */
export default function Import() {
  const me = useMe();
  const place = usePlace();
  const existing = place.get('integration');
  const begun = place.get('upload');
  const [own, setOwn] = useState<string | null>(null);
  const before = useAnswer(
    begun && begun !== own ? `upload ${begun}` : null,
    () => answer(api.GET('/uploads/{upload}', { params: { path: { upload: begun ?? '' } } })));
  const integrations = useIntegrations();
  const uploads = useAnswer('uploads', () => answer(api.GET('/uploads', { params: { query: { top: 50 } } })));
  const go = async (upload: Upload) => {
    if (existing) {
      const integration = await answer(api.GET('/integrations/{integration}', { params: { path: { integration: existing } } }));
      await answer(api.PUT('/uploads/{upload}/draft', {
        params: { path: { upload: upload.id } },
        body: { ...beginWith(existing, integration) },
      }));
    }

    place.route(stepAt(upload.id, existing ? 'try' : 'columns'));
  };
  if (!edits(me)) return <><Head title="Import a file" /><p class="lead">An editor imports files. Runs say what became of them.</p></>;
  return (
    <>
      <Head title="Import a file"><span>Looked at whole before anything is recorded</span></Head>
      <div class="bar">
        <Select label="Read it as" value={existing} none="A new kind of file" set={integration => place.set({ integration })}
          options={choicesOf(integrations.data)} />
      </div>
      {before.problem && <ErrorBox problem={before.problem} what="The upload that was begun" />}
      <UploadBox before={before.data && !before.data.committed ? before.data : null} done={go}
        begun={upload => { setOwn(upload); place.set({ upload }); }} />
      <BlobBox done={go} />
      <Shown of={uploads} what="Files that you left">
        {page => page.items.length > 0 && <Unfinished items={[...page.items].reverse()} again={uploads.again} />}
      </Shown>
    </>
  );
}
