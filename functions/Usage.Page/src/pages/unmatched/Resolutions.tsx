import type { components } from '@schema';
import { answer, api } from '../../api/client';
import { edits, useMe } from '../../api/me';
import { useAction } from '../../api/useAction';
import { useAnswer } from '../../api/useAnswer';
import { PagedTable } from '../../parts/DataTable';
import { accountAt, usePlace } from '../../parts/place';
import { ErrorBox } from '../../parts/States';
import { dateWords, Time } from '../../parts/Time';
import { keyKinds } from '../../parts/words';

type Resolution = components['schemas']['Resolution'];

const top = 20;

/** What was said of identifiers, by whom; each can be taken back for what comes. */
export function Resolutions({ name, changed }: { name: string; changed: () => void }) {
  const me = useMe();
  const place = usePlace();
  const integration = place.get('integration') ?? undefined;
  const after = place.get('said');
  const list = useAnswer(`resolutions ${integration ?? ''} ${after ?? ''} ${name}`, () => answer(api.GET(
    '/unmatched/resolutions', { params: { query: { integration, after: after ?? undefined, top } } })));
  const action = useAction();
  const takeBack = ({ integration, by, key }: Resolution) => action.run(async () => {
    await api.DELETE('/unmatched/resolutions', { params: { query: { integration, by, key } } });
    list.again();
    changed();
  });
  const columns = [
    { head: 'Identifier', row: true, cell: (one: Resolution) => <><code>{one.key}</code><span class="sub">{keyKinds[one.by]}</span></> },
    { head: 'Integration', cell: (one: Resolution) => one.integration },
    {
      head: 'Is',
      cell: (one: Resolution) => one.account
        ? <a href={accountAt(one.account)}>{one.account}</a>
        : <>ignored{one.ignore?.until && ` until ${dateWords(one.ignore.until)}`}<span class="sub">{one.ignore?.reason}</span></>,
    },
    { head: 'By', cell: (one: Resolution) => <>{one.author}<span class="sub"><Time at={one.at} /></span></> },
    ...(edits(me) ? [{
      head: 'Take back',
      cell: (one: Resolution) => (
        <button class="btn slim" type="button" disabled={action.busy} onClick={() => takeBack(one)}>
          Take back<span class="vh">: {one.key}</span>
        </button>
      ),
    }] : []),
  ];
  if (list.data?.items.length === 0 && !after) return null;
  return (
    <section class="block" aria-labelledby="said">
      <div class="sec"><h2 id="said">Said before</h2><p>What is taken back holds for files that come; what was recorded stays</p></div>
      {action.problem && <ErrorBox problem={action.problem} />}
      <PagedTable of={list} what="What was said" caption="What was said of identifiers" columns={columns} after={after}
        id={one => `${one.integration} ${one.by} ${one.key}`} go={next => place.set({ said: next })} empty={null} />
    </section>
  );
}
