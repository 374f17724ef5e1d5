import { useState } from 'preact/hooks';
import { Dialog } from '../parts/Dialog';
import { keysAre } from '../parts/keys';

const keys: readonly (readonly [string, string])[] = [
  ['/', 'Search on this page'], ['g t', 'Today'], ['g i', 'Import'], ['g r', 'Runs'], ['g u', 'Unmatched'], ['g a', 'Accounts'],
  ['j, k', 'Unmatched: the next identifier, the one before'], ['1 to 9', 'Unmatched: choose an account'],
  ['Enter', 'Unmatched: assign to it'], ['c', 'Unmatched: create an account'], ['i', 'Unmatched: ignore the identifier'],
  ['u', 'Unmatched: undo the last choice'], ['?', 'This help'], ['Esc', 'Close what is open'],
];

export function KeyHelp({ close }: { close: () => void }) {
  const [on, setOn] = useState(keysAre.on());
  return (
    <Dialog title="Keys" close={close}>
      <table>
        <caption class="vh">Keys</caption>
        <tbody>{keys.map(([key, what]) => <tr key={key}><th scope="row"><kbd>{key}</kbd></th><td>{what}</td></tr>)}</tbody>
      </table>
      <label class="inline">
        <input type="checkbox" checked={on} onChange={event => { keysAre.set(event.currentTarget.checked); setOn(keysAre.on()); }} />
        Single keys are on
      </label>
      <div class="btns"><button class="btn" type="button" onClick={close}>Close</button></div>
    </Dialog>
  );
}
