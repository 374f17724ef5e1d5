import { useEffect, useRef, useState } from 'preact/hooks';
import { answer, api } from '../../api/client';
import { edits, useMe } from '../../api/me';
import type { Unmatched as Identifier } from '../../api/types';
import { useAction } from '../../api/useAction';
import { useAnswer } from '../../api/useAnswer';
import { choicesOf, useIntegrations } from '../../api/useIntegrations';
import { Search } from '../../parts/fields/Search';
import { Select } from '../../parts/fields/Select';
import { Head } from '../../parts/Head';
import { usePageKeys } from '../../parts/keys';
import { idOfUnmatched, usePlace } from '../../parts/place';
import { Empty, ErrorBox, Shown } from '../../parts/States';
import { plural } from '../../parts/words';
import { keepSaid, resolve, saidBefore, takeBack, type Word } from './choices';
import { Item } from './Item';
import { KeyLine } from './KeyLine';
import { Queue } from './Queue';
import { Resolutions } from './Resolutions';

const top = 100;

/** The queue of identifiers that wait for somebody to say whose they are. */
export default function Unmatched() {
  const me = useMe();
  const place = usePlace();
  const filter = { integration: place.get('integration') ?? undefined, search: place.get('search') ?? undefined };
  const after = place.get('after') ?? undefined;
  const key = place.get('key');
  const name = `unmatched ${JSON.stringify(filter)} ${after ?? ''}`;
  const list = useAnswer(name, () => answer(api.GET('/unmatched', { params: { query: { ...filter, after, top, count: true } } })));
  const integrations = useIntegrations();
  const [said, setSaid] = useState(saidBefore);
  useEffect(() => keepSaid(said), [said]);
  const [gone, setGone] = useState<{ from: unknown; ids: readonly string[] }>({ from: null, ids: [] });
  const work = useAction();
  const back = useAction();
  const moved = useRef(false);

  // One that was said is gone at once; the next answer doesn't have it any more.
  const items = (list.data?.items ?? []).filter(one => gone.from !== list.data || !gone.ids.includes(idOfUnmatched(one)));
  const listed = items.find(one => idOfUnmatched(one) === key) ?? (key === null ? items[0] : undefined);
  // A link may name one that is further down than the list is shown.
  const elsewhere = useAnswer(key !== null && list.data && !listed ? `unmatched ${key}` : null, () => find(key ?? ''));
  const item = listed ?? elsewhere.data?.found;
  const at = items.findIndex(one => one === item);
  const go = (to: Identifier | undefined) => {
    moved.current = true;
    place.set({ key: to ? idOfUnmatched(to) : null });
  };

  const say = (word: Word, account: string) => work.run(async () => {
    if (!item) return;
    const choice = await resolve(item, word, account);
    setSaid(all => [...all, choice]);
    setGone(({ from, ids }) => ({ from: list.data, ids: [...(from === list.data ? ids : []), idOfUnmatched(item)] }));
    go(items[at + 1] ?? items[at - 1]);
    list.again();
  });
  const last = said.findLast(choice => !choice.leaves);
  const undo = () => last && back.run(async () => {
    setSaid(all => all.map(one => one === last ? { ...one, leaves: true } : one));
    try {
      await takeBack(last);
    } finally {
      setSaid(all => all.filter(one => one.item !== last.item));
      list.again();
    }
  });
  usePageKeys({
    j: items[at + 1] && (() => go(items[at + 1])),
    k: items[at - 1] && (() => go(items[at - 1])),
    u: last && edits(me) ? undo : undefined,
  });

  const filtered = filter.integration !== undefined || filter.search !== undefined;
  return (
    <>
      <Head title="Unmatched">
        {list.data && <span>{plural(list.data.count ?? items.length, 'identifier')} waiting</span>}
        <span>most rows first</span>
      </Head>
      <div class="bar">
        <Search label="Part of an identifier or of its other cells" value={filter.search ?? null}
          set={search => place.set({ search, after: null, key: null })} />
        <Select label="Integration" value={filter.integration ?? null}
          set={integration => place.set({ integration, after: null, key: null })}
          options={choicesOf(integrations.data)} />
      </div>
      <Shown of={list} what="Unmatched identifiers">
        {page => items.length === 0 && said.length === 0 && !item && !after
          ? filtered
            ? <Empty title="No identifier fits">
              <p>Identifiers wait, but none with all of this, or all of these are resolved.</p>
              <div class="btns"><a class="btn" href="/ui/unmatched">Show all</a></div>
            </Empty>
            : <Empty title="Every row found its account" done>
              <p>Where a file names a customer that nobody knows, it waits here until somebody says who it is.</p>
              <div class="btns"><a class="btn" href="/ui/runs">To the runs</a></div>
            </Empty>
          : (
            <>
              {back.problem && <ErrorBox problem={back.problem} />}
              <div class="queue">
                <Queue items={items} chosen={item} said={said} next={page.next} after={after ?? null} undo={undo}
                  last={last} busy={back.busy} ended={list.again} />
                {item
                  ? <Item key={idOfUnmatched(item)} item={item} position={at < 0 ? null : `${at + 1} of ${items.length}`} busy={work.busy}
                    problem={work.problem} say={say} moved={moved.current}
                    skip={items[at + 1] && (() => go(items[at + 1]))} />
                  : <Nobody missing={elsewhere.data !== null} next={items.length > 0 ? place.to({ key: null }) : null} />}
              </div>
              <KeyLine />
            </>
          )}
      </Shown>
      <Resolutions name={`${said.length} ${back.busy}`} changed={list.again} />
    </>
  );
}

/** Of a link. */
async function find(id: string): Promise<{ found?: Identifier }> {
  const [integration, , ...rest] = id.split('/');
  const page = await answer(api.GET('/unmatched', { params: { query: { integration, search: rest.join('/'), top } } }));
  return { found: page.items.find(one => idOfUnmatched(one) === id) };
}

const Nobody = ({ missing, next }: { missing: boolean; next: string | null }) => (
  <section class="item" aria-label="Nothing is chosen">
    {missing
      ? <Empty title="It doesn’t wait any more" done>
        <p>Somebody said who it is, or an account has it by now.</p>
        {next !== null && <div class="btns"><a class="btn" href={next}>To the first that waits</a></div>}
      </Empty>
      : <Empty title="All of these are said" done><p>What was released is imported by runs of its own.</p></Empty>}
  </section>
);
