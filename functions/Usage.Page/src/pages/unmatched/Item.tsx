import { useEffect, useRef, useState } from 'preact/hooks';
import { edits, useMe } from '../../api/me';
import type { Problem } from '../../api/problem';
import type { Unmatched } from '../../api/types';
import { Icon } from '../../parts/Icon';
import { usePageKeys } from '../../parts/keys';
import { Status, Text } from '../../parts/Look';
import { runAt } from '../../parts/place';
import { ErrorBox } from '../../parts/States';
import { dateWords, Time } from '../../parts/Time';
import { keyKinds, outcomes, plural } from '../../parts/words';
import { Candidates, type Named } from './Candidates';
import type { Word } from './choices';
import { CreateDialog } from './CreateDialog';
import { IgnoreDialog } from './IgnoreDialog';
import { Releases } from './Releases';

/** One identifier: what is known of it, and who it may be. Nobody is chosen beforehand. */
export function Item({ item, position, busy, problem, say, skip, moved }: {
  item: Unmatched;
  position: string | null;
  busy: boolean;
  problem: Problem | null;
  say: (word: Word, name: string) => Promise<void>;
  skip: (() => void) | undefined;
  /** Somebody came here from another one. */
  moved: boolean;
}) {
  const me = useMe();
  const may = edits(me);
  const [account, setAccount] = useState<Named | null>(null);
  const [asks, setAsks] = useState<'create' | 'ignore' | null>(null);
  const [tried, setTried] = useState(false);
  const assign = () => {
    setTried(true);
    if (account) void say({ account: account.id }, account.name);
  };
  const asked = (what: 'create' | 'ignore') => {
    setTried(false);
    setAsks(what);
  };
  const free = may && !busy;
  usePageKeys({
    Enter: free ? assign : undefined,
    c: free ? () => asked('create') : undefined,
    i: free ? () => asked('ignore') : undefined,
  });
  const box = useRef<HTMLElement>(null);
  useEffect(() => { if (moved) box.current?.focus(); }, []);
  const [first, last] = [item.periods[0], item.periods.at(-1)];
  // Exactly these have it.
  const ambiguous = item.candidates.length > 1 && item.candidates.every(one => one.score === 1);
  return (
    <section class="item" ref={box} tabIndex={-1} aria-labelledby="item-key">
      <div>
        <div class="sec">
          <h2 id="item-key"><code class="big-code">{item.key}</code></h2>
          <Status look={ambiguous ? outcomes.ambiguous : outcomes.unmatched} strong />
          {position && <span class="end faint">{position}</span>}
        </div>
        <p class="soft">
          {ambiguous ? `Several accounts have this ${keyKinds[item.by]}.` : `No account has this ${keyKinds[item.by]}.`}
          {' '}First seen <Time at={item.firstSeen} />, last in
          {' '}<a href={runAt(item.lastRun, may ? '/rows?outcome=unmatched' : '')}>a run of {item.integration}</a>.
        </p>
      </div>
      <dl class="facts">
        <dt>Waiting</dt>
        <dd>
          <b>{plural(item.rows, 'row')}</b>, {plural(item.periods.length, 'date')}
          {first && last && `: ${dateWords(first)}${first === last ? '' : ` to ${dateWords(last)}`}`}
        </dd>
        {item.context && Object.keys(item.context).length > 0 && (
          <>
            <dt>Other cells</dt>
            <dd>
              {Object.entries(item.context).map(([column, text]) => (
                <span key={column} class="pair"><code>{column}</code> <Text>{text}</Text> </span>
              ))}
            </dd>
          </>
        )}
      </dl>
      {may
        ? (
          <>
            <Candidates item={item} chosen={account} choose={setAccount} />
            {account && <Releases item={item} word={{ account: account.id }} name={account.name} />}
            {tried && problem && <ErrorBox problem={problem} />}
            <div class="btns">
              <button class="btn main" type="button" disabled={busy || !account} onClick={assign}>
                {account ? `Assign to ${account.name}` : 'Assign'}<kbd aria-hidden="true">Enter</kbd>
              </button>
              <button class="btn" type="button" disabled={busy} onClick={() => asked('create')}>
                Create account<kbd aria-hidden="true">c</kbd>
              </button>
              <button class="btn" type="button" disabled={busy} onClick={() => asked('ignore')}>
                Ignore<kbd aria-hidden="true">i</kbd>
              </button>
              {skip && <button class="btn plain" type="button" onClick={skip}>Skip<kbd aria-hidden="true">j</kbd></button>}
            </div>
            {asks === 'create' && <CreateDialog item={item} busy={busy} problem={problem} say={say} close={() => setAsks(null)} />}
            {asks === 'ignore' && <IgnoreDialog item={item} busy={busy} problem={problem} say={say} close={() => setAsks(null)} />}
          </>
        )
        : <p class="note"><Icon name="info" /><span>An editor says which account it is.</span></p>}
    </section>
  );
}
