import { answer, api } from '../../../api/client';
import { useAction } from '../../../api/useAction';
import type { Problem } from '../../../api/problem';
import { useAnswer } from '../../../api/useAnswer';
import { usePlace } from '../../../parts/place';
import { ErrorBox } from '../../../parts/States';
import { Foot } from '../Foot';
import { Lines } from './Lines';

/** A file that can't be taken for a table: why, and its first lines, so that somebody sees what it is. */
export default function Broken({ upload, problem, again }: { upload: string; problem: Problem; again: () => void }) {
  // What it is doesn't change: only another file helps.
  const isRefused = problem.status === 422 || problem.status === 400;
  const lines = useAnswer(
    isRefused ? `lines ${upload}` : null, () => answer(api.GET('/uploads/{upload}/lines', { params: { path: { upload } } })));
  const place = usePlace();
  const action = useAction();
  const discard = () => action.run(async () => {
    await api.DELETE('/uploads/{upload}', { params: { path: { upload } } });
    place.route('/ui/import');
  });
  return (
    <>
      <ErrorBox problem={problem} again={isRefused ? undefined : again} what="A proposal for it" />
      {isRefused && lines.data && <Lines lines={lines.data} />}
      {action.problem && <ErrorBox problem={action.problem} />}
      <Foot back="/ui/import"
        next={<button class="btn main" type="button" disabled={action.busy} onClick={discard}>Discard it and choose another</button>} />
    </>
  );
}
