// All words for what the API answers in codes.
import type { MatchBy, RowOutcome, Run, RunKind, RunStatus, Value } from '../api/types';
import type { IconName } from './Icon';

export interface Look {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: 'ok' | 'warn' | 'bad' | 'wait' | 'off' | 'acc';
}

export const statuses: Readonly<Record<RunStatus, Look>> = {
  queued: { word: 'Queued', icon: 'clock', tone: 'off' },
  running: { word: 'Running', icon: 'ring', tone: 'acc' },
  succeeded: { word: 'Succeeded', icon: 'ok', tone: 'ok' },
  partiallySucceeded: { word: 'Partly succeeded', icon: 'half', tone: 'warn' },
  failed: { word: 'Failed', icon: 'cross', tone: 'bad' },
  cancelled: { word: 'Cancelled', icon: 'stop', tone: 'off' },
  duplicate: { word: 'Duplicate', icon: 'dup', tone: 'off' },
};

export const outcomes: Readonly<Record<RowOutcome, Look>> = {
  recorded: { word: 'Recorded', icon: 'ok', tone: 'ok' },
  partial: { word: 'Partly recorded', icon: 'half', tone: 'warn' },
  unmatched: { word: 'Unmatched', icon: 'ask', tone: 'wait' },
  ambiguous: { word: 'Ambiguous', icon: 'fork', tone: 'wait' },
  invalid: { word: 'Invalid', icon: 'cross', tone: 'bad' },
  empty: { word: 'Empty', icon: 'hollow', tone: 'off' },
  superseded: { word: 'Superseded', icon: 'layers', tone: 'off' },
};

export const outcomeOrder: readonly RowOutcome[] =
  ['recorded', 'partial', 'unmatched', 'ambiguous', 'invalid', 'empty', 'superseded'];

export const kinds: Readonly<Record<RunKind, string>> = {
  import: 'Import',
  test: 'Test run',
  removal: 'Value taken away',
  undo: 'Undo',
  replay: 'Replay',
  fix: 'Fix',
  erase: 'Erase',
};

export const keyKinds: Readonly<Record<MatchBy, string>> = {
  crmId: 'CRM id',
  domain: 'Domain',
  name: 'Name',
  accountId: 'Account id',
};

const people: Readonly<Record<string, string>> = { drop: 'dropped into the container', pull: 'pulled', timer: 'by timer' };

/** Who did it, with its preposition. */
export const byWhom = (by: string | null): string => by === null ? '' : people[by] ?? `by ${by}`;

export const hasEnded = (run: Run): boolean => run.status !== 'queued' && run.status !== 'running';

/** There is something to undo. */
export const hasWritten = ({ changes }: Run): boolean => changes.new + changes.changed + changes.removed + changes.unchanged > 0;

export const fileName = (path: string | null): string => path?.slice(path.lastIndexOf('/') + 1) ?? '';

/** What a run is called: its file where it has one of its own. */
export const titleOf = (run: Run): string =>
  run.kind === 'import' || run.kind === 'test'
    ? fileName(run.blob) || kinds[run.kind] : `${kinds[run.kind]}${run.blob ? ` of ${fileName(run.blob)}` : ''}`;

export const plural = (count: number, one: string, many = `${one}s`): string => `${number(count)} ${count === 1 ? one : many}`;

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

export const number = (value: number): string => grouped.format(value);

/** A stored value: nothing of it is rounded. */
export const shown = (value: Value): string =>
  value === null ? 'none' : typeof value === 'number' ? number(value) : String(value);

export const duration = (seconds: number): string =>
  seconds < 10 ? `${seconds.toFixed(1)} s`
    : seconds < 60 ? `${Math.round(seconds)} s`
      : seconds < 3_600 ? `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
        : `${Math.floor(seconds / 3_600)} h ${Math.round(seconds % 3_600 / 60)} min`;

const units = ['bytes', 'kB', 'MB', 'GB'] as const;

export function bytes(count: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(count, 1)) / 3));
  return `${(count / 1_000 ** step).toLocaleString('en-US', { maximumFractionDigits: step === 0 ? 0 : 1 })} ${units[step]}`;
}

/** What the API says for whoever sets it up by hand names the setting in brackets; here a field stands for it. */
export const plain = (reason: string): string => reason.replace(/ \((?:[a-z]+(?:\[\d+\])?\.)*[a-z]+[A-Z]\w*\)/g, '');
