import type { Suggestion } from '../../api/types';
import type { Body, Draft } from './draft';
import { has, without } from './targets';

/** What is unsure is left for somebody to say. */
export function begin(suggestion: Suggestion): Draft {
  const unsure = suggestion.columns.filter(column => column.alternatives[0]?.confidence === 'unsure').map(column => column.name);
  return {
    existing: null,
    version: null,
    id: suggestion.integration.products[0]?.product ?? 'usage',
    integration: unsure.reduce<Body>((body, column) => without(body, column), suggestion.integration),
    products: suggestion.products,
    decided: [],
    tried: null,
  };
}

type Rule = NonNullable<NonNullable<Body['file']>['ignoreRows']>[number];

const same = (one: Rule, other: Rule) => JSON.stringify(one.column ?? null) === JSON.stringify(other.column ?? null)
  && (one.equals ?? null) === (other.equals ?? null) && (one.startsWith ?? null) === (other.startsWith ?? null);

/** Rules that somebody has added stay where another header is taken, unless they are about columns that it lacks. */
export function keepOwnRules(next: Draft, now: Draft, before: Suggestion, after: Suggestion): Draft {
  const proposed = next.integration.file?.ignoreRows ?? [];
  const own = (now.integration.file?.ignoreRows ?? []).filter(rule =>
    ![...before.file.ignoreRows, ...proposed].some(other => same(rule, other))
    && (!rule.column || after.columns.some(column => has(rule.column, column.name))));
  return { ...next, integration: { ...next.integration, file: { ...next.integration.file, ignoreRows: [...proposed, ...own] } } };
}

export const linesOf = (ignored: Suggestion['file']['ignored']): ReadonlySet<number> =>
  new Set(ignored.flatMap(one => one.samples.map(sample => sample.line)));

/** Lines that the proposed rules leave out; with other rules it takes a try to know. */
export function ignoredLines({ integration: { file } }: Draft, suggestion: Suggestion): ReadonlySet<number> {
  const rules = file?.ignoreRows ?? [];
  const proposed = suggestion.file.ignoreRows;
  const asProposed = rules.length === proposed.length && rules.every(rule => proposed.some(other => same(rule, other)));
  return asProposed ? linesOf(suggestion.file.ignored) : new Set();
}
