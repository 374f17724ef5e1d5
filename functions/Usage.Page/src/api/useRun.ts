import { hasEnded } from '../parts/words';
import { answer, api } from './client';
import type { Run } from './types';
import { type Answer, useAnswer } from './useAnswer';

/** A run, asked for again until it has ended. */
export const useRun = (run: string | null | undefined): Answer<Run> => useAnswer(
  run ? `run ${run}` : null, () => answer(api.GET('/runs/{run}', { params: { path: { run: run ?? '' } } })), one => !hasEnded(one));
