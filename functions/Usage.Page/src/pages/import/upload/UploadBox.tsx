import { useRef, useState } from 'preact/hooks';
import type { Upload } from '../../../api/types';
import { useAction } from '../../../api/useAction';
import { Icon } from '../../../parts/Icon';
import { ErrorBox } from '../../../parts/States';
import { bytes, number } from '../../../parts/words';
import { sendFile } from './send';

/** When the file of an upload was saved last, kept by the browser from which it was sent first. */
const savedOf = (upload: string) => `usage-saved-${upload}`;

/** Parts of two files must not become one. */
function differs(file: File, before: Upload): string {
  if (file.name !== before.name || file.size !== before.bytes)
    return `Found ${file.name} of ${number(file.size)} bytes, expected ${before.name} of ${number(before.bytes)}: choose that file.`;
  const saved = localStorage.getItem(savedOf(before.id));
  return saved === null || saved === String(file.lastModified) ? ''
    : `${file.name} was saved again since its first parts were sent: discard what has arrived, and send it as a new file.`;
}

/** A file is dropped or chosen, once; how much of it has arrived is said by the bytes. */
export function UploadBox({ before, begun, done }: {
  /** One that was begun: the same file goes on where it broke off. */
  before: Upload | null;
  begun: (upload: string) => void;
  done: (upload: Upload) => Promise<void>;
}) {
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState(0);
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState('');
  const stop = useRef(new AbortController());
  const field = useRef<HTMLInputElement>(null);
  const action = useAction();
  const send = (one: File) => action.run(async () => {
    setFile(one);
    setSent(0);
    stop.current = new AbortController();
    const tell = (upload: string) => {
      localStorage.setItem(savedOf(upload), String(one.lastModified));
      begun(upload);
    };
    const sent = await sendFile(one, setSent, stop.current.signal, tell, before ?? undefined);
    localStorage.removeItem(savedOf(sent.id));
    await done(sent);
  });
  const take = (files: FileList | null | undefined) => {
    const one = files?.[0];
    if (!one || action.busy) return;
    const wrong = before ? differs(one, before) : '';
    setWrong(wrong);
    if (wrong === '') void send(one);
  };
  const percent = file && file.size > 0 ? Math.min(100, Math.floor(sent / file.size * 100)) : 0;
  return (
    <section aria-labelledby="upload" class={`empty drop ${over ? 'over' : ''}`}
      onDragOver={event => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={event => { event.preventDefault(); setOver(false); take(event.dataTransfer?.files); }}>
      <h2 id="upload">{before ? `Choose ${before.name} again` : 'Drop a file here, or choose one'}</h2>
      <p>
        {before
          ? `${number(before.blocks.length)} parts of it have arrived and are kept; only the others are sent.`
          : 'CSV, TSV, gzip or Excel. It is sent once, and nothing is recorded before you say so.'}
      </p>
      <input ref={field} class="vh" type="file" id="file" tabIndex={-1} aria-label="File" accept=".csv,.tsv,.txt,.gz,.xlsx"
        onChange={event => {
          take(event.currentTarget.files);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }} />
      {action.busy && file
        ? (
          <div class="prog wide">
            <p><code>{file.name}</code> {percent} % of {bytes(file.size)}</p>
            <progress max={file.size || 1} value={sent} aria-label={`Upload of ${file.name}`} />
            <p class="vh" role="status">
              {percent === 100 ? 'It has arrived.' : percent >= 50 ? 'Half of it has arrived.' : 'It is being sent.'}
            </p>
            <div class="btns"><button class="btn" type="button" onClick={() => stop.current.abort()}><Icon name="stop" />Stop</button></div>
          </div>
        )
        : (
          <div class="btns">
            <button class="btn main" type="button" onClick={() => field.current?.click()}><Icon name="import" />Choose a file</button>
            {file && action.problem && (
              <button class="btn" type="button" onClick={() => send(file)}><Icon name="play" />Go on with {file.name}</button>
            )}
          </div>
        )}
      {wrong && <p class="small bad" role="alert"><Icon name="cross" /> {wrong}</p>}
      {action.problem && <ErrorBox problem={action.problem} />}
    </section>
  );
}
