import { useState } from 'preact/hooks';
import type { Run } from '../../api/types';
import { edits, useMe } from '../../api/me';
import { Icon } from '../../parts/Icon';
import { Text } from '../../parts/Look';
import { OutcomeBar, OutcomeParts } from '../../parts/OutcomeBar';
import { query, runAt } from '../../parts/place';
import { hasEnded, keyKinds, number, plural } from '../../parts/words';
import { DateOrder } from './DateOrder';
import { Dates } from './Dates';
import { FixRule } from './FixRule';
import { Issues, type IssueValue } from './Issues';
import { Progress } from './Progress';
import { Family, FileFacts, Timeline } from './Rail';
import { Sentence } from './Sentence';

export function Overview({ run }: { run: Run }) {
  const me = useMe();
  const ended = hasEnded(run);
  const [fix, setFix] = useState<IssueValue | null>(null);
  return (
    <>
      {!ended && <Progress run={run} />}
      {ended && <Sentence run={run} />}
      {run.error && (
        <div class="note bad after" role="alert">
          <Icon name="cross" /><span><b>{run.error.code}</b>: {run.error.message}</span>
          {edits(me) && <DateOrder run={run} message={run.error.message} />}
        </div>
      )}
      {run.duplicateOf && (
        <div class="note after">
          <Icon name="dup" />
          <span>Nothing was written: the same content is there by <a class="u" href={runAt(run.duplicateOf)}>an earlier run</a>.</span>
        </div>
      )}
      {run.undoneBy.map(undo => (
        <div key={undo} class="note warn after">
          <Icon name="undo" /><span>Undone, whole or in part, by <a class="u" href={runAt(undo)}>a later run</a>.</span>
        </div>
      ))}
      {run.rows.read > 0 && (
        <section class="block" aria-labelledby="outcomes">
          <h2 class="vh" id="outcomes">Outcomes</h2>
          <OutcomeBar rows={run.rows} />
          <OutcomeParts run={run} open={edits(me) && ended} />
        </section>
      )}
      <div class="cols block">
        <div>
          {run.issues.length > 0 && (
            <Issues run={run} title="To mend" rowsAt={(code, column) => runAt(run.id, `/rows${query({ code, column })}`)}
              mend={value => run.kind !== 'test' && (
                <button class="btn slim" type="button" onClick={() => setFix(value)}>
                  Fix by rule<span class="vh">: {value.found} in {value.column}</span>
                </button>
              )} />
          )}
          {fix && <FixRule run={run} rule={fix} close={() => setFix(null)} />}
          {run.dates.length > 0 && <Dates run={run} />}
          {run.matched.length > 0 && <Rules run={run} />}
          {run.ignored.length > 0 && <Ignored run={run} />}
          {run.stays && run.stays.length > 0 && <Stays stays={run.stays} />}
        </div>
        <div class="rail">
          <Timeline run={run} />
          <Family run={run} />
          <FileFacts run={run} />
        </div>
      </div>
    </>
  );
}

export const Rules = ({ run }: { run: Run }) => (
  <section aria-labelledby="rules">
    <div class="sec"><h2 id="rules">How accounts were found</h2></div>
    <dl class="facts">
      {run.matched.map(rule => (
        <><dt>{keyKinds[rule.by]} in <code>{rule.column}</code></dt><dd>{plural(rule.rows, 'row')}</dd></>
      ))}
    </dl>
  </section>
);

const Stays = ({ stays }: { stays: NonNullable<Run['stays']> }) => (
  <section aria-labelledby="stays">
    <div class="sec"><h2 id="stays">What an erase leaves</h2><p>These may still name the account</p></div>
    <dl class="facts">
      {stays.map(one => (
        <>
          <dt>{one.what}</dt>
          <dd>{one.until}{one.files.map(file => <span class="sub" key={file}><code>{file}</code></span>)}</dd>
        </>
      ))}
    </dl>
  </section>
);

const Ignored = ({ run }: { run: Run }) => (
  <section aria-labelledby="ignored">
    <div class="sec"><h2 id="ignored">Lines that are no rows</h2></div>
    {run.ignored.map(lines => (
      <details key={lines.why}>
        <summary>{number(lines.count)}: {lines.why}</summary>
        <ul>{lines.samples.map(line => <li key={line.line}>line {number(line.line)} <Text>{line.text}</Text></li>)}</ul>
      </details>
    ))}
  </section>
);
