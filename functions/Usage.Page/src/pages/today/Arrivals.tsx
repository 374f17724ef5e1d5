import { answer, api } from '../../api/client';
import type { Integration, Run } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { DataTable } from '../../parts/DataTable';
import { Icon } from '../../parts/Icon';
import { query, runAt } from '../../parts/place';
import { Shown } from '../../parts/States';
import { Time } from '../../parts/Time';
import { plural, statuses, titleOf } from '../../parts/words';

const most = 20;
const last = 12;

interface Row {
  readonly integration: Integration;
  readonly runs: readonly Run[];
}

const arrivals = (integrations: readonly Integration[]): Promise<Row[]> => Promise.all(integrations.slice(0, most).map(
  async integration => ({
    integration,
    runs: (await answer(api.GET('/runs', { params: { query: { integration: integration.id, kind: 'import', top: last } } }))).items,
  })));

/** The last files of each integration. */
export function Arrivals({ integrations }: { integrations: readonly Integration[] }) {
  const found = useAnswer(`arrivals ${integrations.map(one => one.id).join(' ')}`, () => arrivals(integrations));
  return (
    <section class="block" aria-labelledby="arrivals">
      <div class="sec"><h2 id="arrivals">Arrivals</h2><p>The last {last} of each integration, oldest first</p></div>
      <Shown of={found} what="Arrivals">
        {rows => (
          <DataTable caption="Arrivals" items={rows} id={row => row.integration.id}
            columns={[
              {
                head: 'Integration',
                row: true,
                cell: (row: Row) => (
                  <>
                    <a href={`/ui/runs${query({ integration: row.integration.id })}`}>{row.integration.name}</a>
                    <span class="sub">{row.integration.source ? 'pulled' : 'dropped'}</span>
                  </>
                ),
              },
              { head: `Last ${last}`, cell: (row: Row) => <Marks runs={row.runs} /> },
              {
                head: 'Last file',
                cell: (row: Row) => row.runs[0]
                  ? <><Time at={row.runs[0].arrivedAt} /><span class="sub">{plural(row.runs[0].rows.read, 'row')}</span></>
                  : <span class="faint">none yet</span>,
              },
            ]} />
        )}
      </Shown>
    </section>
  );
}

const Marks = ({ runs }: { runs: readonly Run[] }) => (
  <span class="marks">
    {[...runs].reverse().map(run => (
      <a key={run.id} class={statuses[run.status].tone} href={runAt(run.id)} title={`${titleOf(run)}: ${statuses[run.status].word}`}>
        <Icon name={statuses[run.status].icon} /><span class="vh">{titleOf(run)}: {statuses[run.status].word}</span>
      </a>
    ))}
  </span>
);
