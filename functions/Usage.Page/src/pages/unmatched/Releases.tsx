import type { Unmatched } from '../../api/types';
import { useAnswer } from '../../api/useAnswer';
import { Icon } from '../../parts/Icon';
import { runAt } from '../../parts/place';
import { ErrorBox } from '../../parts/States';
import { plural } from '../../parts/words';
import { previewOf, type Word } from './choices';

/** What a word would release; nothing is done. */
export function Releases({ item, word, name }: { item: Unmatched; word: Word; name: string }) {
  const found = useAnswer(`releases ${JSON.stringify([item.integration, item.by, item.key, word])}`, () => previewOf(item, word));
  const said = found.data;
  if (found.problem) return <ErrorBox problem={found.problem} />;
  return (
    <div class="note ok" role="status">
      <Icon name="play" />
      <span>
        {said === null ? 'Looking what that releases.'
          : 'values' in said
            ? (
              <>
                <b>Releases {plural(said.rows, 'row')}: {plural(said.dates, 'date')}, {plural(said.values, 'value')}</b> of {name}, in
                {' '}{plural(said.runs.length, 'run')}. The next file of {item.integration} finds it too.
                <Whole runs={said.runs.filter(one => one.whole).map(one => one.run)} />
              </>
            )
            : <>It releases much: <a class="u" href={runAt(said.runs[0] ?? '')}>a test run counts it</a>.</>}
      </span>
    </div>
  );
}

/** Files that were refused are imported anew, all their rows. */
const Whole = ({ runs }: { runs: readonly string[] }) => runs.length > 0 && (
  <>
    {' '}{runs.length === 1 ? 'One file of which nothing was recorded is' : `${runs.length} files of which nothing was recorded are`}
    {' '}imported whole: {runs.map((run, at) => <>{at > 0 && ', '}<a class="u" href={runAt(run)} key={run}>its run</a></>)}.
  </>
);
