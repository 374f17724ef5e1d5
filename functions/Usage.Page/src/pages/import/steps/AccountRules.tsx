import { useRun } from '../../../api/useRun';
import { DataTable } from '../../../parts/DataTable';
import { keyKinds, number, plain } from '../../../parts/words';
import type { Body } from '../draft';
import type { StepProps } from '../Wizard';

type Rule = NonNullable<Body['match']>[number];

const columnsOf = (rule: Rule) => [rule.column].flat();

/** How rows find their account: in this order, with what each rule finds. */
export function AccountRules({ suggestion, kept: { draft, change } }: Omit<StepProps, 'upload'>) {
  const rules = draft.integration.match ?? [];
  const tried = useRun(draft.tried?.run);
  const set = (match: Rule[]) => change(now => ({ ...now, integration: { ...now.integration, match } }));
  const up = (at: number) => set(rules.map(
    (rule, place) => (place === at - 1 ? rules[at] : place === at ? rules[at - 1] : rule) ?? rule));
  const why = (rule: Rule) => suggestion.columns.find(column => columnsOf(rule).includes(column.name))
    ?.alternatives.find(one => one.target === `match by ${rule.by}`)?.reason;
  const found = (rule: Rule) => tried.data?.matched.find(one => one.by === rule.by && columnsOf(rule).includes(one.column));
  return (
    <section aria-labelledby="accounts">
      <div class="sec">
        <h2 id="accounts">How rows find their account</h2><p>The first rule that finds one counts; columns say which there are</p>
      </div>
      {rules.length === 0
        ? <p class="soft">No column says which account a row is of: give one a target of an account.</p>
        : (
          <DataTable caption="Rules, in their order" items={rules} id={rule => `${rule.by} ${columnsOf(rule).join(' ')}`}
            columns={[
              { head: 'Rule', row: true, cell: rule => `${rules.indexOf(rule) + 1} · ${keyKinds[rule.by]}` },
              { head: 'Column', cell: rule => <code>{columnsOf(rule).join(', ')}</code> },
              { head: 'What it finds', cell: rule => <span class="soft">{plain(why(rule) ?? '')}</span> },
              {
                head: 'Rows, when tried',
                number: true,
                cell: rule => tried.data ? number(found(rule)?.rows ?? 0) : <span class="faint">not tried yet</span>,
              },
              {
                head: 'Order',
                cell: rule => rules.indexOf(rule) > 0 && (
                  <button class="btn slim plain" type="button" onClick={() => up(rules.indexOf(rule))}>
                    Move up<span class="vh"> {keyKinds[rule.by]}</span>
                  </button>
                ),
              },
            ]} />
        )}
    </section>
  );
}
