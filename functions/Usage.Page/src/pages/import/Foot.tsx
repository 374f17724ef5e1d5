import type { ComponentChildren } from 'preact';
import { Icon } from '../../parts/Icon';

/** The way back, what is open, and the way on. */
export const Foot = ({ back, children, next }: { back: string; children?: ComponentChildren; next: ComponentChildren }) => (
  <div class="foot">
    <a class="btn" href={back}>Back</a>
    <span class="soft">{children}</span>
    <span class="end">{next}</span>
  </div>
);

export const Next = ({ to, word }: { to: string; word: string }) => <a class="btn main" href={to}>{word}<Icon name="right" /></a>;
