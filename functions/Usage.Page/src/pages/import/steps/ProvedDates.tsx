import { Icon } from '../../../parts/Icon';
import { dateWords } from '../../../parts/Time';
import { number, plain, plural } from '../../../parts/words';
import type { Draft } from '../draft';
import { targetOf } from '../targets';
import type { StepProps } from '../Wizard';

/** What needs no question, with the row that proves it. */
export function ProvedDates({ suggestion, draft }: { suggestion: StepProps['suggestion']; draft: Draft }) {
  const dates = suggestion.columns.filter(
    column => column.dateReadings.length === 1 && targetOf(draft.integration, column.name) === 'date');
  const reasons = suggestion.reasons.filter(one => one.column === null);
  if (dates.length === 0 && reasons.length === 0) return null;
  return (
    <section aria-labelledby="proved">
      <div class="sec"><h2 id="proved">What the file says itself</h2></div>
      <dl class="facts">
        {dates.map(column => column.dateReadings.map(reading => (
          <>
            <dt>{column.name}</dt>
            <dd>
              {reading.proofRow !== null && <span class="st ok"><Icon name="ok" />Proved by row {number(reading.proofRow)}: </span>}
              read as <code>{reading.format}</code>, {plural(reading.periods, 'date')}, {dateWords(reading.min)} to {dateWords(reading.max)}
            </dd>
          </>
        )))}
        {reasons.map(one => <><dt>File</dt><dd>{plain(one.reason)}</dd></>)}
      </dl>
    </section>
  );
}
