import type { ComponentChildren } from 'preact';
import { answer, api } from '../../api/client';
import { edits, useMe } from '../../api/me';
import type { Run } from '../../api/types';
import { useAction } from '../../api/useAction';
import { Status } from '../../parts/Look';
import { runAt, unmatchedAt } from '../../parts/place';
import { ErrorBox } from '../../parts/States';
import { Time } from '../../parts/Time';
import { keyKinds, outcomes, plural, statuses, titleOf } from '../../parts/words';
import type { Look } from '../../parts/words';
import type { Need } from './needs';

/** One line each: what it is, why, what it costs, and the button that leads to the mend. */
export const Todo = ({ items, again }: { items: readonly Need[]; again: () => void }) => (
  <section aria-labelledby="needs">
    <h2 class="vh" id="needs">Needs a person</h2>
    <ol class="todo">{items.map(need => <Item key={idOf(need)} need={need} again={again} />)}</ol>
  </section>
);

const idOf = (need: Need) =>
  need.kind === 'unmatched' ? `key ${need.key.integration} ${need.key.by} ${need.key.key}`
    : need.kind === 'pull' ? `pull ${need.integration.id}` : `run ${need.run.id}`;

function Item({ need, again }: { need: Need; again: () => void }) {
  const me = useMe();
  if (need.kind === 'pull') return <PullItem need={need} again={again} />;
  if (need.kind === 'unmatched') {
    const { key } = need;
    return (
      <Line look={outcomes.unmatched} to={unmatchedAt(key)} button={edits(me) ? 'Resolve' : 'Show'}
        title={<>{keyKinds[key.by]} <code>{key.key}</code> waits for an account</>}
        cost={plural(key.rows, 'row')} since={key.firstSeen} name={key.key}>
        In files of {key.integration}.
        {key.candidates[0] && ` Looks like ${key.candidates[0].name}: ${key.candidates[0].why}.`}
      </Line>
    );
  }

  const { run } = need;
  const look = need.kind === 'partly' ? { ...statuses.partiallySucceeded, word: 'To mend' } : statuses[run.status];
  return (
    <Line look={look} to={runAt(run.id)} button={need.kind === 'waiting' ? 'Watch' : 'Mend'} title={titleOf(run)}
      name={titleOf(run)} cost={costOf(need.kind, run)} since={run.arrivedAt}>
      {run.error?.message ?? (need.kind === 'partly'
        ? run.issues.filter(issue => issue.severity === 'error').map(issue => `${issue.code} ${plural(issue.count, 'time')}`).join(', ')
        : `Of ${run.integration ?? 'a draft'}.`)}
    </Line>
  );
}

const costOf = (kind: Need['kind'], run: Run) =>
  kind === 'partly' ? plural(run.rows.invalid + run.rows.partial, 'row') : run.values > 0 ? 'Some is recorded' : 'Nothing is recorded';

function PullItem({ need, again }: { need: Need & { kind: 'pull' }; again: () => void }) {
  const me = useMe();
  const action = useAction();
  const { integration } = need;
  const pull = () => action.run(async () => {
    await answer(api.POST('/integrations/{integration}/pull', { params: { path: { integration: integration.id } } }));
    again();
  });
  return (
    <Line look={{ ...statuses.failed, word: 'Pull failed' }} title={`${integration.name}: its source could not be read`}
      name={integration.name} cost="no new file" since={need.at}
      action={edits(me) && <button class="btn" type="button" disabled={action.busy} onClick={pull}>Pull now</button>}>
      {need.message}
      {action.problem && <ErrorBox problem={action.problem} />}
    </Line>
  );
}

function Line({ look, title, cost, since, to, button, action, name, children }: {
  look: Look; title: ComponentChildren; cost: string; since: string | null; to?: string; button?: string; action?: ComponentChildren;
  name: string; children: ComponentChildren;
}) {
  return (
    <li>
      <Status look={look} />
      <div><h3>{to ? <a href={to}>{title}</a> : title}</h3><div class="soft">{children}</div></div>
      <div class="cost"><b>{cost}</b>{since && <>since <Time at={since} /></>}</div>
      <div class="btns">{action}{to && <a class="btn" href={to}>{button}<span class="vh">: {name}</span></a>}</div>
    </li>
  );
}
