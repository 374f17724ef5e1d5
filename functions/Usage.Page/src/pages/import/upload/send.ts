import { answer, api, key } from '../../../api/client';
import { Problem } from '../../../api/problem';
import type { Upload } from '../../../api/types';

/** Larger ones go in blocks, of which each can be sent again. */
const large = 64 * 1024 * 1024;
const block = 8 * 1024 * 1024;
const attempts = 3;
const pause = 1_000;

/** Bytes that have arrived so far. */
export type Told = (sent: number) => void;

/** Sends a file as it is: nothing of it is read here. What a former attempt has sent isn't sent again. */
export async function sendFile(
  file: File, told: Told, signal: AbortSignal, begun: (upload: string) => void, before?: Upload): Promise<Upload> {
  if (file.size <= large)
    return JSON.parse(await put('POST', `/uploads?name=${encodeURIComponent(file.name)}`, file, told, signal)) as Upload;
  const upload = before ?? await answer(api.POST('/uploads', { body: { name: file.name, bytes: file.size } }));
  begun(upload.id);
  const there = new Set(upload.blocks.map(one => one.number));
  let sent = upload.blocks.reduce((sum, one) => sum + one.bytes, 0);
  told(sent);
  for (let number = 1; (number - 1) * block < file.size; number++) {
    if (there.has(number)) continue;
    const part = file.slice((number - 1) * block, number * block);
    await persist(() => put('PUT', `/uploads/${upload.id}/blocks/${number}`, part, now => told(sent + now), signal), signal);
    sent += part.size;
  }

  return await answer(api.POST('/uploads/{upload}/commit', { params: { path: { upload: upload.id } } }));
}

/** A line that breaks for a moment costs nothing. */
async function persist<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      const passes = error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);
      if (!passes || attempt === attempts || signal.aborted) throw error;
      await new Promise(resolve => setTimeout(resolve, pause * attempt));
    }
  }
}

/** By XMLHttpRequest, since fetch doesn't tell how much has been sent. */
const put = (method: string, path: string, body: Blob, told: Told, signal: AbortSignal) => new Promise<string>((done, fail) => {
  const call = new XMLHttpRequest();
  call.open(method, `/api${path}`);
  const found = key.get();
  if (found) call.setRequestHeader('x-functions-key', found);
  call.setRequestHeader('Content-Type', 'application/octet-stream');
  call.upload.onprogress = event => told(event.loaded);
  call.onload = () => {
    if (call.status < 300) done(call.responseText);
    else
      void Problem.of(new Response(call.responseText, {
        status: call.status,
        headers: { 'x-request-id': call.getResponseHeader('x-request-id') ?? '' },
      })).then(fail);
  };
  call.onerror = () => fail(Problem.unreachable());
  call.onabort = () => fail(new Problem(0, 'Stopped', 'The upload was stopped; what has arrived is kept.'));
  signal.addEventListener('abort', () => call.abort(), { once: true });
  call.send(body);
});
