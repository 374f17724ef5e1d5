import type { components } from '@schema';
import { answer, api } from '../../api/client';
import type { Unmatched } from '../../api/types';
import { asProblem } from '../../api/problem';
import { whenEnded } from '../../api/whenEnded';
import { hasWritten } from '../../parts/words';

export type NewAccount = NonNullable<components['schemas']['ResolveBody']['create']>;

/** What an identifier is: an account, a new one, or nobody's. */
export type Word =
  | { readonly account: string }
  | { readonly create: NewAccount }
  | { readonly ignore: { readonly reason: string; readonly until: string | null } };

/** Something that was said of an identifier. */
export interface Choice {
  readonly item: Unmatched;
  readonly word: Word;
  /** The account's name. */
  readonly name: string;
  /** They import what waited. */
  readonly runs: readonly string[];
  /** When, in milliseconds. */
  readonly at: number;
  /** It is being taken back. */
  readonly leaves?: boolean;
}

const place = 'usage-said';
const most = 50;
const hour = 3_600_000;

/** What was said in this tab in the last hour, so that a reload leaves the way back. */
export const saidBefore = (): readonly Choice[] => (JSON.parse(sessionStorage.getItem(place) ?? '[]') as readonly Choice[])
  .filter(one => one.at > Date.now() - hour).map(one => ({ ...one, leaves: false }));

export const keepSaid = (said: readonly Choice[]) => sessionStorage.setItem(place, JSON.stringify(said.slice(-most)));

const ask = async ({ integration, by, key }: Unmatched, word: Word, preview: boolean) => await answer(api.POST('/unmatched/resolve', {
  params: { query: preview ? { preview: true } : {} },
  body: { integration, by, key, ...word },
}));

export const previewOf = (item: Unmatched, word: Word) => ask(item, word, true);

export async function resolve(item: Unmatched, word: Word, name: string): Promise<Choice> {
  const made = await ask(item, word, false);
  if (!('values' in made)) return { item, word, name, runs: made.runs, at: Date.now() };
  throw new Error('the app answered a preview where something was said');
}

/**
 * The word goes first, so that nothing is imported by it again; then what it released, and the account that was made for it. What is
 * gone already was taken back by a page that was left.
 */
export async function takeBack({ item: { integration, by, key }, word, runs }: Choice): Promise<void> {
  await unlessGone(api.DELETE('/unmatched/resolutions', { params: { query: { integration, by, key } } }));
  for (const run of runs) {
    const released = await whenEnded(run);
    if (!hasWritten(released) || released.undoneBy.length > 0) continue;
    const undo = await answer(api.POST('/runs/{run}/undo', { params: { path: { run } }, body: {} }));
    if ('runId' in undo) await whenEnded(undo.runId);
  }

  if ('create' in word) await unlessGone(api.DELETE('/accounts/{account}', { params: { path: { account: word.create.id } } }));
}

const unlessGone = (call: Promise<unknown>) => call.catch((error: unknown) => {
  if (asProblem(error).status !== 404) throw error;
});
