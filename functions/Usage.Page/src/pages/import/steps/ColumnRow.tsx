import { useState } from 'preact/hooks';
import type { Suggestion } from '../../../api/types';
import { Icon } from '../../../parts/Icon';
import { Status } from '../../../parts/Look';
import { keyKinds, type Look, number, plain } from '../../../parts/words';
import type { SuggestedColumn } from '../draft';
import { createOf, retarget, setType, shownTarget, type Target, targetOf } from '../targets';
import type { StepProps } from '../Wizard';

const sure: Readonly<Record<'sure' | 'likely' | 'unsure', Look>> = {
  sure: { word: 'Sure', icon: 'ok', tone: 'ok' },
  likely: { word: 'Likely', icon: 'half', tone: 'warn' },
  unsure: { word: 'Unsure', icon: 'ask', tone: 'wait' },
};
const said: Look = { word: 'Said', icon: 'user', tone: 'ok' };
const left: Look = { word: 'Left out', icon: 'hollow', tone: 'off' };

/** One column: what it holds, what it is taken for, how sure that is and why. */
export function ColumnRow({ column, suggestion, kept: { draft, change }, dimensions }: {
  column: SuggestedColumn;
  suggestion: Suggestion;
  kept: StepProps['kept'];
  dimensions: readonly (readonly [string, string])[];
}) {
  const target = shownTarget(draft, column);
  const set = (to: Target) => change(now => retarget(now, column, to, suggestion.integration, suggestion.columns));
  const proposed = targetOf(suggestion.integration, column.name);
  const first = column.alternatives[0];
  const create = target.startsWith('dimension:') ? createOf(draft, column.name) : null;
  const isTwice = suggestion.columns.filter(one => one.name.toLowerCase() === column.name.toLowerCase()).length > 1;
  const decided = draft.decided.includes(column.name) || draft.existing !== null;
  const look = target === '' ? sure.unsure : target === 'ignore' ? left : decided ? said : sure[first?.confidence ?? 'likely'];
  return (
    <tr class={target === '' ? 'ask' : ''}>
      <th scope="row">{column.name}</th>
      <td><ul class="samples">{column.samples.slice(0, 3).map(one => <li key={one}>{one}</li>)}</ul></td>
      <td class={`n ${column.blank === 0 ? 'zero' : ''}`}>{number(column.blank)}</td>
      <td>{column.type}<span class="sub">{number(column.distinct)} distinct</span></td>
      <td class="tg">
        <TargetField column={column} suggestion={suggestion} target={target} set={set} dimensions={dimensions} />
        {create && (
          <span class="select">
            <select aria-label={`Type of ${column.name}`} value={create.dataType}
              onChange={event => change(now => setType(now, column.name, event.currentTarget.value as typeof create.dataType))}>
              {types.map(([type, word]) => <option key={type} value={type}>{word}</option>)}
            </select>
            <Icon name="down" />
          </span>
        )}
      </td>
      <td><Status look={look} strong /></td>
      <td class="soft">
        {isTwice ? 'Its name is in the header more than once, so that it can’t be mapped.' : first && plain(first.reason)}
        {target === '' && proposed && first && (
          <div class="btns">
            <button class="btn slim" type="button" onClick={() => set(proposed)}>
              <Icon name="check" />Use: {first.target}<span class="vh"> for {column.name}</span>
            </button>
          </div>
        )}
      </td>
    </tr>
  );
}

const types = [['numeric', 'a number'], ['text', 'a text'], ['boolean', 'yes or no']] as const;

// All targets in each row of a wide table would be most of the page.
const fewColumns = 30;

const fixed: Readonly<Partial<Record<Target, string>>> =
  { metric: 'Names of metrics', value: 'Values of metrics', wide: 'Values of its date' };

function TargetField({ column, suggestion, target, set, dimensions }: {
  column: SuggestedColumn;
  suggestion: Suggestion;
  target: Target;
  set: (target: Target) => void;
  dimensions: readonly (readonly [string, string])[];
}) {
  const [touched, setTouched] = useState(suggestion.columns.length <= fewColumns);
  const word = fixed[target];
  if (word) return <>{word}</>;
  const touch = () => setTouched(true);
  const shown = touched ? dimensions : dimensions.filter(([id]) => target === `dimension:${id}`);
  // A long file's metrics and a wide file's columns are its dimensions.
  const own = suggestion.file.shape === 'columns';
  return (
    <span class={`select ${target === '' ? 'none' : target === 'ignore' ? 'off' : ''}`}>
      <select aria-label={`Target of ${column.name}`} value={target} onFocus={touch} onPointerEnter={touch}
        onChange={event => set(event.currentTarget.value as Target)}>
        {target === '' && <option value="">Choose a target</option>}
        <option value="ignore">Leave out</option>
        <optgroup label="The account, by its">
          {Object.entries(keyKinds).map(([by, name]) => <option key={by} value={`match:${by}`}>Account: {name}</option>)}
        </optgroup>
        <option value="date">Date of each row</option>
        {own && (
          <optgroup label="A dimension">
            {shown.map(([id, name]) => <option key={id} value={`dimension:${id}`}>{name}</option>)}
            <option value="new">A new dimension</option>
          </optgroup>
        )}
      </select>
      <Icon name="down" />
    </span>
  );
}
