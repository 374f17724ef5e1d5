import { answer, api } from '../../api/client';
import type { Account } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { PagedTable } from '../../parts/DataTable';
import { Head } from '../../parts/Head';
import { accountAt, usePlace } from '../../parts/place';
import { Search } from '../../parts/fields/Search';
import { Empty } from '../../parts/States';

const top = 50;

export default function Accounts() {
  const place = usePlace();
  const search = place.get('search');
  const after = place.get('after');
  const list = useAnswer(`accounts ${search ?? ''} ${after ?? ''}`, () => answer(api.GET(
    '/accounts', { params: { query: { search: search ?? undefined, after: after ?? undefined, top } } })));
  return (
    <>
      <Head title="Accounts"><span>Customers, with all that is stored of each</span></Head>
      <div class="bar">
        <Search label="Name, id or key of an account" value={search} set={text => place.set({ search: text, after: null })} />
      </div>
      <PagedTable of={list} what="Accounts" caption="Accounts" columns={columns} id={one => one.id} after={after}
        go={next => place.set({ after: next })}
        empty={search
          ? <Empty title="No account fits">
            <p>None has this in its name, id or keys.</p>
            <div class="btns"><a class="btn" href="/ui/accounts">Show all accounts</a></div>
          </Empty>
          : <Empty title="No account yet">
            <p>An account is a customer: a name, and the keys by which files name it. The API makes them one by one or from a CSV file.</p>
            <div class="btns"><a class="btn main" href="/ui/">To Today, with a sample to try</a></div>
          </Empty>} />
    </>
  );
}

const columns = [
  { head: 'Name', row: true, cell: (one: Account) => <a class="u" href={accountAt(one.id)}>{one.name}</a> },
  { head: 'Id', cell: (one: Account) => <code>{one.id}</code> },
  { head: 'CRM id', cell: (one: Account) => one.crmId === null ? <span class="faint">none</span> : <code>{one.crmId}</code> },
  { head: 'Domains', cell: (one: Account) => one.domains.join(', ') || <span class="faint">none</span> },
  { head: 'Aliases', cell: (one: Account) => one.aliases.join(', ') || <span class="faint">none</span> },
];
