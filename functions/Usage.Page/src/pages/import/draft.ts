import type { components } from '@schema';
import type { Integration, Suggestion } from '../../api/types';

export type Body = components['schemas']['IntegrationBody'];
export type SuggestedColumn = Suggestion['columns'][number];
export type ProductMapping = NonNullable<Body['products']>[number];
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

export const beginWith = (id: string, integration: Integration): Draft =>
  ({ existing: id, version: integration.version, id, integration, products: [], decided: [], tried: null });

/** What nothing can be imported without, in words. */
export function lacks({ existing, integration }: Draft): string[] {
  if (existing !== null) return [];
  const feeds = integration.products?.some(one => one.long || one.wide || (one.dimensions?.length ?? 0) > 0);
  return [
    ...(integration.match?.length ? [] : ['No column says which account a row is of.']),
    ...(feeds ? [] : ['No column has a value to record.']),
  ];
}
