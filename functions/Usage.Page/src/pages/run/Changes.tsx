import { answer, api } from '../../api/client';
import { edits, useMe } from '../../api/me';
import type { Change, Run } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { PagedTable } from '../../parts/DataTable';
import { ExplainButton } from '../../parts/ExplainButton';
import { Icon } from '../../parts/Icon';
import { accountAt, runAt, usePlace } from '../../parts/place';
import { Empty } from '../../parts/States';
import { dateWords } from '../../parts/Time';
import { number, shown } from '../../parts/words';

const top = 100;

/** What the run made of each value: old, new, and the row that it came from. */
export function Changes({ run }: { run: Run }) {
  const me = useMe();
  const place = usePlace();
  const after = place.get('after');
  const filter = { product: place.get('product'), date: place.get('date'), account: place.get('account') };
  const unchanged = place.get('unchanged') === 'true';
  const said = Object.entries(filter).filter(([, value]) => value !== null);
  const list = useAnswer(`changes ${run.id} ${JSON.stringify(filter)} ${unchanged} ${after ?? ''}`, () => answer(api.GET(
    '/runs/{run}/changes',
    { params: { path: { run: run.id }, query: { ...Object.fromEntries(said), unchanged, top, after: after ?? undefined } } })));
  return (
    <section aria-labelledby="changes">
      <div class="sec">
        <h2 id="changes">Changes</h2>
        <p>
          {number(run.changes.new)} new, {number(run.changes.changed)} changed, {number(run.changes.removed)} removed,
          {' '}{number(run.changes.unchanged)} unchanged
        </p>
      </div>
      <div class="bar">
        {said.map(([name, value]) => (
          <button key={name} class="btn slim on" type="button" onClick={() => place.set({ [name]: null, after: null })}>
            <Icon name="filter" />{value}<Icon name="close" /><span class="vh">, show all</span>
          </button>
        ))}
        <label class="inline">
          <input type="checkbox" checked={unchanged}
            onChange={event => place.set({ unchanged: event.currentTarget.checked ? 'true' : null, after: null })} />
          Unchanged ones too
        </label>
      </div>
      <PagedTable of={list} what="Changes" caption="Changes of this run" after={after} go={next => place.set({ after: next })}
        id={one => `${one.account} ${one.product} ${one.date} ${one.dimension}`}
        empty={<Empty title="Nothing changed"><p>What the run gave was there already, or nothing of this was written.</p></Empty>}
        columns={[
          { head: 'Account', row: true, cell: (one: Change) => <a href={accountAt(one.account)}>{one.account}</a> },
          { head: 'Product', cell: (one: Change) => one.product },
          { head: 'Date', cell: (one: Change) => <span class="nw">{dateWords(one.date)}</span> },
          { head: 'Dimension', cell: (one: Change) => one.dimension },
          { head: 'Before', number: true, cell: (one: Change) => <span class="was">{shown(one.old)}</span> },
          {
            head: 'After',
            number: true,
            cell: (one: Change) => one.new === null
              ? <span class="was">taken away</span>
              // Nothing of a test run is stored.
              : <b>{run.kind === 'test' ? shown(one.new) : <ExplainButton cell={one} value={one.new} />}</b>,
          },
          {
            head: 'Row',
            number: true,
            cell: (one: Change) => one.row === null ? '' : edits(me)
              ? <a href={runAt(run.id, `/rows?row=${one.row}`)}>{number(one.row)}</a> : number(one.row),
          },
        ]} />
    </section>
  );
}
