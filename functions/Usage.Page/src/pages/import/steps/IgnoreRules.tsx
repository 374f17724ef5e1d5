import { useState } from 'preact/hooks';
import { TextField } from '../../../parts/fields/TextField';
import { Text } from '../../../parts/Look';
import type { Body } from '../draft';

type Rule = NonNullable<NonNullable<Body['file']>['ignoreRows']>[number];

/** Rows that are none, such as totals: by what a cell is or begins with. */
export function IgnoreRules({ rules, set }: { rules: readonly Rule[]; set: (rules: Rule[]) => void }) {
  const [column, setColumn] = useState('');
  const [start, setStart] = useState('');
  const add = (event: Event) => {
    event.preventDefault();
    set([...rules, { column: column.trim() || null, startsWith: start }]);
    setStart('');
  };
  return (
    <section aria-labelledby="ignored">
      <div class="sec"><h2 id="ignored">Lines that are no rows</h2><p>A try says how many each leaves out</p></div>
      <ul class="plain-list before">
        {rules.map((rule, at) => (
          <li key={`${rule.column} ${rule.equals} ${rule.startsWith}`}>
            {rule.column ? <><code>{[rule.column].flat().join(' or ')}</code> </> : 'the line '}
            {rule.equals !== null && rule.equals !== undefined
              ? <>is <Text>{rule.equals}</Text></> : <>begins with <Text>{rule.startsWith ?? ''}</Text></>}
            {' '}<button class="btn slim plain" type="button" onClick={() => set(rules.filter((_, place) => place !== at))}>
              Take it as a row<span class="vh">: {rule.equals ?? rule.startsWith}</span>
            </button>
          </li>
        ))}
        {rules.length === 0 && <li>None: every line under the header is a row.</li>}
      </ul>
      <form class="bar" onSubmit={add}>
        <TextField label="Leave out rows whose" value={column} set={setColumn} />
        <TextField label="begins with" value={start} set={setStart} required />
        <button class="btn" type="submit">Add</button>
      </form>
    </section>
  );
}
