import { answer, api } from '../../api/client';
import type { Body } from './draft';

/** What the file is taken for, by its sheet and header where somebody has said these. */
export const suggest = async (upload: string, said: Body['file']) => await answer(api.POST('/integrations/suggest', {
  body: { upload, sheet: said?.sheet ?? null, headerRow: said?.headerRow ?? null },
}));
