import type { Cell } from '../api/types';

/** A stored value in the page's address. An account's id has no slash, and stands last. */
export const asText = (cell: Cell): string => [cell.product, cell.date, cell.dimension, cell.account].join('/');

export function asCell(text: string | null): Cell | null {
  const [product, date, dimension, account] = text?.split('/') ?? [];
  return product && date && dimension && account ? { product, date, dimension, account } : null;
}
