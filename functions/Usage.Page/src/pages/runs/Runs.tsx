import { answer, api } from '../../api/client';
import { reads, useMe } from '../../api/me';
import type { Run, RunKind } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { PagedTable } from '../../parts/DataTable';
import { Head } from '../../parts/Head';
import { Status } from '../../parts/Look';
import { OutcomeBar } from '../../parts/OutcomeBar';
import { runAt, usePlace } from '../../parts/place';
import { Empty } from '../../parts/States';
import { Time } from '../../parts/Time';
import { byWhom, hasEnded, kinds, number, statuses, titleOf } from '../../parts/words';
import { RunFilters } from './RunFilters';

const top = 50;

/** All runs, newest first; what is filtered stands in the address. */
export default function Runs() {
  const me = useMe();
  const place = usePlace();
  const filter = {
    // A dropper sees the runs of its own integrations, one at a time.
    integration: place.get('integration') ?? (reads(me) ? undefined : me.integrations?.[0]),
    status: place.get('status') ?? undefined,
    kind: (place.get('kind') ?? undefined) as RunKind | undefined,
    by: place.get('by') ?? undefined,
    from: place.get('from') ?? undefined,
    to: place.get('to') ?? undefined,
    search: place.get('search') ?? undefined,
  };
  const after = place.get('after');
  const filtered = Object.values(filter).some(value => value !== undefined);
  const list = useAnswer(
    `runs ${JSON.stringify(filter)} ${after ?? ''}`,
    () => answer(api.GET('/runs', { params: { query: { ...filter, after: after ?? undefined, top, count: true } } })),
    page => page.items.some(run => !hasEnded(run)));
  return (
    <>
      <Head title="Runs"><span>One file’s way each: read, matched, recorded, with an outcome for every row</span></Head>
      <RunFilters />
      <PagedTable of={list} what="Runs" caption="Runs, the newest first" columns={columns} id={run => run.id}
        after={after} go={next => place.set({ after: next })}
        empty={filtered
          ? <Empty title="No run fits">
            <p>There are runs, but none with all of this.</p>
            <div class="btns"><a class="btn" href="/ui/runs">Show all runs</a></div>
          </Empty>
          : <Empty title="No run yet">
            <p>A run begins when a file is dropped into the container, sent to the API, or pulled from a source.</p>
            <div class="btns"><a class="btn main" href="/ui/">To Today, with a sample to try</a></div>
          </Empty>} />
    </>
  );
}

const columns = [
  {
    head: 'File',
    row: true,
    cell: (run: Run) => (
      <>
        <a class="u" href={runAt(run.id)}>{titleOf(run)}</a>
        <span class="sub">{run.integration ?? (run.kind === 'erase' ? '' : 'draft')}</span>
      </>
    ),
  },
  {
    head: 'Status',
    cell: (run: Run) => <><Status look={statuses[run.status]} />{run.error && <span class="sub">{run.error.code}</span>}</>,
  },
  { head: 'Kind', cell: (run: Run) => <>{kinds[run.kind]}<span class="sub">{byWhom(run.by)}</span></> },
  { head: 'Began', cell: (run: Run) => <Time at={run.timeline[0]?.startedAt ?? run.arrivedAt} /> },
  { head: 'Outcomes', cell: (run: Run) => run.rows.read > 0 ? <OutcomeBar rows={run.rows} mini /> : '' },
  { head: 'Rows', number: true, cell: (run: Run) => <span class={run.rows.read === 0 ? 'zero' : ''}>{number(run.rows.read)}</span> },
  { head: 'Values', number: true, cell: (run: Run) => <span class={run.values === 0 ? 'zero' : ''}>{number(run.values)}</span> },
];
