import { Icon } from '../../parts/Icon';
import { plural } from '../../parts/words';
import { openChoices } from './choices';
import { lacks, whatIsTried } from './draft';
import { shownTarget } from './targets';
import { type Step, stepAt, steps } from './places';
import type { StepProps } from './Wizard';

const words: Readonly<Record<Step, string>> = { file: 'File', columns: 'Columns', dates: 'Dates and accounts', try: 'Try', go: 'Go' };

/** Every step is an address; what was decided stands under each. */
export function Steps({ now, ...props }: StepProps & { now: Step }) {
  const at = steps.indexOf(now);
  const isDone = (step: Step) => steps.indexOf(step) < at && !isOpen(step, props);
  return (
    <nav class="steps" aria-label="Import steps">
      <ol>
        {steps.map((step, place) => (
          <li key={step} class={isDone(step) ? 'done' : ''}>
            <a href={stepAt(props.upload.id, step)} aria-current={step === now ? 'step' : undefined}>
              <span class="num">{isDone(step) ? <Icon name="check" /> : place + 1}</span>
              <b>{words[step]}{isDone(step) && <span class="vh"> (done)</span>}</b>
              <small>{told(step, props)}</small>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Something of it is still to be said or done. */
function isOpen(step: Step, { suggestion, kept: { draft } }: StepProps): boolean {
  switch (step) {
    case 'columns':
      return lacks(draft).length > 0 || suggestion.columns.some(column => shownTarget(draft, column) === '');
    case 'dates': return openChoices(draft, suggestion).length > 0;
    case 'try': return draft.tried?.what !== whatIsTried(draft);
    default: return false;
  }
}

function told(step: Step, { upload, suggestion, kept: { draft } }: StepProps): string {
  const open = openChoices(draft, suggestion).length;
  const targets = suggestion.columns.map(column => shownTarget(draft, column));
  switch (step) {
    case 'file': return `${suggestion.file.kind}, ${suggestion.file.encoding}`;
    case 'columns': return `${targets.filter(one => one !== '' && one !== 'ignore').length} of ${targets.length} have a target`;
    case 'dates': return open > 0 ? `${plural(open, 'question')} open` : 'nothing is open';
    case 'try':
      return draft.tried === null ? 'not tried yet' : draft.tried.what === whatIsTried(draft) ? 'tried' : 'changed since it was tried';
    default: return upload.run ? 'imported' : draft.existing ?? '';
  }
}
