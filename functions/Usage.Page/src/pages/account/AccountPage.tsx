import { answer, api } from '../../api/client';
import type { AccountUsage, Product, Value } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { DataTable } from '../../parts/DataTable';
import { ExplainButton } from '../../parts/ExplainButton';
import { Head } from '../../parts/Head';
import { runAt } from '../../parts/place';
import { Empty, Shown } from '../../parts/States';
import { dateWords } from '../../parts/Time';
import { plural } from '../../parts/words';

type ProductUsage = AccountUsage['products'][number];
type Snapshot = ProductUsage['snapshots'][number];

/** All that is stored of an account: each value says where it comes from. */
export default function AccountPage({ account: encoded }: { account?: string }) {
  const id = decodeURIComponent(encoded ?? '');
  const path = { params: { path: { account: id } } };
  const account = useAnswer(`account ${id}`, () => answer(api.GET('/accounts/{account}', path)));
  const usage = useAnswer(`usage ${id}`, () => answer(api.GET('/accounts/{account}/usage', path)));
  return (
    <>
      <Head title={account.data?.name ?? id} crumbs={[{ to: '/ui/accounts', word: 'Accounts' }, { word: account.data?.name ?? id }]}>
        {account.data && (
          <>
            <span>Id <code>{account.data.id}</code></span>
            {account.data.crmId !== null && <span>CRM id <code>{account.data.crmId}</code></span>}
            {account.data.domains.length > 0 && <span>Domains <code>{account.data.domains.join(', ')}</code></span>}
            {account.data.aliases.length > 0 && <span>Aliases <code>{account.data.aliases.join(', ')}</code></span>}
          </>
        )}
      </Head>
      <Shown of={account} what="The account">{() => null}</Shown>
      <Shown of={usage} what="Its usage">
        {said => said.products.length === 0
          ? <Empty title="Nothing is stored of it">
            <p>No file has had a row for this account that was recorded. Runs say which rows found nobody.</p>
            <div class="btns"><a class="btn" href="/ui/runs">To the runs</a></div>
          </Empty>
          : said.products.map(product => <Values key={product.product} account={id} usage={product} />)}
      </Shown>
    </>
  );
}

function Values({ account, usage }: { account: string; usage: ProductUsage }) {
  const product = useAnswer(
    `product ${usage.product}`, () => answer(api.GET('/products/{product}', { params: { path: { product: usage.product } } })));
  const names = dimensions(usage, product.data);
  return (
    <section aria-labelledby={`of-${usage.product}`}>
      <div class="sec">
        <h2 id={`of-${usage.product}`}>{usage.name}</h2>
        <p>{usage.period ?? 'no period'}, {plural(usage.snapshots.length, 'date')}; choose a value to see where it comes from</p>
      </div>
      <DataTable caption={`${usage.name}, the newest first`} items={usage.snapshots} id={one => one.date}
        columns={[
          { head: 'Date', row: true, cell: (one: Snapshot) => <span class="nw">{dateWords(one.date, usage.period)}</span> },
          ...names.map(([dimension, name]) => ({
            head: name,
            number: true,
            cell: (one: Snapshot) => {
              const value = one.values[dimension] as Value | undefined;
              return value === undefined || value === null
                ? <span class="faint">none</span>
                : <ExplainButton value={value} cell={{ account, product: usage.product, date: one.date, dimension }} />;
            },
          })),
          {
            head: 'Last run',
            number: true,
            cell: (one: Snapshot) => <a href={runAt(one.run)}>{one.row === null ? 'run' : `row ${one.row}`}</a>,
          },
        ]} />
    </section>
  );
}

/** As the product has them, and those that it doesn't have any more. */
function dimensions(usage: ProductUsage, product: Product | null): [string, string][] {
  const stored = new Set(usage.snapshots.flatMap(one => Object.keys(one.values)));
  const known = (product?.dimensions ?? []).filter(one => stored.has(one.id)).map((one): [string, string] => [one.id, one.name]);
  return [...known, ...[...stored].filter(id => !known.some(([one]) => one === id)).map((id): [string, string] => [id, id])];
}
