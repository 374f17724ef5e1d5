import { keysAre } from '../../parts/keys';

const keys: readonly (readonly [string, string])[] = [
  ['j', 'next'], ['k', 'previous'], ['1 to 9', 'choose'], ['Enter', 'assign'], ['c', 'create'], ['i', 'ignore'], ['u', 'undo the last'],
  ['/', 'search'], ['?', 'all keys'],
];

/** All of them are buttons too. */
export const KeyLine = () => keysAre.on()
  ? <p class="keys">{keys.map(([key, what]) => <span key={key}><kbd>{key}</kbd> {what}</span>)}</p>
  : <p class="keys">Single keys are off.</p>;
