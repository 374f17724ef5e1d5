import type { Product, Suggestion } from '../../../api/types';
import { Select } from '../../../parts/fields/Select';
import type { Draft } from '../draft';
import type { StepProps } from '../Wizard';

const periods = ['single', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;

/** The product that the file is of: one that is there, or a new one with its period. */
export function ProductChoice({ products, suggestion, kept: { draft, change } }: {
  products: readonly Product[]; suggestion: Suggestion; kept: StepProps['kept'];
}) {
  const mapping = draft.integration.products?.[0];
  if (!mapping || (draft.integration.products?.length ?? 0) > 1) return null;
  const proposed = suggestion.products;
  const made = draft.products[0];
  const options = [
    ...products.map((one): [string, string] => [one.id, one.name]),
    ...proposed.filter(one => !products.some(other => other.id === one.id)).map((one): [string, string] => [one.id, `${one.name} (new)`]),
  ];
  const set = (product: string) => change((now: Draft) => ({
    ...now,
    integration: { ...now.integration, products: [{ ...mapping, product }] },
    products: proposed.filter(one => one.id === product),
  }));
  return (
    <div class="end bar">
      <Select label="Product" value={mapping.product} set={set} options={options} required />
      {made && (
        <Select label="A date for each" value={made.snapshotPeriod} required options={periods.map(one => [one, one])}
          set={period => change(now => ({ ...now, products: [{ ...made, snapshotPeriod: period as typeof made.snapshotPeriod }] }))} />
      )}
    </div>
  );
}
