import { answer, api, tagged } from '../../api/client';
import { asProblem, Problem } from '../../api/problem';
import type { Draft } from './draft';

// What is new must not be there: somebody else's would be changed.
const isNew = { 'If-None-Match': '*' };

const isTaken = (error: unknown) => asProblem(error).status === 412;

/** Looks before anything is made: an id that is taken, or an integration that somebody has changed since, stops it all. */
export async function check({ existing, version, id }: Draft): Promise<string | null> {
  if (existing === null) {
    const { items } = await answer(api.GET('/integrations', { params: { query: { top: 1000 } } }));
    if (items.some(one => one.id === id)) throw taken(id);
    return null;
  }

  const stored = await tagged(api.GET('/integrations/{integration}', { params: { path: { integration: id } } }));
  if (version !== null && stored.value.version !== version) throw changed(id);
  return stored.tag;
}

/**
 * Makes the products and the integration; where that is refused, what was made goes again.
 * @returns The integration's version now.
 */
export async function make(draft: Draft, tag: string | null): Promise<number> {
  const made: string[] = [];
  try {
    for (const product of draft.products) if (await makeProduct(product)) made.push(product.id);
    return await makeIntegration(draft, tag);
  } catch (error) {
    // One that others use meanwhile stays.
    await Promise.allSettled(made.map(product => api.DELETE('/products/{product}', { params: { path: { product } } })));
    throw error;
  }
}

/** One that meanwhile is there will do, if its dates are those that were tried; then nothing is made. */
async function makeProduct({ id, name, snapshotPeriod }: Draft['products'][number]): Promise<boolean> {
  const path = { product: id };
  try {
    await answer(api.PUT('/products/{product}', { params: { path, header: isNew }, body: { name, snapshotPeriod } }));
    return true;
  } catch (error) {
    if (!isTaken(error)) throw error;
    const stored = await answer(api.GET('/products/{product}', { params: { path } }));
    if (stored.snapshotPeriod !== snapshotPeriod) {
      throw new Problem(412, 'A product with this id is there', `Somebody has made ${stored.name} (${id}) with ${stored.snapshotPeriod} `
        + `dates; this draft has ${snapshotPeriod} ones. Take it as it is there, or choose another product under Columns.`,
      [{ code: 'product-differs', path: '', message: '' }]);
    }

    return false;
  }
}

async function makeIntegration({ existing, id, integration }: Draft, tag: string | null): Promise<number> {
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
