import { useEffect, useRef } from 'preact/hooks';
import type { Unmatched } from '../../api/types';
import { Icon } from '../../parts/Icon';
import { idOfUnmatched, usePlace } from '../../parts/place';
import { keyKinds, plural } from '../../parts/words';
import type { Choice } from './choices';
import { Said } from './Said';

/** What waits, most rows first, and what was said of those that have gone from it. */
export function Queue({ items, chosen, said, next, after, last, undo, busy, ended }: {
  items: readonly Unmatched[];
  chosen: Unmatched | undefined;
  said: readonly Choice[];
  next: string | null;
  after: string | null;
  last: Choice | undefined;
  undo: () => void;
  busy: boolean;
  ended: () => void;
}) {
  const place = usePlace();
  const list = useRef<HTMLOListElement>(null);
  const id = chosen && idOfUnmatched(chosen);
  useEffect(() => { list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }); }, [id]);
  return (
    <div class="side-list">
      <ol ref={list} aria-label="Identifiers, most rows first">
        {items.map(one => (
          <li key={idOfUnmatched(one)}>
            <a href={place.to({ key: idOfUnmatched(one) })} aria-current={one === chosen ? 'true' : undefined}>
              <code>{one.key}</code><span class="r b">{plural(one.rows, 'row')}</span>
              <small>{one.integration}, {keyKinds[one.by]}</small><small class="r">{plural(one.periods.length, 'date')}</small>
            </a>
          </li>
        ))}
      </ol>
      {(after !== null || next !== null) && (
        <div class="btns pager">
          {after !== null && <a class="btn slim" href={place.to({ after: null, key: null })}>To the beginning</a>}
          {next !== null && <a class="btn slim" href={place.to({ after: next, key: null })}>Next<Icon name="right" /></a>}
        </div>
      )}
      {said.length > 0 && (
        <ul aria-label="Said just now">
          {[...said].reverse().slice(0, shown).map(choice => (
            <Said key={idOfUnmatched(choice.item)} choice={choice} ended={ended}
              undo={choice === last && !busy ? undo : undefined} />
          ))}
        </ul>
      )}
    </div>
  );
}

const shown = 5;
