import { useRef, useState } from 'preact/hooks';
import { answer, api } from '../../api/client';
import type { Unmatched } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { useSettled } from '../../parts/fields/useSettled';
import { usePageKeys } from '../../parts/keys';
import { ErrorBox } from '../../parts/States';

export interface Named {
  readonly id: string;
  readonly name: string;
}

const most = 5;

/** Who it may be, each with its reason and a number to choose it by; or any other account. */
export function Candidates({ item, chosen, choose }: { item: Unmatched; chosen: Named | null; choose: (account: Named) => void }) {
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const others = useAnswer(settled ? `accounts ${settled}` : null, () => answer(api.GET(
    '/accounts', { params: { query: { search: settled, top: most } } })));
  const list = useRef<HTMLUListElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const known = item.candidates.map(one => one.id);
  const found = text.trim() ? (others.data?.items ?? []).filter(one => !known.includes(one.id)) : [];
  const options = [
    ...item.candidates.map(one => ({ id: one.id, name: one.name, why: one.why, score: one.score as number | null })),
    ...found.map(one => ({ id: one.id, name: one.name, why: [one.crmId, ...one.domains].filter(Boolean).join(', '), score: null })),
  ];
  usePageKeys(Object.fromEntries([
    ...options.slice(0, 9).map((one, at) => [`${at + 1}`, () => choose(one)] as const),
    ...(options.length < 9 ? [[`${options.length + 1}`, () => field.current?.focus()] as const] : []),
  ]));
  const take = (event: KeyboardEvent) => {
    const first = found[0];
    if (event.key !== 'Enter' || !first || settled !== text.trim()) return;
    event.preventDefault();
    choose(first);
    list.current?.querySelector<HTMLInputElement>(`input[value="${CSS.escape(first.id)}"]`)?.focus();
  };
  return (
    <fieldset>
      <legend class="before">Which account is it?</legend>
      <ul class="cand" ref={list}>
        {options.map((one, at) => (
          <li key={one.id}>
            <label>
              <input type="radio" name="account" value={one.id} checked={chosen?.id === one.id} onChange={() => choose(one)} />
              <kbd aria-hidden="true">{at + 1}</kbd>
              <span><b>{one.name}</b><span class="sub"><code>{one.id}</code></span></span>
              <span class="soft">{one.why}</span>
              <span class="soft n">{one.score === null ? 'searched' : `${Math.round(one.score * 100)} % alike`}</span>
            </label>
          </li>
        ))}
        <li class="other">
          <kbd aria-hidden="true">{options.length + 1}</kbd>
          <label class="field">
            <span>Another account, by a part of its name, id or keys</span>
            <input ref={field} type="text" autocomplete="off" value={text} onKeyDown={take}
              onInput={event => setText(event.currentTarget.value)} />
          </label>
          <span class="soft small" role="status">
            {settled && others.data && found.length === 0 && 'No other account has that.'}
          </span>
        </li>
      </ul>
      {others.problem && <ErrorBox problem={others.problem} again={others.again} what="Accounts" />}
    </fieldset>
  );
}
