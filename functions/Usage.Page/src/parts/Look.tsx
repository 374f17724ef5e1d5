import { Icon } from './Icon';
import type { Look } from './words';

/** Icon, word and colour: never colour alone. */
export const Status = ({ look, strong }: { look: Look; strong?: boolean }) => (
  <span class={`st ${look.tone} ${strong ? 'strong' : ''}`}>
    <Icon name={look.icon} class={look.icon === 'ring' ? 'spin' : ''} />{look.word}
  </span>
);

/** A text as it stands in a file: blanks at its ends can be seen. */
export const Text = ({ children }: { children: string }) => (
  <span class={`val ${children.length <= short ? 'nw' : ''}`}>{children === '' ? ' ' : children}</span>
);

// Longer ones wrap.
const short = 24;
