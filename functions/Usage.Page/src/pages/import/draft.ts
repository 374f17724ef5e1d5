import type { components } from '@schema';
import type { Integration, Product, Suggestion } from '../../api/types';

export type Body = components['schemas']['IntegrationBody'];
export type SuggestedColumn = Suggestion['columns'][number];
type ProductMapping = NonNullable<Body['products']>[number];
export type Mapping = NonNullable<ProductMapping['dimensions']>[number];

/** All that was decided of a file; the server keeps it with the file, so that it is there on any machine. */
export interface Draft {
  /** The integration that it is tried with; null: a new one. */
  readonly existing: string | null;
  /** Of that integration, as it was when it was taken; null: a new one. */
  readonly version: number | null;
  /** Under which a new one is saved. */
  readonly id: string;
  readonly integration: Body;
  /** To be made first. */
  readonly products: Suggestion['products'];
  /** Columns and choices that somebody has decided. */
  readonly decided: readonly string[];
  /** The last try, and what was tried. */
  readonly tried: { readonly run: string; readonly what: string } | null;
}

/** What is tried, as a short text that is another one for another mapping; that must be tried anew. */
export function whatIsTried({ integration, products }: Draft): string {
  const text = JSON.stringify({ integration, products });
  let [one, other] = [0x811c9dc5, text.length];
  for (let at = 0; at < text.length; at++) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x01000193);
    other = Math.imul(other ^ text.charCodeAt(at), 0x5bd1e995) ^ (other >>> 15);
  }

  return `${(one >>> 0).toString(36)}${(other >>> 0).toString(36)}`;
}

/** What the server keeps with a file may be anything that somebody has sent there. */
export const isDraft = (kept: unknown): kept is Draft =>
  typeof kept === 'object' && kept !== null && 'integration' in kept && 'decided' in kept && Array.isArray(kept.decided);

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

export const beginWith = (id: string, integration: Integration): Draft =>
  ({ existing: id, version: integration.version, id, integration, products: [], decided: [], tried: null });

/** What a column is: a kind of key, the date, a dimension, a part of a long or wide file, nothing, or not said yet. */
export type Target = '' | 'ignore' | 'date' | 'metric' | 'value' | 'wide' | 'new' | `match:${string}` | `dimension:${string}`;

export const has = (names: string | string[] | null | undefined, column: string) =>
  Array.isArray(names) ? names.includes(column) : names === column;

export function targetOf({ match, products }: Body, column: string): Target | null {
  const rule = match?.find(one => has(one.column, column));
  if (rule) return `match:${rule.by}`;
  for (const product of products ?? []) {
    if (has(product.dateColumn, column)) return 'date';
    if (has(product.long?.metricColumn, column)) return 'metric';
    if (has(product.long?.valueColumn, column)) return 'value';
    const mapping = product.dimensions?.find(one => has(one.column, column));
    if (mapping) return `dimension:${mapping.dimension}`;
  }

  return null;
}

/** As it is shown: what nobody has decided, and the file doesn't tell for sure, is open. */
export function shownTarget(draft: Draft, column: SuggestedColumn): Target {
  const target = targetOf(draft.integration, column.name);
  if (target) return target;
  const proposed = column.alternatives[0];
  if (proposed?.target === 'date column of a wide file') return 'wide';
  return proposed?.confidence === 'unsure' && draft.existing === null && !draft.decided.includes(column.name) ? '' : 'ignore';
}

export const mapFirst = (body: Body, change: (product: ProductMapping) => ProductMapping): Body =>
  ({ ...body, products: body.products?.map((product, at) => at === 0 ? change(product) : product) });

function without(body: Body, column: string): Body {
  return {
    ...body,
    match: body.match?.filter(rule => !has(rule.column, column)),
    products: body.products?.map(product => ({
      ...product,
      dateColumn: has(product.dateColumn, column) ? null : product.dateColumn,
      dimensions: product.dimensions?.filter(one => !has(one.column, column)),
    })),
  };
}

/** Says what a column is; what the suggestion had for it comes back with all that belongs to it. */
export function retarget(
  draft: Draft, column: SuggestedColumn, target: Target, proposed: Body, columns: readonly SuggestedColumn[],
): Draft {
  const body = without(draft.integration, column.name);
  const wanted = target === 'new' && targetOf(proposed, column.name)?.startsWith('dimension:') ? targetOf(proposed, column.name) : target;
  const integration = wanted === 'date' ? mapFirst(body, product => ({ ...product, dateColumn: column.name }))
    : wanted?.startsWith('match:')
      ? { ...body, match: [...(body.match ?? []).filter(rule => `match:${rule.by}` !== wanted), { by: byOf(wanted), column: column.name }] }
      : wanted === 'new' || wanted?.startsWith('dimension:')
        ? mapFirst(body, product => ({
          ...product,
          dimensions: taken(product.dimensions ?? [], mappingOf(column, wanted, proposed, product.dimensions ?? []), columns),
        }))
        : body;
  return { ...draft, integration, decided: [...draft.decided.filter(one => one !== column.name), column.name] };
}

