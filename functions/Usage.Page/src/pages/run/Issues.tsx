import type { paths } from '@schema';
import type { ComponentChildren } from 'preact';
import { answer, api } from '../../api/client';
import { edits, useMe } from '../../api/me';
import type { IssueValues, Run, RunIssue } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { Icon } from '../../parts/Icon';
import { Text } from '../../parts/Look';
import { runAt } from '../../parts/place';
import { hasEnded, number, outcomes, plural } from '../../parts/words';

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

/** A text that doesn't fit, in one column. */
export type IssueValue = IssueValues['items'][number] & { readonly column: string };

interface Props {
  readonly run: Run;
  readonly title: string;
  /** What mends all rows with such a text. */
  readonly mend: (value: IssueValue, code: string) => ComponentChildren;
  /** What mends all of an issue at once, where something does. */
  readonly mendAll?: (issue: RunIssue) => ComponentChildren;
  /** Where the rows with an issue are shown. */
  readonly rowsAt: (code: string, column?: string | null) => string;
}

/** What is wrong, by what mends it: code, then each different text with its count. */
export function Issues({ run, title, ...more }: Props) {
  return (
    <section aria-labelledby="issues">
      <div class="sec">
        <h2 id="issues">{title}</h2>
        <p>{plural(run.issues.length, 'group')}</p>
      </div>
      {run.mended.rows > 0 && (
        <p class="soft after">
          They are as the run found them. {plural(run.mended.rows, 'row')} {run.mended.rows === 1 ? 'has' : 'have'} been mended since, by
          {' '}{run.children.map((child, at) => <>{at > 0 && ', '}<a class="u" href={runAt(child)}>{child}</a></>)};
          a fix touches only what is still rejected.
        </p>
      )}
      <div class="scroll">
        <table class="issues" role="table">
          <caption class="vh">Issues of this run</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">Found</th><th role="columnheader" scope="col">Where</th>
              <th role="columnheader" scope="col" class="n">Count</th><th role="columnheader" scope="col" class="n">Mend</th>
            </tr>
          </thead>
          {run.issues.map(issue => <Group key={issue.code} run={run} issue={issue} {...more} />)}
        </table>
      </div>
    </section>
  );
}

const isOfColumn = (value: IssueValues['items'][number]): value is IssueValue => value.column !== null;

function Group({ run, issue, mend, mendAll, rowsAt }: Omit<Props, 'title'> & { issue: RunIssue }) {
  const me = useMe();
  const asks = edits(me) && hasEnded(run) && ofRows.includes(issue.code) && run.sha256 !== null;
  const values = useAnswer(
    asks ? `values ${run.id} ${issue.code}` : null,
    () => answer(api.GET('/runs/{run}/issues/{code}/values', { params: { path: { run: run.id, code: issue.code as RowCode } } })));
  const look = lookOf(issue);
  const items = values.data?.items.slice(0, 8) ?? [];
  const left = values.data ? values.data.items.length - items.length + values.data.others : 0;
  return (
    <tbody class="group" role="rowgroup">
      <tr role="row" class="grp">
        <th role="rowheader" scope="rowgroup" colSpan={2}>
          <span class={`st ${look.tone}`}><Icon name={look.icon} /></span> <span class="t">{issue.code}</span>
          {' '}<span class="why">{issue.samples[0] ? `such as ${issue.samples[0].message}` : ''}</span>
        </th>
        <td role="cell" class="n b">{asks ? <a href={rowsAt(issue.code)}>{number(issue.count)}</a> : number(issue.count)}</td>
        <td role="cell" class="act">{mendAll?.(issue)}</td>
      </tr>
      {items.map(one => (
        <tr role="row" class="mid" key={`${one.column}\n${one.found}`}>
          <td role="cell" class="in"><Text>{one.found}</Text></td>
          <td role="cell" class="soft">{one.column ? <>in <code>{one.column}</code></> : 'the whole row'}</td>
          <td role="cell" class="n"><a href={rowsAt(issue.code, one.column)}>{number(one.count)}</a></td>
          <td role="cell" class="act">
            {isOfColumn(one) && mendable.includes(issue.code) && mend(one, issue.code)}
          </td>
        </tr>
      ))}
      {left > 0 && (
        <tr role="row">
          <td role="cell" class="in faint" colSpan={4}>and <a href={rowsAt(issue.code)}>{plural(left, 'more text')}</a></td>
        </tr>
      )}
    </tbody>
  );
}
