import { useEffect } from 'preact/hooks';
import { answer, api } from '../../api/client';
import type { Run } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { Icon } from '../../parts/Icon';
import { Status } from '../../parts/Look';
import { accountAt, runAt } from '../../parts/place';
import { hasEnded, number, plural, statuses } from '../../parts/words';
import type { Choice } from './choices';

const most = 5;

/** What was said of one identifier, how far the import of its rows is, and the way back. */
export function Said({ choice, undo, ended }: { choice: Choice; undo: (() => void) | undefined; ended: () => void }) {
  const { item, word, name, runs, leaves } = choice;
  const found = useAnswer(
    runs.length > 0 && !leaves ? `runs ${runs.join(' ')}` : null,
    () => Promise.all(runs.slice(0, most).map(run => answer(api.GET('/runs/{run}', { params: { path: { run } } })))),
    all => all.some(run => !hasEnded(run)));
  const over = found.data?.every(hasEnded) === true;
  useEffect(() => { if (over) ended(); }, [over]);
  return (
    <li class="gone">
      <span class="st ok"><Icon name="ok" /><code>{item.key}</code></span>
      {' '}{'ignore' in word ? 'is ignored.'
        : <>is <a class="u" href={accountAt('account' in word ? word.account : word.create.id)}>{name}</a>.</>}
      {found.data?.map(run => <Replay key={run.id} run={run} />)}
      {runs.length > most && <span class="sub">and {plural(runs.length - most, 'more run')}</span>}
      {found.problem && <span class="sub bad">{found.problem.detail}</span>}
      {leaves
        ? <span class="sub" role="status">It is being taken back.</span>
        : undo && (
          <button class="btn slim plain" type="button" onClick={undo}><Icon name="undo" />Undo<kbd aria-hidden="true">u</kbd></button>
        )}
    </li>
  );
}

function Replay({ run }: { run: Run }) {
  const { rows, rowsTotal } = run.progress;
  return (
    <span class="sub" role="status">
      <Status look={statuses[run.status]} />{' '}
      <a href={runAt(run.id)}>
        {hasEnded(run)
          ? `${plural(run.rows.recorded, 'row')} recorded, ${plural(run.changes.new + run.changes.changed, 'value')}`
          : rows !== null && rowsTotal !== null ? `${number(rows)} of ${plural(rowsTotal, 'row')}` : 'its replay'}
      </a>
    </span>
  );
}
