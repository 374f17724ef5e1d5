import { useId } from 'preact/hooks';
import type { Problem } from '../../api/problem';
import { Icon } from '../Icon';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly set: (text: string) => void;
  readonly type?: 'text' | 'date';
  readonly required?: boolean;
  /** What was refused, and the member of the body that this field is: its messages stand beside it. */
  readonly problem?: Problem | null;
  readonly path?: string;
}

export function TextField({ label, value, set, type = 'text', required, problem, path }: Props) {
  const id = useId();
  const faults = problem?.errors.filter(error => path !== undefined && isAt(error.path, path)) ?? [];
  const field = {
    autocomplete: 'off',
    value,
    required,
    'aria-invalid': faults.length > 0,
    'aria-describedby': faults.length > 0 ? id : undefined,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => set(event.currentTarget.value),
  } as const;
  return (
    <label class={`field ${faults.length > 0 ? 'invalid' : ''}`}>
      <span>{label}</span>
      {type === 'date' ? <input type="date" {...field} /> : <input type="text" {...field} />}
      {faults.length > 0 && (
        <span class="small bad" id={id} role="alert">{faults.map(fault => <><Icon name="cross" /> {fault.message} </>)}</span>
      )}
    </label>
  );
}

const isAt = (path: string, member: string) => path === member || path.startsWith(`${member}[`);
