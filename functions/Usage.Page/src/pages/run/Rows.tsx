import { useState } from 'preact/hooks';
import { answer, api } from '../../api/client';
import type { Page, RowOutcome, Run, RunRow } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { PagedTable } from '../../parts/DataTable';
import { ExplainButton } from '../../parts/ExplainButton';
import { Icon } from '../../parts/Icon';
import { Status, Text } from '../../parts/Look';
import { OutcomeParts } from '../../parts/OutcomeBar';
import { accountAt, usePlace } from '../../parts/place';
import { Empty } from '../../parts/States';
import { keyKinds, outcomes, shown } from '../../parts/words';
import { dateWords } from '../../parts/Time';
import { FixRow } from './FixRow';

type Code = NonNullable<RunRow['issues'][number]['code']>;

const top = 50;
const rejected: readonly RowOutcome[] = ['partial', 'unmatched', 'ambiguous', 'invalid'];

/** Rows as they came, with what became of each. */
export function Rows({ run }: { run: Run }) {
  const place = usePlace();
  const [fixes, setFixes] = useState<RunRow | null>(null);
  const row = place.get('row');
  const after = place.get('after');
  const filter = {
    outcome: place.get('outcome') as RowOutcome | null,
    code: place.get('code') as Code | null,
    column: place.get('column'),
    account: place.get('account'),
  };
  const said = Object.entries(filter).filter(([, value]) => value !== null);
  const list = useAnswer<Page<RunRow>>(`rows ${run.id} ${row ?? JSON.stringify(filter)} ${after ?? ''}`, () => row
    ? answer(api.GET('/runs/{run}/rows/{row}', { params: { path: { run: run.id, row: Number(row) } } }))
      .then(one => ({ items: [one], next: null }))
    : answer(api.GET('/runs/{run}/rows', {
      params: { path: { run: run.id }, query: { ...Object.fromEntries(said), top, after: after ?? undefined } },
    })));
  const columns = Object.keys(list.data?.items.find(one => Object.keys(one.cells).length > 0)?.cells ?? {});
  return (
    <section aria-labelledby="rows">
      <h2 class="vh" id="rows">Rows</h2>
      <OutcomeParts run={run} open chosen={filter.outcome} at={outcome => place.to({ outcome, after: null })} />
      <div class="bar after">
        {row && <Chip word={`row ${row}`} off={() => place.set({ row: null })} />}
        {said.map(([name, value]) => (
          <Chip key={name} word={name === 'outcome' ? outcomes[value as RowOutcome]?.word ?? value : value}
            off={() => place.set({ [name]: null, after: null })} />
        ))}
      </div>
      <PagedTable of={list} what="Rows" caption="Rows of this run" id={one => String(one.row)} after={after}
        go={next => place.set({ after: next })}
        empty={<Empty title="No such row"><p>No row of this run has all of this.</p></Empty>}
        columns={[
          { head: 'Row', row: true, cell: (one: RunRow) => one.row.toLocaleString('en-US') },
          {
            head: 'Outcome',
            cell: (one: RunRow) => (
              <>
                <Status look={outcomes[one.outcome]} />
                {one.issues.map(issue => <span class="sub" key={issue.message}>{issue.message}</span>)}
              </>
            ),
          },
          {
            head: 'Account',
            cell: (one: RunRow) => one.account
              ? <><a href={accountAt(one.account.id)}>{one.account.name}</a><span class="sub">by {keyKinds[one.account.matchedBy]}</span></>
              : <span class="faint">none</span>,
          },
          ...columns.map(column => ({
            head: column,
            cell: (one: RunRow) => column in one.cells
              ? <Text>{one.cells[column] ?? ''}</Text>
              : one.raw !== null && column === columns[0] ? <Text>{one.raw}</Text> : '',
          })),
          {
            head: 'Recorded',
            cell: (one: RunRow) => one.account && one.stored.map(value => (
              <span class="sub" key={`${value.product} ${value.date} ${value.dimension}`}>
                {value.dimension} {run.kind === 'test' ? <b>{shown(value.value)}</b> : (
                  <ExplainButton value={value.value}
                    cell={{ account: one.account?.id ?? '', product: value.product, date: value.date, dimension: value.dimension }} />
                )}
                {' '}{dateWords(value.date)}
              </span>
            )),
          },
          {
            head: 'Mend',
            cell: (one: RunRow) => rejected.includes(one.outcome) && run.kind !== 'test' && Object.keys(one.cells).length > 0 && (
              <button class="btn slim" type="button" onClick={() => setFixes(one)}>
                Edit<span class="vh"> row {one.row}</span>
              </button>
            ),
          },
        ]} />
      {fixes && <FixRow run={run} row={fixes} close={() => setFixes(null)} />}
    </section>
  );
}

const Chip = ({ word, off }: { word: string | null; off: () => void }) => (
  <button class="btn slim on" type="button" onClick={off}>
    <Icon name="filter" />{word}<Icon name="close" /><span class="vh">, show all</span>
  </button>
);
