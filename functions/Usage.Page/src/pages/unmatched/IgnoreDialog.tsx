import { useState } from 'preact/hooks';
import type { Problem } from '../../api/problem';
import type { Unmatched } from '../../api/types';
import { Dialog } from '../../parts/Dialog';
import { TextField } from '../../parts/fields/TextField';
import { ErrorBox } from '../../parts/States';
import { plural } from '../../parts/words';
import type { Word } from './choices';

// One reason is often that of several.
let before = '';

/** It isn't listed any more; its rows stay without an account. */
export function IgnoreDialog({ item, busy, problem, say, close }: {
  item: Unmatched; busy: boolean; problem: Problem | null; say: (word: Word, name: string) => Promise<void>; close: () => void;
}) {
  const [reason, setReason] = useState(before);
  const [until, setUntil] = useState('');
  const [tried, setTried] = useState(false);
  const send = (event: Event) => {
    event.preventDefault();
    before = reason;
    setTried(true);
    void say({ ignore: { reason, until: until || null } }, item.key);
  };
  const refused = tried && !busy ? problem : null;
  const placed = refused?.errors.every(error => /^ignore\./.test(error.path)) === true;
  return (
    <Dialog title={`Ignore ${item.key}`} close={close}>
      <form onSubmit={send} class="prog">
        <p class="soft">
          It isn’t listed any more, and its {plural(item.rows, 'row')} {item.rows === 1 ? 'stays' : 'stay'} without an account.
          That can be taken back.
        </p>
        <TextField label="Why" value={reason} set={setReason} required problem={refused} path="ignore.reason" />
        <TextField label="List it again from that day on; empty: never" type="date" value={until} set={setUntil} problem={refused}
          path="ignore.until" />
        {refused && !placed && <ErrorBox problem={refused} />}
        <div class="btns">
          <button class="btn" type="button" onClick={close}>Cancel</button>
          <button class="btn main" type="submit" disabled={busy}>Ignore</button>
        </div>
      </form>
    </Dialog>
  );
}
