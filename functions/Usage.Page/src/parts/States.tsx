import type { ComponentChildren } from 'preact';
import type { Answer } from '../api/useAnswer';
import type { Problem } from '../api/problem';
import { Icon } from './Icon';

export const Loading = () => (
  <div aria-busy="true">
    <span class="vh" role="status">Loading</span>
    <span class="skel w3" /><span class="skel w8" /><span class="skel w8" /><span class="skel w5" />
  </div>
);

/** What went wrong, where, and what to do: the rest of the page stays as it is. */
export function ErrorBox({ problem, again, what }: { problem: Problem; again?: () => void; what?: string }) {
  const forbidden = problem.status === 403;
  const title = forbidden ? 'You may not see this' : what ? `${what} could not be loaded` : problem.title;
  const errors = problem.errors.filter(error => error.message !== problem.detail && error.path !== '');
  return (
    <div class="err" role="alert">
      <h2><span class="st bad"><Icon name="cross" />{title}</span></h2>
      <p>{problem.detail}</p>
      {forbidden && problem.neededRole !== null && <p>The role that it needs is <b>{problem.neededRole}</b>; an admin gives roles.</p>}
      {errors.length > 0 && (
        <ul>{errors.map(error => <li key={error.path + error.message}><code>{error.path}</code> {error.message}</li>)}</ul>
      )}
      {problem.requestId && <p class="small faint">Request <code>{problem.requestId}</code></p>}
      <div class="btns">
        {again && !forbidden && <button class="btn slim" type="button" onClick={again}>Retry</button>}
        {problem.requestId && (
          <button class="btn slim plain" type="button" onClick={() => navigator.clipboard?.writeText(problem.requestId ?? '')}>
            Copy request id
          </button>
        )}
      </div>
    </div>
  );
}

/** Shows an answer once it is there; a problem beside what was there before. */
export function Shown<T>({ of, what, children }: { of: Answer<T>; what: string; children: (data: T) => ComponentChildren }) {
  return (
    <>
      {of.problem && <ErrorBox problem={of.problem} again={of.again} what={what} />}
      {of.data !== null ? children(of.data) : of.slow && !of.problem ? <Loading /> : null}
    </>
  );
}

export const Empty = ({ title, children, done }: { title: string; children: ComponentChildren; done?: boolean }) => (
  <div class="empty">
    <h2>{done ? <span class="st ok"><Icon name="ok" />{title}</span> : title}</h2>
    {children}
  </div>
);
