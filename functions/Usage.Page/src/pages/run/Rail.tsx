import { answer, api } from '../../api/client';
import type { Run } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { Icon } from '../../parts/Icon';
import { runAt } from '../../parts/place';
import { Time } from '../../parts/Time';
import { byWhom, duration, fileName, hasEnded, kinds, number, plural, statuses } from '../../parts/words';

const stages = {
  waiting: ['Waits', 'Waited'],
  reading: ['Reading', 'Read'],
  writing: ['Writing', 'Written'],
  finishing: ['Finishing', 'Finished'],
} as const;

const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1_000;

const pace = (rows: number, length: number | null) =>
  `${plural(rows, 'row')}${length ? `, ${number(Math.round(rows / length))} a second` : ''}`;

export function Timeline({ run }: { run: Run }) {
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      <ol class="stages">
        {run.timeline.map(step => {
          const [now, past] = stages[step.stage];
          const length = step.endedAt ? seconds(step.startedAt, step.endedAt) : null;
          return (
            <li key={step.stage}>
              {length === null ? <span class="acc"><Icon name="ring" class="spin" /></span>
                : run.status === 'failed' && step === run.timeline.at(-1) ? <span class="bad"><Icon name="cross" /></span>
                  : <span class="ok"><Icon name="check" /></span>}
              {length === null ? <b>{now}</b> : <span>{past}</span>}
              <span class="d">{length === null ? '' : duration(length)}</span>
              <small>{step.rows ? pace(step.rows, length) : <Time at={step.startedAt} />}</small>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The run that it was made from, and those that were made from it. */
export function Family({ run }: { run: Run }) {
  const ids = [...(run.parent ? [run.parent] : []), ...run.children, ...run.undoneBy];
  const found = useAnswer(
    ids.length > 0 ? `family ${ids.join(' ')}` : null,
    () => Promise.all(ids.slice(0, 20).map(id => answer(api.GET('/runs/{run}', { params: { path: { run: id } } })))),
    runs => runs.some(one => !hasEnded(one)));
  if (ids.length === 0) return null;
  return (
    <section aria-labelledby="family">
      <h2 id="family">Runs beside it</h2>
      <ul class="stages">
        {(found.data ?? []).map(one => {
          const look = statuses[one.status];
          return (
            <li key={one.id}>
              <span class={look.tone}><Icon name={look.icon} /></span>
              <a href={runAt(one.id)}>{one.id === run.parent ? `Made from: ${kinds[one.kind].toLowerCase()}` : kinds[one.kind]}</a>
              <span class="d">{look.word}</span>
              <small>{plural(one.rows.recorded, 'row')} recorded, {plural(one.values, 'value')} {byWhom(one.by)}</small>
            </li>
          );
        })}
      </ul>
      {found.problem && <p class="small bad">{found.problem.detail}</p>}
    </section>
  );
}

export function FileFacts({ run }: { run: Run }) {
  if (!run.blob) return null;
  return (
    <section aria-labelledby="file">
      <h2 id="file">File</h2>
      <dl class="facts">
        <dt>Name</dt><dd><code>{fileName(run.blob)}</code></dd>
        <dt>Place</dt><dd><code>imports/{run.blob}</code></dd>
        <dt>Arrived</dt><dd><Time at={run.arrivedAt} /></dd>
        {run.sha256 && <><dt>SHA-256</dt><dd><code title={run.sha256}>{run.sha256.slice(0, 6)}…{run.sha256.slice(-4)}</code></dd></>}
      </dl>
    </section>
  );
}
