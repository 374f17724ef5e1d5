import { useId } from 'preact/hooks';
import { Status } from '../../../parts/Look';
import { dateWords } from '../../../parts/Time';
import { type Look, plural } from '../../../parts/words';
import { type Choice, chosenOf, columnOf, decide, isDateOrder, questionOf } from '../choices';
import type { StepProps } from '../Wizard';

const open: Look = { word: 'Undecided', icon: 'ask', tone: 'wait' };
const done: Look = { word: 'Chosen', icon: 'ok', tone: 'ok' };

/** A question that the file leaves open: what each answer would make, side by side, and none chosen beforehand. */
export function Answers({ choice, suggestion, kept: { draft, change } }: Omit<StepProps, 'upload'> & { choice: Choice }) {
  const id = useId();
  const chosen = chosenOf(draft, choice);
  const column = suggestion.columns.find(one => one.name === columnOf(choice));
  const question = questionOf(choice);
  return (
    <section aria-labelledby={id}>
      <div class="sec">
        <h2 id={id}>
          {isDateOrder(choice)
            ? `Which date is ${telling(column?.samples) ?? 'it'}?` : `${question.charAt(0).toUpperCase()}${question.slice(1)}?`}
        </h2>
        <Status look={chosen === null ? open : done} strong />
      </div>
      {isDateOrder(choice) && column && (
        <p class="soft before">No cell of <code>{column.name}</code> proves which number is the day: all of them can be read both ways.</p>
      )}
      <fieldset>
        <legend class="vh">{question}</legend>
        <div class="choices">
          {choice.options.map(option => (
            <label class="choice" key={option.value}>
              <input type="radio" name={id} value={option.value} checked={chosen === option.value}
                onChange={() => change(now => decide(now, choice, option.value, suggestion))} />
              <span class="t">
                {isDateOrder(choice) ? <>{orderOf(option.value)} <span class="faint">{option.value}</span></> : option.value}
              </span>
              {isDateOrder(choice) && <Reading column={column} format={option.value} />}
              <span class="soft">{option.makes}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </section>
  );
}

/** One that both readings take for different days. */
const telling = (samples: readonly string[] = []) =>
  samples.find(text => { const [, first, second] = /^(\d+)\D(\d+)\D/.exec(text) ?? []; return first !== second; }) ?? samples[0];

const orderOf = (format: string) => format.startsWith('d') ? 'Day first' : format.startsWith('M') ? 'Month first' : 'As';

function Reading({ column, format }: { column: StepProps['suggestion']['columns'][number] | undefined; format: string }) {
  const reading = column?.dateReadings.find(one => one.format === format);
  return reading
    ? <span class="b">{plural(reading.periods, 'date')}, {dateWords(reading.min)} to {dateWords(reading.max)}</span> : null;
}
