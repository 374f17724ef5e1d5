import { Icon } from '../../../parts/Icon';
import { askedChoices, openChoices } from '../choices';
import { lacks } from '../draft';
import { Foot, Next, questionsOpen } from '../Foot';
import { stepAt } from '../places';
import type { StepProps } from '../Wizard';
import { AccountRules } from './AccountRules';
import { Answers } from './Answers';
import { History } from './History';
import { ProvedDates } from './ProvedDates';

/** What the file can't say itself is asked; what it proves is shown with the row that proves it. */
export default function DatesStep({ upload, suggestion, kept }: StepProps) {
  const { draft } = kept;
  const asked = askedChoices(draft, suggestion);
  const open = openChoices(draft, suggestion);
  return (
    <>
      {asked.map(choice => <Answers key={choice.what} choice={choice} suggestion={suggestion} kept={kept} />)}
      <History suggestion={suggestion} kept={kept} />
      <AccountRules suggestion={suggestion} kept={kept} />
      <ProvedDates suggestion={suggestion} draft={draft} />
      <Foot back={stepAt(upload.id, 'columns')}
        next={<Next to={stepAt(upload.id, 'try')} word="Try the whole file" open={open.length + lacks(draft).length} />}>
        {lacks(draft).map(one => <span key={one}><Icon name="warn" /> {one} </span>)}
        {open.length > 0 && <><Icon name="ask" class="wait" /> {questionsOpen(open.length)}</>}
      </Foot>
    </>
  );
}
