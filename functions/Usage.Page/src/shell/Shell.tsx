import type { ComponentChildren } from 'preact';
import { ErrorBoundary, lazy } from 'preact-iso';
import { useEffect, useRef, useState } from 'preact/hooks';
import { gate, key } from '../api/client';
import { edits, reads, useMe } from '../api/me';
import type { Me } from '../api/types';
import { Icon, type IconName } from '../parts/Icon';
import { Patterns } from '../parts/OutcomeBar';
import { asCell, asText } from '../parts/explained';
import { usePlace } from '../parts/place';
import { KeyHelp } from './KeyHelp';
import { useKeys } from '../parts/keys';
import { useNarrow } from './useNarrow';

const Explain = lazy(() => import('./Explain'));

const menu: readonly { to: string; word: string; icon: IconName; may?: (me: Me) => boolean }[] = [
  { to: '/ui/', word: 'Today', icon: 'today' },
  { to: '/ui/import', word: 'Import', icon: 'import', may: edits },
  { to: '/ui/runs', word: 'Runs', icon: 'runs', may: () => true },
  { to: '/ui/unmatched', word: 'Unmatched', icon: 'ask' },
  { to: '/ui/accounts', word: 'Accounts', icon: 'people' },
];

const isIn = (path: string, to: string) => to === '/ui/' ? path === '/ui' || path === '/ui/' : path === to || path.startsWith(`${to}/`);

/** What all pages stand in: menu, who is signed in, the drawer. */
export function Shell({ children }: { children: ComponentChildren }) {
  const me = useMe();
  const place = usePlace();
  const [help, setHelp] = useState(false);
  const cell = reads(me) ? asCell(place.get('explain')) : null;
  useKeys(to => place.route(to), () => setHelp(true));
  const covered = useNarrow() && cell !== null;
  const main = useRef<HTMLElement>(null);
  const before = useRef(place.path);
  // What was chosen is gone: whoever uses keys goes on at the new place, and the menu of a narrow window closes.
  useEffect(() => {
    if (before.current === place.path) return;
    before.current = place.path;
    main.current?.focus();
    const open = document.getElementById('menu');
    if (open?.matches(':popover-open')) open.hidePopover();
  }, [place.path]);
  return (
    <>
      <Patterns />
      <a class="skip" href="#main">Skip to content</a>
      <div class="shell">
        <header class="side" inert={covered}>
          <a class="brand" href="/ui/"><Icon name="mark" />Usage</a>
          <button class="btn fold" type="button" popovertarget="menu"><Icon name="menu" />Menu</button>
          <nav class="menu" id="menu" aria-label="Main" popover="auto">
            <ul>
              {menu.filter(one => (one.may ?? reads)(me)).map(one => (
                <li key={one.to}>
                  <a href={one.to} aria-current={!isIn(place.path, one.to) ? undefined : place.path === one.to ? 'page' : 'true'}>
                    <Icon name={one.icon} />{one.word}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="who">
            <span><b>{me.name}</b> · {me.role}</span>
            <span>Times in {me.timeZone}</span>
            <div class="btns">
              <button class="btn slim plain" type="button" onClick={() => setHelp(true)}>Keys</button>
              {me.signIn === 'key' && (
                <button class="btn slim plain" type="button" onClick={() => { key.forget(); location.reload(); }}>Sign out</button>
              )}
              {me.signIn === 'entra' && <a class="btn slim plain" href={gate.signOut}>Sign out</a>}
            </div>
          </div>
        </header>
        <div class={cell ? 'with-drawer' : ''}>
          <main id="main" ref={main} tabIndex={-1} inert={covered}>{children}</main>
          <ErrorBoundary>
            {cell && <Explain key={asText(cell)} cell={cell} close={() => place.set({ explain: null })} />}
          </ErrorBoundary>
        </div>
      </div>
      {help && <KeyHelp close={() => setHelp(false)} />}
    </>
  );
}
