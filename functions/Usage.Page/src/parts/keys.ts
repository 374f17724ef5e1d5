import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

const off = 'usage-keys-off';

/** Single keys can be switched off: a voice or a shaking hand may press them. */
export const keysAre = {
  on: () => localStorage.getItem(off) === null,
  set: (on: boolean) => { if (on) localStorage.removeItem(off); else localStorage.setItem(off, 'yes'); },
};

/** What single keys do, by the key. */
type Keys = Readonly<Record<string, (() => void) | undefined>>;

const places: Readonly<Record<string, string>> =
  { t: '/ui/', i: '/ui/import', r: '/ui/runs', u: '/ui/unmatched', a: '/ui/accounts' };
const open = new Set<{ keys: Keys }>();
const typed = 'input:not([type="radio"], [type="checkbox"]), select, textarea';

/** Keys of a part of the page, while it is shown; the last part that has a key answers it. */
export function usePageKeys(keys: Keys) {
  const mine = useRef({ keys });
  mine.current.keys = keys;
  useLayoutEffect(() => {
    open.add(mine.current);
    return () => { open.delete(mine.current); };
  }, []);
}

/** `/` searches, `g` and a letter goes somewhere, `?` says which keys there are, the page has its own; never while somebody types. */
export function useKeys(go: (to: string) => void, help: () => void) {
  useEffect(() => {
    let going = 0;
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (!keysAre.on() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')
        || target?.closest(typed)) return;
      const to = Date.now() - going < 1_500 ? places[event.key] : undefined;
      going = event.key === 'g' ? Date.now() : 0;
      const act = to ? () => go(to) : event.key === '?' ? help : event.key === '/' ? search
        : [...open].findLast(part => part.keys[event.key])?.keys[event.key];
      // A button or a link that has the focus answers Enter itself.
      if (!act || event.key === 'Enter' && target?.closest('a, button, summary')) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

const search = () => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus();
