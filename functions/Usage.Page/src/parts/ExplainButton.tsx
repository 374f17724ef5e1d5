import type { Cell, Value } from '../api/types';
import { asText } from './explained';
import { usePlace } from './place';
import { shown } from './words';

/** A stored value that says where it comes from, in the drawer. */
export function ExplainButton({ cell, value }: { cell: Cell; value: Value }) {
  const place = usePlace();
  const text = asText(cell);
  return (
    <button class="valb" type="button" aria-haspopup="dialog" aria-expanded={place.get('explain') === text}
      onClick={() => place.set({ explain: text })}>
      {shown(value)}<span class="vh">, where it comes from</span>
    </button>
  );
}
