import { useState } from 'preact/hooks';
import type { Run } from '../../api/types';
import { Text } from '../../parts/Look';
import { FixDialog } from './FixDialog';
import { plural } from '../../parts/words';

/** One text of a column becomes another, in all rejected rows. */
export function FixRule({ run, rule, close }: { run: Run; rule: { column: string; found: string; count: number }; close: () => void }) {
  const [becomes, setBecomes] = useState('');
  const body = { rules: [{ column: rule.column, found: rule.found, becomes }] };
  return (
    <FixDialog run={run} title={`Fix ${plural(rule.count, 'cell')} by a rule`} body={body} close={close}>
      <p>In rejected rows, <Text>{rule.found}</Text> in <code>{rule.column}</code> is read as:</p>
      <label class="field">
        <span>What it becomes; nothing makes the cell blank</span>
        <input type="text" autocomplete="off" value={becomes} onInput={event => setBecomes(event.currentTarget.value)} />
      </label>
    </FixDialog>
  );
}
