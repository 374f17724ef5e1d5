import type { paths } from '@schema';
import { useState } from 'preact/hooks';
import { answer, api } from '../../api/client';
import { edits, useMe } from '../../api/me';
import type { Run, RunIssue } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { Icon } from '../../parts/Icon';
import { Text } from '../../parts/Look';
import { query, runAt } from '../../parts/place';
import { hasEnded, number, outcomes, plural } from '../../parts/words';
import { FixRule } from './FixRule';

/** Codes of rows; a value of these may be mended by a rule, the others need an account or a look at the row. */
const mendable = [
  'not-a-number', 'number-not-exact', 'not-a-boolean', 'text-too-long', 'date-missing', 'not-a-date', 'date-in-future', 'unknown-metric',
];
const ofRows = [
  ...mendable, 'unmatched', 'no-account-key', 'ambiguous', 'wrong-cell-count', 'malformed-quote', 'nul-byte', 'bad-encoding', 'newer-value',
];
type RowCode = paths['/runs/{run}/issues/{code}/values']['get']['parameters']['path']['code'];

const lookOf = (issue: RunIssue) =>
  issue.severity === 'warning' ? { icon: 'warn', tone: 'warn' } as const
    : issue.code === 'unmatched' || issue.code === 'no-account-key' ? outcomes.unmatched
      : issue.code === 'ambiguous' ? outcomes.ambiguous
        : mendable.includes(issue.code) ? outcomes.partial : outcomes.invalid;

/** What is wrong, by what mends it: code, then each different text with its count. */
export function Issues({ run }: { run: Run }) {
  return (
    <section aria-labelledby="issues">
      <div class="sec">
        <h2 id="issues">To mend</h2>
        <p>{plural(run.issues.length, 'group')}{run.mended.rows > 0 && `; ${plural(run.mended.rows, 'row')} mended`}</p>
      </div>
      <div class="scroll">
        <table class="issues" role="table">
          <caption class="vh">Issues of this run</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">Found</th><th role="columnheader" scope="col">Where</th>
              <th role="columnheader" scope="col" class="n">Count</th><th role="columnheader" scope="col" class="n">Mend</th>
            </tr>
          </thead>
          {run.issues.map(issue => <Group key={issue.code} run={run} issue={issue} />)}
        </table>
      </div>
    </section>
  );
}

function Group({ run, issue }: { run: Run; issue: RunIssue }) {
  const me = useMe();
  const asks = edits(me) && hasEnded(run) && ofRows.includes(issue.code) && run.sha256 !== null;
  const values = useAnswer(
    asks ? `values ${run.id} ${issue.code}` : null,
    () => answer(api.GET('/runs/{run}/issues/{code}/values', { params: { path: { run: run.id, code: issue.code as RowCode } } })));
  const [fix, setFix] = useState<{ column: string; found: string; count: number } | null>(null);
  const look = lookOf(issue);
  const items = values.data?.items.slice(0, 8) ?? [];
  const rowsAt = (column?: string | null) => runAt(run.id, `/rows${query({ code: issue.code, column })}`);
  const left = values.data ? values.data.items.length - items.length + values.data.others : 0;
  return (
    <tbody class="group" role="rowgroup">
      <tr role="row" class="grp">
        <th role="rowheader" scope="rowgroup" colSpan={2}>
          <span class={`st ${look.tone}`}><Icon name={look.icon} /></span> <span class="t">{issue.code}</span>
          {' '}<span class="why">{issue.samples[0] ? `such as ${issue.samples[0].message}` : ''}</span>
        </th>
        <td role="cell" class="n b">{asks ? <a href={rowsAt()}>{number(issue.count)}</a> : number(issue.count)}</td>
        <td role="cell" />
      </tr>
      {items.map(one => (
        <tr role="row" class="mid" key={`${one.column}\n${one.found}`}>
          <td role="cell" class="in"><Text>{one.found}</Text></td>
          <td role="cell" class="soft">{one.column ? <>in <code>{one.column}</code></> : 'the whole row'}</td>
          <td role="cell" class="n"><a href={rowsAt(one.column)}>{number(one.count)}</a></td>
          <td role="cell" class="act">
            {one.column && mendable.includes(issue.code) && (
              <button class="btn slim" type="button"
                onClick={() => setFix({ column: one.column ?? '', found: one.found, count: one.count })}>
                Fix by rule<span class="vh">: {one.found} in {one.column}</span>
              </button>
            )}
          </td>
        </tr>
      ))}
      {left > 0 && (
        <tr role="row"><td role="cell" class="in faint" colSpan={4}>and <a href={rowsAt()}>{plural(left, 'more text')}</a></td></tr>
      )}
      {fix && <FixRule run={run} rule={fix} close={() => setFix(null)} />}
    </tbody>
  );
}
