import { answer, api, tagged } from '../../api/client';
import { asProblem, Problem } from '../../api/problem';
import type { Draft } from './draft';

// What is new must not be there: somebody else's would be changed.
const isNew = { 'If-None-Match': '*' };

const isTaken = (error: unknown) => asProblem(error).status === 412;

/**
 * Looks before anything is made: an id that is taken, an integration that somebody has changed since, or one that would be refused, stops
 * it all.
 */
export async function check(draft: Draft): Promise<string | null> {
  const tag = await look(draft);
  try {
    const params = { path: { integration: draft.id }, query: { validate: true } };
    await answer(api.PUT('/integrations/{integration}', { params, body: draft.integration }));
  } catch (error) {
    const { status, title, detail, errors, requestId } = asProblem(error);
    const left = errors.filter(one => one.code !== 'unknown-product' || !willBe(draft, one.path));
    if (errors.length === 0 || left.length > 0) throw new Problem(status, title, detail, left, requestId);
  }

  return tag;
}

async function look({ existing, version, id }: Draft): Promise<string | null> {
  if (existing === null) {
    const { items } = await answer(api.GET('/integrations', { params: { query: { top: 1000 } } }));
    if (items.some(one => one.id === id)) throw taken(id);
    return null;
  }

  const stored = await tagged(api.GET('/integrations/{integration}', { params: { path: { integration: id } } }));
  if (version !== null && stored.value.version !== version) throw changed(id);
  return stored.tag;
}

/** Whether the product of a mapping, by its path such as "products[0].product", is made with it. */
function willBe({ integration, products }: Draft, path: string): boolean {
  const at = Number(/^products\[(\d+)\]/.exec(path)?.[1] ?? -1);
  return products.some(one => one.id === integration.products?.[at]?.product);
}

/** One that meanwhile is there will do, if its dates are those that were tried. */
export async function makeProduct({ id, name, snapshotPeriod }: Draft['products'][number]): Promise<void> {
  const path = { product: id };
  try {
    await answer(api.PUT('/products/{product}', { params: { path, header: isNew }, body: { name, snapshotPeriod } }));
  } catch (error) {
    if (!isTaken(error)) throw error;
    const stored = await answer(api.GET('/products/{product}', { params: { path } }));
    if (stored.snapshotPeriod !== snapshotPeriod) {
      throw new Problem(412, 'A product with this id is there', `Somebody has made ${stored.name} (${id}) with ${stored.snapshotPeriod} `
        + `dates; this draft has ${snapshotPeriod} ones. Take it as it is there, or choose another product under Columns.`,
      [{ code: 'product-differs', path: '', message: '' }]);
    }
  }
}

/** @returns Its version now. */
export async function makeIntegration({ existing, id, integration }: Draft, tag: string | null): Promise<number> {
  const header = tag !== null ? { 'If-Match': tag } : existing === null ? isNew : undefined;
  try {
    const params = { path: { integration: id }, header };
    return (await answer(api.PUT('/integrations/{integration}', { params, body: integration }))).version;
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw existing === null ? taken(id) : changed(id);
  }
}

const taken = (id: string) => new Problem(412, 'This id is taken', `An integration "${id}" is there already.`, [{
  code: 'id-taken', path: 'integration', message: `found "${id}", which an integration has, expected an id that is free`,
}]);

const changed = (id: string) => new Problem(412, 'The integration was changed', `Somebody has changed ${id} since this draft was begun. `
  + 'Take it as it is there: the file is tried with it, and you say again what you changed.',
[{ code: 'integration-changed', path: '', message: '' }]);
