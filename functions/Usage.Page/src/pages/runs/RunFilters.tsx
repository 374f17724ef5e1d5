import { useEffect, useRef } from 'preact/hooks';
import { reads, useMe } from '../../api/me';
import type { RunKind, RunStatus } from '../../api/types';
import { useIntegrations } from '../../api/useIntegrations';
import { Icon } from '../../parts/Icon';
import { usePlace } from '../../parts/place';
import { Search } from '../../parts/fields/Search';
import { Select } from '../../parts/fields/Select';
import { kinds, statuses } from '../../parts/words';

/** Each change is a new address, from the first page on. */
export function RunFilters() {
  const me = useMe();
  const place = usePlace();
  const integrations = useIntegrations(reads(me));
  const names = integrations.data?.items.map(one => one.id) ?? me.integrations ?? [];
  const chosen = place.get('status')?.split(',') ?? [];
  const set = (name: string) => (value: string) => place.set({ [name]: value, after: null });
  const toggle = (status: RunStatus) =>
    set('status')((chosen.includes(status) ? chosen.filter(one => one !== status) : [...chosen, status]).join(','));
  return (
    <>
      <div class="bar">
        <Search label="Part of a file’s name or a run’s id" value={place.get('search')} set={set('search')} />
        <Select label="Integration" value={place.get('integration')} set={set('integration')} options={names.map(name => [name, name])} />
        <Select label="Kind" value={place.get('kind')} set={set('kind')} options={Object.entries(kinds) as [RunKind, string][]} />
        <Day label="From" value={place.get('from')} set={set('from')} />
        <Day label="To" value={place.get('to')} set={set('to')} />
        {place.get('by') && (
          <button class="btn slim on" type="button" onClick={() => set('by')('')}>by {place.get('by')}<Icon name="close" /></button>
        )}
      </div>
      <fieldset class="chips before">
        <legend class="vh">Status</legend>
        {(Object.keys(statuses) as RunStatus[]).map(status => (
          <button key={status} class={`btn slim ${chosen.includes(status) ? 'on' : ''}`} type="button"
            aria-pressed={chosen.includes(status)} onClick={() => toggle(status)}>
            <Icon name={chosen.includes(status) ? 'check' : statuses[status].icon} />{statuses[status].word}
          </button>
        ))}
      </fieldset>
    </>
  );
}

function Day({ label, value, set }: { label: string; value: string | null; set: (value: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => { if (field.current && value === null) field.current.value = ''; }, [value]);
  return (
    <label class="field">
      <span>{label}</span>
      <input ref={field} type="date" value={value ?? ''} onChange={event => set(event.currentTarget.value)} />
    </label>
  );
}
