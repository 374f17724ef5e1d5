import { useEffect } from 'preact/hooks';

const off = 'usage-keys-off';

/** Single keys can be switched off: a voice or a shaking hand may press them. */
export const keysAre = {
  on: () => localStorage.getItem(off) === null,
  set: (on: boolean) => { if (on) localStorage.removeItem(off); else localStorage.setItem(off, 'yes'); },
};

const places: Readonly<Record<string, string>> = { t: '/ui/', r: '/ui/runs', a: '/ui/accounts' };

/** `/` searches, `g` and a letter goes somewhere, `?` says which keys there are; never while somebody types. */
export function useKeys(go: (to: string) => void, help: () => void) {
  useEffect(() => {
    let going = 0;
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (!keysAre.on() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')
        || target?.closest('input, select, textarea')) return;
      const to = Date.now() - going < 1_500 ? places[event.key] : undefined;
      going = event.key === 'g' ? Date.now() : 0;
      if (to) go(to);
      else if (event.key === '?') help();
      else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
        if (!field) return;
        event.preventDefault();
        field.focus();
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
