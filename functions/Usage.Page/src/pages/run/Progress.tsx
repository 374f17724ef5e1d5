import { useEffect, useState } from 'preact/hooks';
import type { Run } from '../../api/types';
import { Icon } from '../../parts/Icon';
import { duration, hasWritten, number, plural } from '../../parts/words';

const pause = 5_000;

/** How far a run is, and what cancelling it now would mean. */
export function Progress({ run }: { run: Run }) {
  const { stage, done, total, rows, rowsTotal, perSecond, remainingSeconds, ahead } = run.progress;
  const { changes } = run;
  const queued = run.status === 'queued';
  const percent = total > 0 ? Math.floor(done / total * 100) : null;
  const told = queued
    ? ahead ? `Waiting: ${plural(ahead, 'run')} before it` : 'Waiting for its turn'
    : percent === null ? stage : `${stage}, ${percent} %`;
  return (
    <section aria-labelledby="progress">
      <h2 class="vh" id="progress">Progress</h2>
      <Announced text={told} />
      <div class="prog">
        {queued ? <p class="lead">{told}.</p> : (
          <dl class="big">
            <div><dt>of {stage}</dt><dd>{percent === null ? stage : `${percent} %`}</dd></div>
            {rows !== null && rowsTotal !== null && (
              <div><dt>rows read</dt><dd>{number(rows)} <small>of {number(rowsTotal)}</small></dd></div>
            )}
            {perSecond !== null && <div><dt>{rows === null ? 'parts' : 'rows'} a second</dt><dd>{number(perSecond)}</dd></div>}
            {hasWritten(run) && (
              <div>
                <dt>values so far</dt>
                <dd>
                  {number(changes.new)} <small>new</small> {number(changes.changed)} <small>changed</small>
                  {' '}{number(changes.unchanged)} <small>unchanged</small>
                  {changes.removed > 0 && <> {number(changes.removed)} <small>taken away</small></>}
                </dd>
              </div>
            )}
            {remainingSeconds !== null && <div><dt>left in this stage</dt><dd>{duration(remainingSeconds)}</dd></div>}
          </dl>
        )}
        {!queued && <progress {...(total > 0 ? { max: total, value: done } : {})} aria-label={`Progress of ${stage}`} />}
      </div>
      <div class="note after">
        <Icon name="info" />
        <span>
          {run.kind === 'erase' ? 'An erase can’t be cancelled.' : queued || stage === 'reading'
            ? 'Nothing is written before every row has been read; to cancel now changes nothing.'
            : 'Values are being written; to cancel now keeps what is written, and the run says how much.'}
          {' '}You can close this page: the run goes on.
        </span>
      </div>
    </section>
  );
}

/** Told to those who don't see it, at most every five seconds. */
function Announced({ text }: { text: string }) {
  const [told, setTold] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setTold(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return <p class="vh" role="status">{told}</p>;
}
