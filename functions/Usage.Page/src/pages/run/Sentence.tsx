import { edits, useMe } from '../../api/me';
import type { RowOutcome, Run } from '../../api/types';
import { runAt } from '../../parts/place';
import { number, plural } from '../../parts/words';

/** A run that has ended, as a sentence. Every figure is one that the API told. */
export function Sentence({ run }: { run: Run }) {
  const me = useMe();
  const { rows } = run;
  const link = (outcome: RowOutcome) => edits(me)
    ? <a href={runAt(run.id, `/rows?outcome=${outcome}`)}>{number(rows[outcome])}</a> : <b>{number(rows[outcome])}</b>;
  if (run.kind === 'undo' || run.kind === 'removal') {
    return (
      <p class="lead">
        {run.kind === 'undo' ? 'It took back what a run had written' : 'It took one value away'}:
        {' '}{plural(run.changes.changed, 'value')} went back to what was there, {number(run.changes.removed)}
        {run.changes.removed === 1 ? ' was' : ' were'} taken away
        {run.changes.new > 0 && <>, {number(run.changes.new)} {run.changes.new === 1 ? 'stands' : 'stand'} again</>}.
      </p>
    );
  }

  if (run.kind === 'erase') {
    return (
      <p class="lead">
        {run.error ? 'It was to erase an account.' : 'It erased an account, with its values and all that runs had kept of it.'}
      </p>
    );
  }

  if (rows.read === 0)
    return <p class="lead">{run.error ? 'No row was read, and nothing was recorded.' : 'The file has a header and no rows.'}</p>;
  const parts = [
    rows.recorded > 0 && <>{link('recorded')} {rows.recorded === 1 ? 'was' : 'were'} recorded</>,
    rows.partial > 0 && <>{link('partial')} partly</>,
    rows.unmatched > 0 && <>{link('unmatched')} {rows.unmatched === 1 ? 'waits' : 'wait'} for an account</>,
    rows.ambiguous > 0 && <>{link('ambiguous')} {rows.ambiguous === 1 ? 'fits' : 'fit'} several accounts</>,
    rows.invalid > 0 && <>{link('invalid')} {rows.invalid === 1 ? 'is' : 'are'} invalid</>,
    rows.empty > 0 && <>{link('empty')} {rows.empty === 1 ? 'holds' : 'hold'} no value</>,
    rows.superseded > 0 && <>{link('superseded')} gave way to others</>,
  ].filter(part => part !== false);
  // What it gives may stand there already, merged with what its parent gave.
  const isChild = run.kind === 'replay' || run.kind === 'fix';
  return (
    <p class="lead">
      {rows.read === 1 ? 'The one row is' : <>All <b>{number(rows.read)}</b> rows are</>} accounted for:
      {' '}{parts.map((part, at) => <>{at > 0 && ', '}{part}</>)}.
      {isChild
        ? <> {plural(run.changes.new, 'value')} {run.changes.new === 1 ? 'is' : 'are'} new, {number(run.changes.changed)} changed.</>
        : run.values > 0 && <> That is {plural(run.values, 'value')} in {plural(run.snapshots, 'snapshot')}.</>}
      {run.mended.rows > 0 && <> {number(run.mended.rows)} rejected rows have been mended since.</>}
    </p>
  );
}
