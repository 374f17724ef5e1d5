import type { ComponentChildren } from 'preact';
import { Icon } from '../../parts/Icon';
import { plural } from '../../parts/words';
import { stepAt } from './places';

/** The way back, what is open, and the way on. */
export const Foot = ({ back, children, next }: { back: string; children?: ComponentChildren; next: ComponentChildren }) => (
  <div class="foot">
    <a class="btn" href={back}>Back</a>
    <span class="soft">{children}</span>
    <span class="end">{next}</span>
  </div>
);

export const questionsOpen = (open: number) => `${plural(open, 'question')} ${open === 1 ? 'is' : 'are'} open`;

/** @param open Questions that have to be answered before. */
export const Next = ({ to, word, open = 0 }: { to: string; word: string; open?: number }) => open > 0
  ? <button class="btn main" type="button" disabled>{word}<Icon name="right" /></button>
  : <a class="btn main" href={to}>{word}<Icon name="right" /></a>;

/** What can't go on, and where it is to be answered. */
export const Unanswered = ({ upload, open, lacks }: { upload: string; open: number; lacks: readonly string[] }) => (
  <>
    {open > 0 && (
      <div class="note warn before">
        <Icon name="ask" />
        <span>
          {questionsOpen(open)}, and nothing is guessed.
          {' '}<a class="u" href={stepAt(upload, 'dates')}>Answer {open === 1 ? 'it' : 'them'} first.</a>
        </span>
      </div>
    )}
    {lacks.map(one => (
      <div class="note warn before" key={one}>
        <Icon name="warn" /><span>{one} <a class="u" href={stepAt(upload, 'columns')}>Say it under Columns.</a></span>
      </div>
    ))}
  </>
);
