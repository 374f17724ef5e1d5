import { answer, api } from './client';
import { useAnswer } from './useAnswer';

/** @param may Whether who looks may see them all. */
export const useIntegrations = (may = true) => useAnswer(
  may ? 'integrations' : null, () => answer(api.GET('/integrations', { params: { query: { top: 1000 } } })));
