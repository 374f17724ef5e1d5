import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { answer, api } from '../api/client';
import { edits, useMe } from '../api/me';
import type { Cell, Explanation } from '../api/types';
import { useAction } from '../api/useAction';
import { useAnswer } from '../api/useAnswer';
import { Icon, type IconName } from '../parts/Icon';
import { Text } from '../parts/Look';
import { accountAt, runAt, usePlace } from '../parts/place';
import { ErrorBox, Shown } from '../parts/States';
import { dateWords, Time } from '../parts/Time';
import { UndoDialog } from '../parts/UndoDialog';
import { byWhom, fileName, keyKinds, kinds, plural, shown } from '../parts/words';

/** Where one stored value comes from, and what was there before. */
export default function Explain({ cell, close }: { cell: Cell; close: () => void }) {
  const me = useMe();
  const place = usePlace();
  const box = useRef<HTMLElement>(null);
  const name = `${cell.account} ${cell.product} ${cell.date} ${cell.dimension}`;
  const found = useAnswer(`explain ${name}`, () => answer(api.GET('/explain', { params: { query: cell } })));
  const [undoes, setUndoes] = useState(false);
  const away = useAction();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    const escape = (event: KeyboardEvent) => { if (event.key === 'Escape' && !document.querySelector('dialog[open]')) close(); };
    addEventListener('keydown', escape);
    return () => {
      removeEventListener('keydown', escape);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const take = () => away.run(async () => {
    const made = await answer(api.DELETE('/accounts/{account}/usage/{product}/{date}/{dimension}', { params: { path: cell } }));
    if (made && typeof made === 'object' && 'runId' in made) place.route(runAt(String(made.runId)));
  });
  return (
    <aside class="drawer" ref={box} tabIndex={-1} aria-labelledby="explain-title">
      <div class="top">
        <div>
          <h2 id="explain-title">Where this value comes from</h2>
          <p class="soft">
            <a href={accountAt(cell.account)}>{cell.account}</a>, {cell.product}, {cell.dimension}, {dateWords(cell.date)}
          </p>
        </div>
        <button class="btn plain" type="button" aria-label="Close" onClick={close}><Icon name="close" /></button>
      </div>
      <Shown of={found} what="The explanation">
        {said => (
          <>
            <div>
              <p class="hero">{shown(said.value)}</p>
              {said.kind && <p class="soft">{kinds[said.kind]} {byWhom(said.by)}</p>}
            </div>
            <Chain said={said} />
            {said.merged && said.merged.count > 1 && <Merged said={said} />}
            <Earlier said={said} />
            {edits(me) && said.run && (
              <div>
                <h3 class="before">Put it back</h3>
                <p class="soft before">Only this value goes back. The undo is a run of its own and can be undone.</p>
                <div class="btns">
                  <button class="btn bad" type="button" onClick={() => setUndoes(true)}><Icon name="undo" />Undo this value</button>
                  <button class="btn plain" type="button" disabled={away.busy} onClick={take}>Take the value away</button>
                </div>
                {away.problem && <ErrorBox problem={away.problem} />}
              </div>
            )}
            {undoes && said.run && (
              <UndoDialog run={said.run} title="Undo this value?" within={cell} close={() => setUndoes(false)}
                done={undo => place.route(runAt(undo))} />
            )}
          </>
        )}
      </Shown>
    </aside>
  );
}

const Link = ({ icon, word, children }: { icon: IconName; word: string; children: ComponentChildren }) => (
  <li><Icon name={icon} /><span class="k">{word}</span><div>{children}</div></li>
);

/** From the value to the person, one step after the other. */
function Chain({ said }: { said: Explanation }) {
  return (
    <ol class="chain">
      {said.text !== null && (
        <Link icon="text" word="Text"><Text>{said.text}</Text>{said.column && <> in column <code>{said.column}</code></>}</Link>
      )}
      {said.text === null && said.column && <Link icon="text" word="Column"><code>{said.column}</code></Link>}
      {said.row !== null && said.run && (
        <Link icon="table" word="Row"><a href={runAt(said.run, `/rows?row=${said.row}`)}>row {said.row}</a></Link>
      )}
      {said.file && said.run && (
        <Link icon="file" word="File"><a class="code" href={runAt(said.run)}>{fileName(said.file)}</a></Link>
      )}
      {said.run && (
        <Link icon="play" word="Run">
          <a class="code" href={runAt(said.run)}>{said.run}</a>{said.kind && <small>{kinds[said.kind]}</small>}
        </Link>
      )}
      {said.version !== null && said.version > 0 && <Link icon="map" word="Mapping">version {said.version}</Link>}
      {said.matchedBy && <Link icon="rule" word="Rule">the account was found by its {keyKinds[said.matchedBy]}</Link>}
      {said.merged && (
        <Link icon="layers" word="Merged">{plural(said.merged.count, 'row')} took part<small>{said.merged.aggregate}</small></Link>
      )}
      <Link icon="user" word="By">{said.by ?? 'nobody that is known'}{said.at && <small><Time at={said.at} /></small>}</Link>
    </ol>
  );
}

const Merged = ({ said }: { said: Explanation }) => (
  <div>
    <table>
      <caption>Rows that were merged{said.merged && said.merged.count > said.merged.rows.length
        ? `, the first ${said.merged.rows.length} of ${said.merged.count}` : ''}</caption>
      <thead><tr><th scope="col">Row</th><th scope="col">Text</th><th scope="col">Counts</th></tr></thead>
      <tbody>
        {said.merged?.rows.map(row => (
          <tr key={row.row}>
            <th scope="row"><a href={runAt(said.run ?? '', `/rows?row=${row.row}`)}>{row.row}</a></th>
            <td>{row.text === null ? <span class="faint">hidden from your role</span> : <Text>{row.text}</Text>}</td>
            <td>{row.refused ? <span class="st bad"><Icon name="cross" />refused</span> : 'yes'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Earlier = ({ said }: { said: Explanation }) => (
  <div>
    <h3 class="before">What was there before</h3>
    {said.earlier.length === 0 ? <p class="soft">Nothing: this is the first value.</p> : (
      <table>
        <caption class="vh">Earlier values</caption>
        <thead><tr><th scope="col" class="n">Value</th><th scope="col">From</th><th scope="col">By</th></tr></thead>
        <tbody>
          {said.earlier.map((one, at) => (
            <tr key={at}>
              <td class="n">{shown(one.value)}</td>
              <td>
                {one.run
                  ? <a href={runAt(one.run)}>{one.row === null ? '' : `row ${one.row} of `}{fileName(one.file) || one.run}</a>
                  : 'not known'}
                {one.at && <span class="sub"><Time at={one.at} /></span>}
                {one.undoneBy && <span class="sub">undone by <a href={runAt(one.undoneBy)}>a run</a></span>}
              </td>
              <td>{one.by ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </div>
);
