import { useEffect, useState } from 'preact/hooks';
import { gate, key } from '../api/client';
import type { Problem } from '../api/problem';
import { Icon } from '../parts/Icon';

/** Who isn't known says who they are: by the sign-in in front of the app where there is one, or by a key. */
export function SignIn({ problem, again }: { problem: Problem; again: () => void }) {
  const wrong = key.get() !== null;
  const [text, setText] = useState('');
  const entra = problem.signIn.includes('entra');
  const refused = problem.errors.some(error => error.code === 'no-role');
  useEffect(() => {
    document.title = 'Sign in · Usage';
  }, []);
  const send = (event: Event) => {
    event.preventDefault();
    key.set(text.trim());
    again();
  };
  return (
    <main id="main" class="signin">
      <h1><Icon name="mark" class="acc" /> Usage</h1>
      {refused && <p class="bad" role="alert"><Icon name="cross" /> {problem.detail}</p>}
      {entra && (refused
        ? <a class="btn main" href={gate.signOut}>Sign out, to come in as somebody else</a>
        : <a class="btn main" href={gate.signIn()}>Sign in with your organisation</a>
      )}
      <form class={`field ${wrong ? 'invalid' : ''}`} onSubmit={send}>
        <label for="key" class="small soft">Your key; it is kept in this tab until you close it</label>
        <input id="key" type="password" autocomplete="off" required value={text} aria-invalid={wrong}
          aria-describedby={wrong ? 'key-fault' : undefined} onInput={event => setText(event.currentTarget.value)} />
        {wrong && <span class="small bad" id="key-fault" role="alert"><Icon name="cross" /> {problem.detail}</span>}
        <div class="btns"><button class={`btn ${entra ? '' : 'main'}`} type="submit">Sign in</button></div>
      </form>
      <p class="soft">An admin makes keys, each with a role.</p>
    </main>
  );
}
