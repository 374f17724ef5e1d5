import { useId } from 'preact/hooks';
import type { StepProps } from '../Wizard';

/** Asked where customers have several rows: all of their dates, or the last one only. */
export function History({ suggestion, kept: { draft, change } }: Omit<StepProps, 'upload'>) {
  const id = useId();
  const history = draft.integration.allowMultipleRowsPerCustomer === true;
  // Every column of a wide file is a date, so that nothing else can be kept.
  if (suggestion.file.shape === 'wide') return null;
  if (!suggestion.integration.allowMultipleRowsPerCustomer && !history) return null;
  const set = (all: boolean) => change(now => ({ ...now, integration: { ...now.integration, allowMultipleRowsPerCustomer: all } }));
  return (
    <section aria-labelledby={id}>
      <div class="sec"><h2 id={id}>Customers repeat: keep every date, or the latest?</h2></div>
      <fieldset>
        <legend class="vh">History or latest</legend>
        <div class="choices">
          <label class="choice">
            <input type="radio" name={id} checked={history} onChange={() => set(true)} />
            <span class="t">History</span>
            <span class="soft">Each date of every account is recorded.</span>
          </label>
          <label class="choice">
            <input type="radio" name={id} checked={!history} onChange={() => set(false)} />
            <span class="t">Latest only</span>
            <span class="soft">Of each account the row with the latest date is recorded; the others are superseded.</span>
          </label>
        </div>
      </fieldset>
    </section>
  );
}
