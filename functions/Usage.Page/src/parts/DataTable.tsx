import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../api/useAnswer';
import type { Page } from '../api/types';
import { Icon } from './Icon';
import { Shown } from './States';
import { number } from './words';

export interface Column<T> {
  readonly head: string;
  readonly cell: (item: T) => ComponentChildren;
  readonly number?: boolean;
  /** Names the row. */
  readonly row?: boolean;
}

interface Props<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly items: readonly T[];
  readonly id: (item: T) => string;
  readonly seen?: boolean;
  readonly chosen?: string | null;
  readonly foot?: ComponentChildren;
}

/** A table that scrolls in its own box where it is too wide; the box takes the focus only then. */
export function DataTable<T>({ caption, columns, items, id, seen, chosen, foot }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const look = () => {
      const { current } = box;
      if (current)
        setWide(current.scrollWidth > current.clientWidth + 1 || current.scrollHeight > current.clientHeight + 1);
    };
    look();
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  }, [items, columns.length]);
  const region = wide ? { role: 'region', tabIndex: 0, 'aria-label': `${caption}, table` } as const : {};
  return (
    <div ref={box} class={`scroll ${wide ? 'x' : ''}`} {...region}>
      <table>
        <caption class={seen ? '' : 'vh'}>{caption}</caption>
        <thead>
          <tr>{columns.map(column => <th key={column.head} scope="col" class={column.number ? 'n' : ''}>{column.head}</th>)}</tr>
        </thead>
        <tbody>
          {items.map(item => (
            <tr key={id(item)} class={chosen === id(item) ? 'pick' : ''}>
              {columns.map(column => column.row
                ? <th key={column.head} scope="row">{column.cell(item)}</th>
                : <td key={column.head} class={column.number ? 'n' : ''}>{column.cell(item)}</td>)}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

/** A page of a list that the server cuts. `empty` stands instead of an empty table. */
export function PagedTable<T>({ of, what, empty, after, go, ...table }: Omit<Props<T>, 'items'> & {
  readonly of: Answer<Page<T>>;
  readonly what: string;
  readonly empty: ComponentChildren;
  readonly after: string | null;
  readonly go: (after: string | null) => void;
}) {
  return (
    <Shown of={of} what={what}>
      {page => page.items.length === 0 && page.next === null && after === null ? empty : (
        <>
          {page.items.length > 0
            ? <DataTable {...table} items={page.items} />
            : <p class="soft">{page.next === null ? 'There are no more.' : 'None in this part; the next one may have some.'}</p>}
          <div class="pager">
            <span>{page.count != null ? `${number(page.items.length)} of ${number(page.count)}` : number(page.items.length)}</span>
            <div class="btns">
              {after !== null && <button class="btn slim" type="button" onClick={() => go(null)}>To the beginning</button>}
              {page.next !== null && (
                <button class="btn slim" type="button" onClick={() => go(page.next)}>Next<Icon name="right" /></button>
              )}
            </div>
          </div>
        </>
      )}
    </Shown>
  );
}
