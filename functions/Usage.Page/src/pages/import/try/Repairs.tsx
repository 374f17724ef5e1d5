import { Icon } from '../../../parts/Icon';
import { has } from '../targets';
import type { IssueValue } from '../../run/Issues';
import type { StepProps } from '../Wizard';

/**
 * What can be said once of a text that doesn't fit; pressed again it is taken back. A row needs a date, so that a blank one mends nothing;
 * and no rule leaves out rows by a blank cell.
 */
export function Repairs({ value: { column, found }, code, kept: { draft, change } }: {
  value: IssueValue; code: string; kept: StepProps['kept'];
}) {
  const file = draft.integration.file ?? {};
  const blank = file.nullTokens ?? [];
  const ignored = file.ignoreRows ?? [];
  const isBlank = blank.some(one => one.toLowerCase() === found.toLowerCase());
  const isOut = ignored.some(one => has(one.column, column) && one.equals === found);
  const set = (to: Partial<typeof file>) => change(now => ({ ...now, integration: { ...now.integration, file: { ...file, ...to } } }));
  const toggleBlank = () =>
    set({ nullTokens: isBlank ? blank.filter(one => one.toLowerCase() !== found.toLowerCase()) : [...blank, found] });
  const toggleOut = () =>
    set({ ignoreRows: isOut
      ? ignored.filter(one => !has(one.column, column) || one.equals !== found) : [...ignored, { column, equals: found }] });
  if (found === '') return <span class="soft small">Row by row, once it is imported</span>;
  return (
    <span class="btns tight end-j">
      {!isDate(code) && <Repair word="Treat as blank" of={`${found}, in all columns`} on={isBlank} toggle={toggleBlank} />}
      <Repair word="Leave the rows out" of={found} on={isOut} toggle={toggleOut} />
    </span>
  );
}

const isDate = (code: string) => code === 'not-a-date' || code === 'date-in-future' || code === 'date-missing';

export const Repair = ({ word, of, on, toggle }: { word: string; of: string; on: boolean; toggle: () => void }) => (
  <button class={`btn slim ${on ? 'on' : ''}`} type="button" aria-pressed={on} onClick={toggle}>
    {on && <Icon name="check" />}{word}<span class="vh">: {of}</span>
  </button>
);
