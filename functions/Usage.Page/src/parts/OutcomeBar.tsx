import type { RowOutcome, Run } from '../api/types';
import { Icon } from './Icon';
import { runAt } from './place';
import { number, outcomeOrder, outcomes } from './words';

const fills: Readonly<Record<string, string>> = { ok: 'f-ok', warn: 'f-warn', wait: 'f-wait', bad: 'f-bad', off: 'f-off' };
const gap = 2;
const whole = 1_000;

/** Parts that add up: a small one is never under a hundredth of the width, so the figures are the truth, not the lengths. */
export function OutcomeBar({ rows, mini }: { rows: Run['rows']; mini?: boolean }) {
  const parts = outcomeOrder.filter(outcome => rows[outcome] > 0);
  const least = mini ? 40 : 10;
  const room = whole - gap * Math.max(0, parts.length - 1);
  const small = parts.filter(outcome => rows[outcome] / rows.read * room < least);
  const rest = parts.filter(outcome => !small.includes(outcome)).reduce((sum, outcome) => sum + rows[outcome], 0);
  let left = 0;
  return (
    <svg class={`obar ${mini ? 'mini' : ''}`} viewBox={`0 0 ${whole} 12`} preserveAspectRatio="none" role="img"
      aria-label={parts.map(outcome => `${number(rows[outcome])} ${outcomes[outcome].word.toLowerCase()}`).join(', ') || 'no rows'}>
      {parts.length === 0 && <rect class="f-none" width={whole} height="12" />}
      {parts.map(outcome => {
        const width = small.includes(outcome) ? least : rows[outcome] / rest * (room - small.length * least);
        const at = left;
        left += width + gap;
        const fill = outcome === 'ambiguous' ? { fill: 'url(#p-wait)' } : outcome === 'superseded' ? { fill: 'url(#p-off)' }
          : { class: fills[outcomes[outcome].tone] };
        return <rect key={outcome} x={at} width={width} height="12" {...fill} />;
      })}
    </svg>
  );
}

/** The bar's legend, its links and its sum. */
export const OutcomeParts = ({ run, open, chosen, at = outcome => runAt(run.id, `/rows?outcome=${outcome}`) }: {
  run: Run; open: boolean; chosen?: string | null; at?: (outcome: RowOutcome) => string;
}) => (
  <ul class="parts">
    {outcomeOrder.map(outcome => {
      const { word, icon, tone } = outcomes[outcome];
      const count = run.rows[outcome];
      const mark = <span class={count > 0 ? tone : 'off'}><Icon name={icon} /></span>;
      return (
        <li key={outcome}>
          {open && count > 0
            ? (
              <a href={at(outcome)} aria-current={chosen === outcome ? 'true' : undefined}>
                <span class="v">{number(count)}</span>{mark}<span class="w">{word}</span>
              </a>
            )
            : <span class="nil"><span class={`v ${count === 0 ? 'zero' : ''}`}>{number(count)}</span>{mark}<span>{word}</span></span>}
        </li>
      );
    })}
    <li><span class="sum"><span class="v">= {number(run.rows.read)}</span><span>rows read</span></span></li>
  </ul>
);

/** Hatches for what colour alone wouldn't tell apart; once in the page. */
export const Patterns = () => (
  <svg class="sprite" aria-hidden="true">
    <pattern id="p-wait" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="f-bg" width="5" height="5" /><path class="p-wait" d="M0 0v5" />
    </pattern>
    <pattern id="p-off" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="f-bg" width="4" height="4" /><path class="p-off" d="M0 0v4" />
    </pattern>
  </svg>
);
