import { answer, api } from './client';
import type { Integration, Page } from './types';
import { useAnswer } from './useAnswer';

/** @param may Whether who looks may see them all. */
export const useIntegrations = (may = true) => useAnswer(
  may ? 'integrations' : null, () => answer(api.GET('/integrations', { params: { query: { top: 1000 } } })));

/** To choose one of: several of one name are told apart by their ids. */
export const choicesOf = (page: Page<Integration> | null): [string, string][] => (page?.items ?? []).map(one => [
  one.id, page?.items.some(other => other !== one && other.name === one.name) ? `${one.name} (${one.id})` : one.name,
]);