/** One column feeds a dimension: another one gives it up; one that this file doesn't have is another name of it, as other files have. */
function taken(others: readonly Mapping[], mapping: Mapping, columns: readonly SuggestedColumn[]): Mapping[] {
  const before = others.find(one => one.dimension === mapping.dimension);
  if (!before) return [...others, mapping];
  const names = [before.column].flat();
  const isElsewhere = !names.some(name => isIn(name, columns));
  const column = [...names, ...[mapping.column].flat()].filter(name => name !== null && name !== undefined);
  return [...others.filter(one => one !== before), isElsewhere && column.length > 1 ? { ...before, column } : mapping];
}

const isIn = (name: string | null | undefined, columns: readonly SuggestedColumn[]) =>
  columns.some(one => one.name.toLowerCase() === name?.toLowerCase());

/** What is mapped, and no column of this file is called so. */
export const absent = ({ integration: { match, products } }: Draft, columns: readonly SuggestedColumn[]): string[] =>
  [
    ...(match ?? []).map(rule => rule.column),
    ...(products ?? []).flatMap(product => [product.dateColumn, ...(product.dimensions ?? []).map(one => one.column)]),
  ].map(column => [column ?? []].flat()).filter(names => names.length > 0 && !names.some(name => isIn(name, columns)))
    .map(names => names[0] ?? '');

export const leaveOut = (draft: Draft, column: string): Draft => ({ ...draft, integration: without(draft.integration, column) });

type By = NonNullable<Body['match']>[number]['by'];

const byOf = (target: string) => target.slice('match:'.length) as By;

function mappingOf(column: SuggestedColumn, target: Target | null, proposed: Body, others: readonly Mapping[]): Mapping {
  const before = proposed.products?.[0]?.dimensions?.find(one => has(one.column, column.name));
  if (target !== 'new') {
    const dimension = target?.slice('dimension:'.length) ?? '';
    return before?.dimension === dimension ? before : { column: column.name, dimension };
  }

  const id = freeId(column.name, others.map(one => one.dimension));
  return { column: column.name, dimension: id, create: { name: column.name, dataType: typeOf(column) } };
}

const typeOf = (column: SuggestedColumn | undefined) =>
  column?.type === 'numeric' || column?.type === 'boolean' ? column.type : 'text';

/** An id that is made of a name and not taken yet. */
export function freeId(name: string, taken: readonly string[], joint: '_' | '-' = '_', nameless = 'value'): string {
  const words = name.toLowerCase().normalize('NFKD').replace(/^[^a-z]+/, '').match(/[a-z0-9]+/g) ?? [];
  const slug = words.join(joint).slice(0, 58) || nameless;
  let id = slug;
  for (let number = 2; taken.includes(id); number++) id = `${slug}${joint}${number}`;
  return id;
}

type Create = NonNullable<Mapping['create']>;

/** Of a dimension that is made with the import; null: it is there, or the column is none. */
export const createOf = ({ integration }: Draft, column: string): Create | null =>
  integration.products?.[0]?.dimensions?.find(one => has(one.column, column))?.create ?? null;

export const setType = (draft: Draft, column: string, dataType: Create['dataType']): Draft => ({
  ...draft,
  integration: mapFirst(draft.integration, product => ({
    ...product,
    dimensions: product.dimensions?.map(one => has(one.column, column) && one.create
      ? { column: one.column, dimension: one.dimension, create: { name: one.create.name, dataType } } : one),
  })),
});

/** Takes another product: what it doesn't have is made in it. */
export function setProduct(draft: Draft, product: Product | Draft['products'][number], isNew: boolean, columns: SuggestedColumn[]): Draft {
  const stored = isNew ? [] : (product.dimensions ?? []).map(one => one.id);
  const dimensions = (body: ProductMapping) => body.dimensions?.map(one => {
    if (stored.includes(one.dimension)) return { ...one, create: null };
    const column = columns.find(other => has(one.column, other.name));
    return { ...one, create: one.create ?? { name: column?.name ?? one.dimension, dataType: typeOf(column) } };
  });
  return {
    ...draft,
    integration: mapFirst(draft.integration, body => ({ ...body, product: product.id, dimensions: dimensions(body) })),
    products: isNew ? [{ ...product, dimensions: [], why: '' } as Draft['products'][number]] : [],
  };
}

/** What nothing can be imported without, in words. */
export function lacks({ existing, integration }: Draft): string[] {
  if (existing !== null) return [];
  const feeds = integration.products?.some(one => one.long || one.wide || (one.dimensions?.length ?? 0) > 0);
  return [
    ...(integration.match?.length ? [] : ['No column says which account a row is of.']),
    ...(feeds ? [] : ['No column has a value to record.']),
  ];
}
