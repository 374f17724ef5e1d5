import { Icon } from '../Icon';

interface Props {
  readonly label: string;
  readonly value: string | null;
  readonly set: (value: string) => void;
  readonly options: readonly (readonly [string, string])[];
  /** What is chosen where none of them is. */
  readonly none?: string;
  readonly required?: boolean;
}

/** One of several, or all of them. */
export function Select({ label, value, set, options, none = 'All', required }: Props) {
  return (
    <label class="field">
      <span>{label}</span>
      <span class="select">
        <select value={value ?? ''} onChange={event => set(event.currentTarget.value)}>
          {!required && <option value="">{none}</option>}
          {options.map(([id, word]) => <option key={id} value={id}>{word}</option>)}
          {value && !options.some(([id]) => id === value) && <option value={value}>{value}</option>}
        </select>
        <Icon name="down" />
      </span>
    </label>
  );
}
