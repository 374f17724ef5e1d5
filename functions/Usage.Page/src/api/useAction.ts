import { useState } from 'preact/hooks';
import { asProblem, type Problem } from './problem';

/** Something that a button does: one at a time, with what went wrong. */
export function useAction(): { busy: boolean; problem: Problem | null; run: (act: () => Promise<void>) => Promise<void> } {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (act: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(asProblem(error));
    }

    setBusy(false);
  };
  return { busy, problem, run };
}
