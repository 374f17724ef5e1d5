import type { Run } from '../../../api/types';
import { Icon } from '../../../parts/Icon';
import { Text } from '../../../parts/Look';
import { OutcomeBar, OutcomeParts } from '../../../parts/OutcomeBar';
import { usePlace } from '../../../parts/place';
import { number, plural } from '../../../parts/words';
import { Changes } from '../../run/Changes';
import { Dates } from '../../run/Dates';
import { Issues } from '../../run/Issues';
import { Rules } from '../../run/Overview';
import { Rows } from '../../run/Rows';
import type { StepProps } from '../Wizard';
import { RepairAll } from './RepairAll';
import { Repairs } from './Repairs';

/** What would become of every row, what stands against some, and each value as it would be beside the stored one. */
export default function Tried({ run, upload, kept }: { run: Run } & Pick<StepProps, 'upload' | 'kept'>) {
  const place = usePlace();
  const shows = place.get('show') === 'rows' ? 'rows' : 'changes';
  return (
    <>
      {run.error && (
        <div class="note bad before" role="alert"><Icon name="cross" /><span><b>{run.error.code}</b>: {run.error.message}</span>
          {!run.issues.some(one => one.code === run.error?.code) && <RepairAll code={run.error.code} upload={upload} kept={kept} />}
        </div>
      )}
      {run.duplicateOf && (
        <div class="note before">
          <Icon name="dup" /><span>The same content was imported before: to import it again would change nothing.</span>
        </div>
      )}
      {run.rows.read > 0 && (
        <section aria-labelledby="outcomes">
          <div class="sec"><h2 id="outcomes">What would become of the rows</h2><p>Nothing is written yet</p></div>
          <OutcomeBar rows={run.rows} />
          <OutcomeParts run={run} open chosen={place.get('outcome')} at={outcome => place.to({ show: 'rows', outcome, after: null })} />
        </section>
      )}
      {run.issues.length > 0 && (
        <Issues run={run} title="To look at" mend={(value, code) => <Repairs value={value} code={code} kept={kept} />}
          mendAll={issue => <RepairAll code={issue.code} upload={upload} kept={kept} />}
          rowsAt={(code, column) => place.to({ show: 'rows', outcome: null, code, column, after: null })} />
      )}
      {run.ignored.length > 0 && (
        <section aria-labelledby="ignored">
          <h2 id="ignored">Lines that are left out</h2>
          <ul class="plain-list">
            {run.ignored.map(one => (
              <li key={one.why}>
                <b>{number(one.count)}</b> {one.why}
                {one.samples[0] && <>, such as line {number(one.samples[0].line)} <Text>{one.samples[0].text}</Text></>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {(run.rows.unmatched > 0 || run.rows.ambiguous > 0) && (
        <section aria-label="Rows without an account">
          <p class="soft">
            Rows without an account wait in <a href="/ui/unmatched">Unmatched</a> after the import; they are recorded as soon as somebody
            says whose they are.
          </p>
        </section>
      )}
      {run.matched.length > 0 && <Rules run={run} />}
      {run.dates.length > 0 && <Dates run={run} />}
      {run.rows.read > 0 && (
        <section aria-labelledby="would">
          <div class="sec">
            <h2 id="would">What would change</h2><p>{plural(run.values, 'value')} in {plural(run.snapshots, 'snapshot')}</p>
          </div>
          <nav class="tabs" aria-label="What would change">
            <a href={place.to({ show: null, outcome: null, code: null, column: null, after: null })}
              aria-current={shows === 'changes' ? 'page' : undefined}>Values</a>
            <a href={place.to({ show: 'rows', after: null })} aria-current={shows === 'rows' ? 'page' : undefined}>Rows</a>
          </nav>
          {shows === 'rows' ? <Rows run={run} /> : <Changes run={run} />}
        </section>
      )}
    </>
  );
}
