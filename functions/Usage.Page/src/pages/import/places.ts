import { root } from '../../parts/place';

export const steps = ['file', 'columns', 'dates', 'try', 'go'] as const;

export type Step = typeof steps[number];

export const stepAt = (upload: string, step: Step): string => `${root}/import/${upload}/${step}`;
