import { answer, api } from '../../../api/client';
import type { Problem } from '../../../api/problem';
import { useAnswer } from '../../../api/useAnswer';
import { ErrorBox, Shown } from '../../../parts/States';
import { Lines } from './Lines';

/** A file that can't be taken for a table: why, and its first lines, so that somebody sees what it is. */
export default function Broken({ upload, problem, again }: { upload: string; problem: Problem; again: () => void }) {
  const lines = useAnswer(
    problem.status === 422 ? `lines ${upload}` : null, () => answer(api.GET('/uploads/{upload}/lines', { params: { path: { upload } } })));
  return (
    <>
      <ErrorBox problem={problem} again={again} what="A proposal for it" />
      {problem.status === 422 && <Shown of={lines} what="Its first lines">{said => <Lines lines={said} />}</Shown>}
    </>
  );
}
