import { useState } from 'preact/hooks';
import { answer, api } from '../../../api/client';
import type { Upload } from '../../../api/types';
import { useAction } from '../../../api/useAction';
import { TextField } from '../../../parts/fields/TextField';
import { ErrorBox } from '../../../parts/States';

/** A file that was dropped into the container needs no sending. */
export function BlobBox({ done }: { done: (upload: Upload) => Promise<void> }) {
  const [blob, setBlob] = useState('');
  const action = useAction();
  const take = (event: Event) => {
    event.preventDefault();
    void action.run(async () => done(await answer(api.POST('/uploads', { body: { blob: blob.trim().replace(/^imports\//, '') } }))));
  };
  return (
    <details class="after">
      <summary>Or take a file that is in the container</summary>
      <form onSubmit={take} class="bar after">
        <TextField label="Its path in imports" value={blob} set={setBlob} required problem={action.problem} path="blob" />
        <button class="btn" type="submit" disabled={action.busy}>Take it</button>
      </form>
      {action.problem && <ErrorBox problem={action.problem} />}
    </details>
  );
}
