import { useState } from 'preact/hooks';
import type { Problem } from '../../api/problem';
import type { Unmatched } from '../../api/types';
import { Dialog } from '../../parts/Dialog';
import { TextField } from '../../parts/fields/TextField';
import { useSettled } from '../../parts/fields/useSettled';
import { ErrorBox } from '../../parts/States';
import type { NewAccount, Word } from './choices';
import { Releases } from './Releases';

/** Makes the account, which then has the rows; what the file tells stands in the fields. */
export function CreateDialog({ item, busy, problem, say, close }: {
  item: Unmatched; busy: boolean; problem: Problem | null; say: (word: Word, name: string) => Promise<void>; close: () => void;
}) {
  const [id, setId] = useState(item.key.replace(/[/\\#?]/g, '-').slice(0, 128));
  const [name, setName] = useState(nameOf(item));
  const [crmId, setCrmId] = useState(item.by === 'crmId' ? item.key : '');
  const [domains, setDomains] = useState(item.by === 'domain' ? item.key : '');
  const [tried, setTried] = useState(false);
  const create: NewAccount = { id, name, crmId: crmId.trim() || null, domains: domains.split(/[\s,;]+/).filter(Boolean) };
  const settled = useSettled(JSON.stringify({ create }));
  const send = (event: Event) => {
    event.preventDefault();
    setTried(true);
    void say({ create }, name);
  };
  const refused = tried && !busy ? problem : null;
  const placed = refused?.errors.every(error => /^create\.(id|name|crmId|domains)\b/.test(error.path)) === true;
  return (
    <Dialog title={`Create an account for ${item.key}`} close={close}>
      <form onSubmit={send} class="prog">
        <TextField label="Name" value={name} set={setName} required problem={refused} path="create.name" />
        <TextField label="Id; it stays" value={id} set={setId} required problem={refused} path="create.id" />
        <TextField label="CRM id" value={crmId} set={setCrmId} problem={refused} path="create.crmId" />
        <TextField label="Domains" value={domains} set={setDomains} problem={refused} path="create.domains" />
        {refused ? !placed && <ErrorBox problem={refused} /> : <Releases item={item} word={JSON.parse(settled) as Word} name={name} />}
        <div class="btns">
          <button class="btn" type="button" onClick={close}>Cancel</button>
          <button class="btn main" type="submit" disabled={busy}>Create and assign</button>
        </div>
      </form>
    </Dialog>
  );
}

const isName = /name|company|customer|account|organi[sz]ation/i;

/** Another cell of its rows may be one; else it is called as it is in files. */
const nameOf = ({ by, key, context }: Unmatched): string =>
  by === 'name' ? key : Object.entries(context ?? {}).find(([column]) => isName.test(column))?.[1] ?? key;
