import type { Product, Upload } from '../../../api/types';
import { Select } from '../../../parts/fields/Select';
import type { Draft } from '../draft';
import { freeId, setProduct } from '../targets';
import type { StepProps } from '../Wizard';

const periods = ['single', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;

/** The product that the file is of: one that is there, or a new one with its period. */
export function ProductChoice({ products, upload, suggestion, kept: { draft, change } }: StepProps & { products: readonly Product[] }) {
  const mapping = draft.integration.products?.[0];
  if (!mapping || (draft.integration.products?.length ?? 0) > 1) return null;
  const made = draft.products[0];
  const fresh = [...suggestion.products, ...(suggestion.products.length > 0 ? [] : [named(upload, products)])]
    .filter(one => !products.some(other => other.id === one.id));
  const options = [
    ...products.map((one): [string, string] => [one.id, one.name]),
    ...fresh.map((one): [string, string] => [one.id, `${one.name} (new)`]),
  ];
  const set = (id: string) => change(now => {
    const stored = products.find(one => one.id === id);
    const product = stored ?? fresh.find(one => one.id === id);
    return product ? setProduct(now, product, !stored, suggestion.columns) : now;
  });
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

/** As the file is called, where one that is there was proposed. */
function named({ name }: Upload, products: readonly Product[]): Draft['products'][number] {
  const text = name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '').replace(/[^\p{L}]+/gu, ' ').trim() || 'Usage';
  const id = freeId(text, products.map(one => one.id), '-', 'usage');
  return { id, name: text.charAt(0).toUpperCase() + text.slice(1), snapshotPeriod: 'monthly', dimensions: [], why: '' };
}
