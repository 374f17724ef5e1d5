import type { Product } from '../../api/types';
import type { Body, Draft, Mapping, ProductMapping, SuggestedColumn } from './draft';

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

export function without(body: Body, column: string): Body {
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
