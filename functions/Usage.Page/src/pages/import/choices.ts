import type { Suggestion } from '../../api/types';
import type { Draft, Mapping } from './draft';
import { has, mapFirst, retarget, shownTarget, type Target, targetOf } from './targets';

/** A question that the file leaves open. */
export type Choice = Suggestion['choices'][number];

/** Where the answer to a choice belongs: the suggestion says it in brackets. */
const placeOf = (choice: Choice) => /\(([^()]+)\)$/.exec(choice.what)?.[1] ?? '';

export const columnOf = (choice: Choice) => /"([^"]+)"/.exec(choice.what)?.[1] ?? null;

export const questionOf = (choice: Choice) => choice.what.replace(/ \([^()]+\)$/, '');

export const isDateOrder = (choice: Choice) => placeOf(choice) === 'file.dateFormats';

/** A long file's dimensions are called by its metrics, other ones by their columns. */
const isOf = (mapping: Mapping, name: string | null) => name !== null && (mapping.metric === name || has(mapping.column, name));

export function chosenOf({ integration, decided }: Draft, choice: Choice): string | null {
  if (placeOf(choice) === 'match')
    return choice.options.find(option => targetOf(integration, option.value)?.startsWith('match:'))?.value ?? null;
  if (!decided.includes(choice.what)) return null;
  const product = integration.products?.[0];
  const mapping = product?.dimensions?.find(one => isOf(one, columnOf(choice)));
  const values = placeOf(choice) === 'file.dateFormats' ? integration.file?.dateFormats ?? []
    : placeOf(choice) === 'file.decimalSeparator' ? [integration.file?.decimalSeparator]
      : placeOf(choice) === 'products[0].product' ? [product?.product]
        : placeOf(choice) === 'products[0].wide.header' ? [product?.wide?.header]
          : [mapping?.create?.aggregate];
  return choice.options.find(option => values.includes(option.value))?.value ?? null;
}

export function decide(draft: Draft, choice: Choice, value: string, suggestion: Suggestion): Draft {
  const decided = [...draft.decided.filter(one => one !== choice.what), choice.what];
  const { integration } = draft;
  const column = suggestion.columns.find(one => one.name === columnOf(choice));
  switch (placeOf(choice)) {
    case 'file.dateFormats': {
      const dated = column ? retarget(draft, column, 'date', suggestion.integration, suggestion.columns) : draft;
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
    case 'products[0].wide.header':
      return {
        ...draft,
        integration: mapFirst(integration, product => ({ ...product, wide: product.wide ? { ...product.wide, header: value } : null })),
        decided,
      };
    case 'match': {
      const rivals = suggestion.columns.filter(one => choice.options.some(option => option.value === one.name));
      return rivals.reduce((now, one) => retarget(
        now, one, one.name === value ? one.alternatives[0]?.target.replace('match by ', 'match:') as Target : 'ignore',
        suggestion.integration, suggestion.columns), draft);
    }
    default:
      return {
        ...draft,
        integration: mapFirst(integration, product => ({
          ...product,
          dimensions: product.dimensions?.map(one => isOf(one, columnOf(choice)) && one.create
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
