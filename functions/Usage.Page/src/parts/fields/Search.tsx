import { useEffect, useRef } from 'preact/hooks';

const pause = 400;

/** Searches while somebody types, once they pause. */
export function Search({ label, value, set }: { label: string; value: string | null; set: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = value ?? '';
  }, [value]);
  const type = (text: string) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => set(text.trim()), pause);
  };
  return (
    <input ref={field} type="search" aria-label={label} placeholder={label} size={Math.max(24, label.length)} defaultValue={value ?? ''}
      onInput={event => type(event.currentTarget.value)} />
  );
}
