import type { ComponentChildren } from 'preact';
import type { Run, RunKind } from '../../api/types';
import { useRun } from '../../api/useRun';
import { Head } from '../../parts/Head';
import { Status } from '../../parts/Look';
import { runAt } from '../../parts/place';
import { ErrorBox, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { byWhom, duration, hasEnded, number, statuses, titleOf } from '../../parts/words';
import { edits, reads, useMe } from '../../api/me';
import { Actions } from './Actions';
import { Changes } from './Changes';
import { Overview } from './Overview';
import { Rows } from './Rows';

/** One run: what became of its file, and why. */
export default function RunPage({ run: id, part }: { run?: string; part?: string }) {
  const found = useRun(id);
  if (!found.data) {
    return (
      <>
        <Head title="Run" crumbs={[{ to: '/ui/runs', word: 'Runs' }, { word: <>Run <code>{id}</code></> }]} />
        {found.problem ? <ErrorBox problem={found.problem} again={found.again} what="The run" /> : found.slow && <Loading />}
      </>
    );
  }

  return (
    <Whole run={found.data} part={part ?? ''} again={found.again}
      trouble={found.problem && <ErrorBox problem={found.problem} again={found.again} what="The run as it is now" />} />
  );
}

function Whole({ run, part, again, trouble }: { run: Run; part: string; again: () => void; trouble: ComponentChildren }) {
  const me = useMe();
  const { rowsTotal, rows } = run.progress;
  const percent = !hasEnded(run) && rowsTotal && rows ? `${Math.floor(rows / rowsTotal * 100)} %` : undefined;
  return (
    <>
      <Head title={titleOf(run)} tab={percent} crumbs={[{ to: '/ui/runs', word: 'Runs' }, { word: <>Run <code>{run.id}</code></> }]}
        actions={<Actions run={run} again={again} />}>
        <Status look={statuses[run.status]} strong />
        {run.kind !== 'erase' && <span>{run.integration ?? 'draft'}{run.version > 0 && `, version ${run.version}`}</span>}
        <span><Time at={run.timeline[0]?.startedAt ?? run.arrivedAt} /></span>
        {run.startedAt && run.completedAt && <span>{duration((Date.parse(run.completedAt) - Date.parse(run.startedAt)) / 1_000)}</span>}
        <span>{byWhom(run.by)}</span>
      </Head>
      {trouble}
      <nav class="tabs" aria-label="Parts of this run">
        <Tab run={run} part="" now={part} word="Overview" />
        {edits(me) && hasRows(run) && <Tab run={run} part="rows" now={part} word="Rows" count={run.rows.read} />}
        {reads(me) && run.kind !== 'erase' && (
          <Tab run={run} part="changes" now={part} word="Changes" count={run.changes.new + run.changes.changed + run.changes.removed} />
        )}
      </nav>
      {part === 'rows' ? <Rows run={run} /> : part === 'changes' ? <Changes run={run} /> : <Overview run={run} />}
    </>
  );
}

const readsNoFile: readonly RunKind[] = ['undo', 'removal', 'erase'];

const hasRows = (run: Run) => !readsNoFile.includes(run.kind) && run.rows.read > 0;

const Tab = ({ run, part, now, word, count }: { run: Run; part: string; now: string; word: string; count?: number }) => (
  <a href={runAt(run.id, part && `/${part}`)} aria-current={now === part ? 'page' : undefined}>
    {word}{count !== undefined && <span class="c">{number(count)}</span>}
  </a>
);
