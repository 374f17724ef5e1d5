import type { components } from '@schema';
import type { Integration, Suggestion } from '../../api/types';

export type Body = components['schemas']['IntegrationBody'];
export type SuggestedColumn = Suggestion['columns'][number];
export type Choice = Suggestion['choices'][number];
type ProductMapping = NonNullable<Body['products']>[number];
type Mapping = NonNullable<ProductMapping['dimensions']>[number];

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

/** What is tried; another one must be tried anew. */
export const whatIsTried = ({ integration, products }: Draft): string => JSON.stringify({ integration, products });

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

export const beginWith = (id: string, integration: Integration): Draft =>
  ({ existing: id, version: integration.version, id, integration, products: [], decided: [], tried: null });

/** What a column is: a kind of key, the date, a dimension, a part of a long or wide file, nothing, or not said yet. */
export type Target = '' | 'ignore' | 'date' | 'metric' | 'value' | 'wide' | 'new' | `match:${string}` | `dimension:${string}`;

const has = (names: string | string[] | null | undefined, column: string) =>
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

const mapFirst = (body: Body, change: (product: ProductMapping) => ProductMapping): Body =>
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
export function retarget(draft: Draft, column: SuggestedColumn, target: Target, proposed: Body): Draft {
  const body = without(draft.integration, column.name);
  const wanted = target === 'new' && targetOf(proposed, column.name)?.startsWith('dimension:') ? targetOf(proposed, column.name) : target;
  const integration = wanted === 'date' ? mapFirst(body, product => ({ ...product, dateColumn: column.name }))
    : wanted?.startsWith('match:')
      ? { ...body, match: [...(body.match ?? []).filter(rule => `match:${rule.by}` !== wanted), { by: byOf(wanted), column: column.name }] }
      : wanted === 'new' || wanted?.startsWith('dimension:')
        ? mapFirst(body, product => ({
          ...product,
          dimensions: [...(product.dimensions ?? []), mappingOf(column, wanted, proposed, product.dimensions ?? [])],
        }))
        : body;
  return { ...draft, integration, decided: [...draft.decided.filter(one => one !== column.name), column.name] };
}

type By = NonNullable<Body['match']>[number]['by'];

const byOf = (target: string) => target.slice('match:'.length) as By;

function mappingOf(column: SuggestedColumn, target: Target | null, proposed: Body, others: readonly Mapping[]): Mapping {
  const before = proposed.products?.[0]?.dimensions?.find(one => has(one.column, column.name));
  if (target !== 'new') {
    const dimension = target?.slice('dimension:'.length) ?? '';
    return before?.dimension === dimension ? before : { column: column.name, dimension };
  }

  const id = freeId(column.name, others.map(one => one.dimension));
  const dataType = column.type === 'numeric' || column.type === 'boolean' ? column.type : 'text';
  return { column: column.name, dimension: id, create: { name: column.name, dataType } };
}

function freeId(name: string, taken: readonly string[]): string {
  const slug = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 58) || 'value';
  let id = slug;
  for (let number = 2; taken.includes(id); number++) id = `${slug}_${number}`;
  return id;
}

/** Where the answer to a choice belongs: the suggestion says it in brackets. */
const placeOf = (choice: Choice) => /\(([^()]+)\)$/.exec(choice.what)?.[1] ?? '';

export const columnOf = (choice: Choice) => /"([^"]+)"/.exec(choice.what)?.[1] ?? null;

export const questionOf = (choice: Choice) => choice.what.replace(/ \([^()]+\)$/, '');

export const isDateOrder = (choice: Choice) => placeOf(choice) === 'file.dateFormats';

export function chosenOf({ integration, decided }: Draft, choice: Choice): string | null {
  if (!decided.includes(choice.what)) return null;
  const product = integration.products?.[0];
  const mapping = product?.dimensions?.find(one => has(one.column, columnOf(choice) ?? ''));
  const values = placeOf(choice) === 'file.dateFormats' ? integration.file?.dateFormats ?? []
    : placeOf(choice) === 'file.decimalSeparator' ? [integration.file?.decimalSeparator]
      : placeOf(choice) === 'products[0].product' ? [product?.product]
        : [mapping?.create?.aggregate];
  return choice.options.find(option => values.includes(option.value))?.value ?? null;
}

export function decide(draft: Draft, choice: Choice, value: string, suggestion: Suggestion): Draft {
  const decided = [...draft.decided.filter(one => one !== choice.what), choice.what];
  const { integration } = draft;
  const column = suggestion.columns.find(one => one.name === columnOf(choice));
  switch (placeOf(choice)) {
    case 'file.dateFormats': {
      const dated = column ? retarget(draft, column, 'date', suggestion.integration) : draft;
      const others = (integration.file?.dateFormats ?? []).filter(format => !choice.options.some(option => option.value === format));
      return {
        ...dated,
        integration: { ...dated.integration, file: { ...dated.integration.file, dateFormats: [...others, value] } },
        decided: [...dated.decided.filter(one => one !== choice.what), choice.what],
      };
    }
    case 'file.decimalSeparator':
      return { ...draft, integration: { ...integration, file: { ...integration.file, decimalSeparator: value } }, decided };
    case 'products[0].product':
      return { ...draft, integration: mapFirst(integration, product => ({ ...product, product: value })), products: [], decided };
    default:
      return {
        ...draft,
        integration: mapFirst(integration, product => ({
          ...product,
          dimensions: product.dimensions?.map(one => has(one.column, column?.name ?? '') && one.create
            ? { ...one, create: { ...one.create, aggregate: value as NonNullable<Mapping['create']>['aggregate'] } } : one),
        })),
        decided,
      };
  }
}

/** Choices that somebody has to make: how the dates of a column are read only while it may be the date. */
export const askedChoices = (draft: Draft, suggestion: Suggestion): Choice[] => suggestion.choices.filter(choice =>
  !isDateOrder(choice) || chosenOf(draft, choice) !== null || mayBeDate(draft, suggestion, columnOf(choice)));

const mayBeDate = (draft: Draft, suggestion: Suggestion, name: string | null) => !suggestion.columns.some(column => {
  const isDate = shownTarget(draft, column) === 'date';
  return column.name === name ? draft.decided.includes(column.name) && !isDate : isDate;
});

/** Those that nobody has made yet: until then nothing is tried or stored, since it would be a guess. */
export const openChoices = (draft: Draft, suggestion: Suggestion): Choice[] =>
  draft.existing === null ? askedChoices(draft, suggestion).filter(choice => chosenOf(draft, choice) === null) : [];
