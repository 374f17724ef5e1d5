import { reads, useMe } from '../../api/me';
import type { Run } from '../../api/types';
import { DataTable } from '../../parts/DataTable';
import { query, runAt } from '../../parts/place';
import { dateWords } from '../../parts/Time';
import { number } from '../../parts/words';

type RunDate = Run['dates'][number];

/** Each date that the run wrote, with the reason for it. */
export function Dates({ run }: { run: Run }) {
  const me = useMe();
  const columns = [
    { head: 'Date', row: true, cell: (date: RunDate) => <span class="nw">{dateWords(date.date)}</span> },
    { head: 'Product', cell: (date: RunDate) => date.product },
    {
      head: 'Snapshots',
      number: true,
      cell: (date: RunDate) => reads(me)
        ? <a href={runAt(run.id, `/changes${query({ product: date.product, date: date.date })}`)}>{number(date.snapshots)}</a>
        : number(date.snapshots),
    },
    { head: 'Why', cell: (date: RunDate) => <span class="soft">{date.why}</span> },
  ];
  return (
    <section aria-labelledby="dates">
      <div class="sec"><h2 id="dates">Dates</h2><p>{words(run)}</p></div>
      <DataTable caption="Dates of this run" columns={columns} items={run.dates} id={date => `${date.product} ${date.date}`} />
    </section>
  );
}

const words = ({ changes }: Run) => [
  `${number(changes.new)} new`, `${number(changes.changed)} changed`, `${number(changes.unchanged)} unchanged`,
  `${number(changes.removed)} removed`,
].join(', ');
