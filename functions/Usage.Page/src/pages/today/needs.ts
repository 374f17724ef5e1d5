import { answer, api } from '../../api/client';
import type { Integration, Run, Unmatched } from '../../api/types';

export type Need =
  | { readonly kind: 'failed' | 'waiting' | 'partly'; readonly run: Run }
  | { readonly kind: 'unmatched'; readonly key: Unmatched }
  | { readonly kind: 'pull'; readonly integration: Integration; readonly message: string; readonly at: string | null };

export interface Needs {
  readonly items: readonly Need[];
  readonly integrations: readonly Integration[];
  /** Nobody has set up anything yet. */
  readonly isNew: boolean;
}

const days = 14;
const most = 5;

const runsOf = async (query: { status: string; from?: string; top: number }) =>
  (await answer(api.GET('/runs', { params: { query } }))).items;

const sourceOf = async (integration: Integration): Promise<Need[]> => {
  const pull = await answer(api.GET('/integrations/{integration}/pull', { params: { path: { integration: integration.id } } }));
  return pull.status === 'failed' ? [{ kind: 'pull', integration, message: pull.message ?? '', at: pull.at }] : [];
};

/** A run with rows to mend: those of others have their own line, by what they name. */
const isToMend = (run: Run) => run.rows.invalid + run.rows.partial > run.mended.rows && run.undoneBy.length === 0;

/** Everything that waits for somebody, what costs most first. */
export async function needs(): Promise<Needs> {
  const from = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  const [failed, waiting, partly, unmatched, integrations] = await Promise.all([
    runsOf({ status: 'failed', from, top: 10 }),
    runsOf({ status: 'queued,running', top: 10 }),
    runsOf({ status: 'partiallySucceeded', from, top: 10 }),
    answer(api.GET('/unmatched', { params: { query: { top: most } } })),
    answer(api.GET('/integrations', { params: { query: { top: 100 } } })),
  ]);
  const pulls = await Promise.all(integrations.items.filter(one => one.source).map(sourceOf));
  const any = integrations.items.length > 0
    || (await answer(api.GET('/runs', { params: { query: { top: 1 } } }))).items.length > 0;
  return {
    items: [
      // One that has runs made from it is being mended, and they have lines of their own.
      ...failed.filter(run => run.children.length === 0).map((run): Need => ({ kind: 'failed', run })),
      ...pulls.flat(),
      ...unmatched.items.map((key): Need => ({ kind: 'unmatched', key })),
      ...partly.filter(isToMend).map((run): Need => ({ kind: 'partly', run })),
      ...waiting.map((run): Need => ({ kind: 'waiting', run })),
    ],
    integrations: integrations.items,
    isNew: !any,
  };
}
