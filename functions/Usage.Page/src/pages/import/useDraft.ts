import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, type Tagged, tagged } from '../../api/client';
import { asProblem, Problem } from '../../api/problem';
import type { Upload } from '../../api/types';
import type { Draft } from './draft';

const pause = 500;

const placeOf = (upload: string) => `usage-draft-${upload}`;

/** What hasn't been stored for sure: a page that is left takes its calls along, and is asked for again before they are answered. */
interface Left {
  readonly draft: Draft;
  /** What may be stored by this window: what it began with, and what it has sent since without an answer. */
  readonly own: readonly unknown[];
}

function leftOf(upload: string): Left | null {
  const text = sessionStorage.getItem(placeOf(upload));
  return text === null ? null : JSON.parse(text) as Left;
}

export const unsaved = (upload: string): Draft | null => leftOf(upload)?.draft ?? null;

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

export interface Kept {
  readonly draft: Draft;
  readonly saved: boolean;
  readonly problem: Problem | null;
  /** Another window, or another machine, has stored another one since; nothing is saved until somebody says which of both stays. */
  readonly forked: boolean;
  readonly change: (to: (draft: Draft) => Draft) => void;
  /** Now, before something else is begun with it. */
  readonly flush: () => Promise<void>;
  readonly keep: (which: 'mine' | 'other') => Promise<void>;
}

const read = (upload: string) => tagged(api.GET('/uploads/{upload}', { params: { path: { upload } } }));

/** The decisions of one file, kept by the server: half a second after the last change, and when the page is left. */
export function useDraft({ value: { id: upload, draft: stored }, tag }: Tagged<Upload>, first: Draft): Kept {
  const left = useState(() => leftOf(upload))[0];
  const begun = left !== null && !same(left.draft, stored);
  const [draft, setDraft] = useState(begun ? left.draft : first);
  const [saved, setSaved] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [forked, setForked] = useState(begun && !left.own.some(one => same(one, stored)));
  const latest = useRef({ draft, dirty: begun, own: [stored] as readonly unknown[], tag, forked, timer: 0, saving: Promise.resolve() });

  const fork = useCallback((to: boolean) => {
    latest.current.forked = to;
    setForked(to);
  }, []);

  const put = useCallback(async (keepalive: boolean) => {
    const { current } = latest;
    const { draft } = current;
    current.own = [...current.own, draft];
    const call = { params: { path: { upload }, header: { 'If-Match': current.tag } }, body: { ...draft }, keepalive };
    current.tag = (await tagged(api.PUT('/uploads/{upload}/draft', call))).tag;
    current.own = [draft];
  }, [upload]);

  const store = useCallback(async (keepalive: boolean) => {
    const { current } = latest;
    clearTimeout(current.timer);
    if (!current.dirty) return;
    sessionStorage.setItem(placeOf(upload), JSON.stringify({ draft: current.draft, own: current.own } satisfies Left));
    if (current.forked) return;
    current.dirty = false;
    try {
      try {
        await put(keepalive);
      } catch (error) {
        if (asProblem(error).status !== 412) throw error;
        const now = await read(upload);
        if (!current.own.some(one => same(one, now.value.draft))) {
          current.dirty = true;
          fork(true);
          return;
        }

        // Something else of the upload was changed.
        current.tag = now.tag;
        await put(keepalive);
      }

      if (!current.dirty) sessionStorage.removeItem(placeOf(upload));
      setProblem(null);
      setSaved(!current.dirty);
    } catch (error) {
      current.dirty = true;
      setProblem(asProblem(error));
    }
  }, [upload, put, fork]);

  // One after the other, since each says which one it follows; but a page that is left can't wait.
  const save = useCallback(async (keepalive = false) => {
    const { current } = latest;
    if (keepalive) return store(true);
    current.saving = current.saving.then(() => store(false));
    return current.saving;
  }, [store]);

  const flush = useCallback(async () => {
    await save();
    if (latest.current.forked) throw new Problem(412, 'Two drafts', 'Say first which of the two drafts stays.');
  }, [save]);

  const change = useCallback((to: (draft: Draft) => Draft) => {
    const { current } = latest;
    clearTimeout(current.timer);
    current.draft = to(current.draft);
    current.dirty = true;
    current.timer = window.setTimeout(() => void save(), pause);
    setDraft(current.draft);
    setSaved(false);
  }, [save]);

  const keep = useCallback(async (which: 'mine' | 'other') => {
    const { current } = latest;
    try {
      const now = await read(upload);
      [current.tag, current.own] = [now.tag, [now.value.draft]];
      fork(false);
      if (which === 'mine') return void await save();
      sessionStorage.removeItem(placeOf(upload));
      [current.draft, current.dirty] = [now.value.draft as unknown as Draft, false];
      setDraft(current.draft);
      setSaved(true);
    } catch (error) {
      setProblem(asProblem(error));
    }
  }, [upload, save, fork]);

  useEffect(() => {
    const leave = () => void save(true);
    if (!begun) sessionStorage.removeItem(placeOf(upload));
    void save();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [save]);

  return { draft, saved, problem, forked, change, flush, keep };
}
