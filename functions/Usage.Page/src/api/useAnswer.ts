import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { asProblem, type Problem } from './problem';

export interface Answer<T> {
  readonly data: T | null;
  readonly problem: Problem | null;
  /** Nothing is there yet, and it takes long enough to say so. */
  readonly slow: boolean;
  readonly again: () => void;
}

const slowAfter = 300;
const slowest = 5_000;

/**
 * What the API answers, asked again whenever `what` changes and, while `live` says so, from every second to every five.
 * Nobody is asked while the page is hidden. What was there stays while it is asked for again, also after a problem.
 */
export function useAnswer<T>(what: string | null, ask: () => Promise<T>, live?: (data: T) => boolean): Answer<T> {
  const [state, setState] = useState<{ what: string | null; data: T | null; problem: Problem | null }>(
    { what, data: null, problem: null });
  const [slow, setSlow] = useState(false);
  const [turn, setTurn] = useState(0);
  const latest = useRef({ ask, live });
  latest.current = { ask, live };

  useEffect(() => {
    if (what === null) return;
    let over = false;
    let timer = 0;
    let pause = 1_000;
    const late = window.setTimeout(() => setSlow(true), slowAfter);
    const look = async () => {
      let next: { data: T | null; problem: Problem | null };
      try {
        next = { data: await latest.current.ask(), problem: null };
      } catch (error) {
        next = { data: null, problem: asProblem(error) };
      }

      if (over) return;
      clearTimeout(late);
      setSlow(false);
      setState(was => ({ what, problem: next.problem, data: next.data ?? (was.what === what ? was.data : null) }));
      if (next.problem ? next.problem.status !== 0 : !(next.data !== null && latest.current.live?.(next.data))) return;
      timer = window.setTimeout(whenSeen, pause);
      pause = Math.min(slowest, pause * 1.3);
    };
    const whenSeen = () => {
      if (!document.hidden) void look();
      else document.addEventListener('visibilitychange', whenSeen, { once: true });
    };
    void look();
    return () => {
      over = true;
      clearTimeout(late);
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [what, turn]);

  const again = useCallback(() => setTurn(one => one + 1), []);
  const mine = state.what === what;
  return { data: mine ? state.data : null, problem: mine ? state.problem : null, slow: slow && !(mine && state.data), again };
}
