import { useLocation } from 'preact-iso';
import type { Unmatched } from '../api/types';

export const root = '/ui';

/** The page's own address: filters, pages of lists and what is explained stand in it, so that it can be sent to others. */
export function usePlace() {
  const { path, query, route } = useLocation();
  const to = (changes: Readonly<Record<string, string | null | undefined>>): string => {
    const next = new URLSearchParams(query as Record<string, string>);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }

    const text = next.toString();
    return text ? `${path}?${text}` : path;
  };
  const get = (name: string): string | null => (query as Record<string, string | undefined>)[name] ?? null;
  return { path, get, to, set: (changes: Readonly<Record<string, string | null | undefined>>) => route(to(changes), true), route };
}

export const runAt = (run: string, part = ''): string => `${root}/runs/${run}${part}`;

export const accountAt = (account: string): string => `${root}/accounts/${encodeURIComponent(account)}`;

/** An identifier in the page's address; what stands in files stands last, since it may have slashes. */
export const idOfUnmatched = (one: Pick<Unmatched, 'integration' | 'by' | 'key'>): string => [one.integration, one.by, one.key].join('/');

export const unmatchedAt = (one: Unmatched): string => `${root}/unmatched${query({ key: idOfUnmatched(one) })}`;

/** The query without what isn't said. */
export function query(values: Readonly<Record<string, string | null | undefined>>): string {
  const said = Object.entries(values).filter((pair): pair is [string, string] => !!pair[1]);
  return said.length > 0 ? `?${new URLSearchParams(said)}` : '';
}
