import { useMe, edits, reads } from '../../api/me';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { useAnswer } from '../../api/useAnswer';
import { Head } from '../../parts/Head';
import { Empty, Shown } from '../../parts/States';
import { plural } from '../../parts/words';
import { Arrivals } from './Arrivals';
import { needs } from './needs';
import { FirstTime } from './FirstTime';
import { Todo } from './Todo';

/** What needs a person. */
export default function Today() {
  const me = useMe();
  const { route } = useLocation();
  useEffect(() => { if (!reads(me)) route('/ui/runs', true); }, []);
  const found = useAnswer(reads(me) ? 'today' : null, () => needs(), said => said.items.some(one => one.kind === 'waiting'));
  const now = new Date().toLocaleDateString(
    'en-GB', { timeZone: me.timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  if (!reads(me)) return null;
  return (
    <>
      <Head title="Today">
        <span>{now}</span>
        {found.data && !found.data.isNew && (
          <span>{plural(found.data.items.length, 'thing')} {found.data.items.length === 1 ? 'needs' : 'need'} a person</span>
        )}
      </Head>
      <Shown of={found} what="What needs a person">
        {said => said.isNew ? <FirstTime may={edits(me)} /> : (
          <>
            {said.items.length === 0
              ? <Empty title="Nothing needs you" done>
                <p>No run has failed in the last two weeks, no row waits for an account, and every source answered.</p>
              </Empty>
              : <Todo items={said.items} again={found.again} />}
            <Arrivals integrations={said.integrations} />
          </>
        )}
      </Shown>
    </>
  );
}
