import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { answer, api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import type { Draft } from './draft';

const pause = 500;

const placeOf = (upload: string) => `usage-draft-${upload}`;

/** What hasn't been stored for sure: a page that is left takes its calls along, and is asked for again before they are answered. */
export function unsaved(upload: string): Draft | null {
  const text = sessionStorage.getItem(placeOf(upload));
  return text === null ? null : JSON.parse(text) as Draft;
}

export interface Kept {
  readonly draft: Draft;
  readonly saved: boolean;
  readonly problem: Problem | null;
  readonly change: (to: (draft: Draft) => Draft) => void;
  /** Now, before something else is begun with it. */
  readonly flush: () => Promise<void>;
}

/** The decisions of one file, kept by the server: half a second after the last change, and when the page is left. */
export function useDraft(upload: string, first: Draft): Kept {
  const left = useState(() => unsaved(upload))[0];
  const [draft, setDraft] = useState(left ?? first);
  const [saved, setSaved] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const latest = useRef({ draft, dirty: left !== null, timer: 0 });

  const flush = useCallback(async (keepalive = false) => {
    const { current } = latest;
    clearTimeout(current.timer);
    if (!current.dirty) return;
    current.dirty = false;
    sessionStorage.setItem(placeOf(upload), JSON.stringify(current.draft));
    try {
      await answer(api.PUT('/uploads/{upload}/draft', { params: { path: { upload } }, body: { ...current.draft }, keepalive }));
      if (!current.dirty) sessionStorage.removeItem(placeOf(upload));
      setProblem(null);
      setSaved(!current.dirty);
    } catch (error) {
      current.dirty = true;
      setProblem(asProblem(error));
    }
  }, [upload]);

  const change = useCallback((to: (draft: Draft) => Draft) => {
    const { current } = latest;
    clearTimeout(current.timer);
    current.draft = to(current.draft);
    current.dirty = true;
    current.timer = window.setTimeout(() => void flush(), pause);
    setDraft(current.draft);
    setSaved(false);
  }, [flush]);

  useEffect(() => {
    const leave = () => void flush(true);
    void flush();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [flush]);

  return { draft, saved, problem, change, flush };
}
