import { hasEnded } from '../parts/words';
import { answer, api } from './client';
import type { Run } from './types';

const pause = 1_000;

/** Comes back once a run has ended, however it did. */
export async function whenEnded(run: string): Promise<Run> {
  for (;;) {
    const now = await answer(api.GET('/runs/{run}', { params: { path: { run } } }));
    if (hasEnded(now)) return now;
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
