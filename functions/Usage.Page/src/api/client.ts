import type { paths } from '@schema';
import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem';

const stored = 'usage-key';

/** The key of somebody who typed one: for this tab, and until it is closed. */
export const key = {
  get: () => sessionStorage.getItem(stored),
  set: (value: string) => sessionStorage.setItem(stored, value),
  forget: () => sessionStorage.removeItem(stored),
};

/** The platform's own sign-in in front of the app, where there is one. Back at the page that was asked for afterwards. */
export const gate = {
  signIn: () => `/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(location.pathname + location.search)}`,
  signOut: '/.auth/logout?post_logout_redirect_uri=%2Fui%2F',
};

const signed: Middleware = {
  onRequest({ request }) {
    const found = key.get();
    if (found) request.headers.set('x-functions-key', found);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await Problem.of(response);
    return response;
  },
};

/** The only way to the API. Answers with a tag are asked for again by it: the browser keeps them, and a 304 costs nothing. */
export const api = createClient<paths>({ baseUrl: '/api' });
api.use(signed);

/** What was answered; a refusal has been thrown before. */
export async function answer<T>(asked: Promise<{ data?: T }>): Promise<T> {
  const { data } = await asked;
  if (data === undefined) throw new Problem(0, 'The app answered nothing', 'It should have. Try again.');
  return data;
}

/** Something as it is stored, and the tag of that version: whoever changes it says which one they saw. */
export interface Tagged<T> {
  readonly value: T;
  readonly tag: string;
}

export async function tagged<T>(asked: Promise<{ data?: T; response: Response }>): Promise<Tagged<T>> {
  const { response } = await asked;
  return { value: await answer(asked), tag: response.headers.get('etag') ?? '' };
}

/** Saves a file: by its address where the browser is let in itself, else through the page, which has the key. */
export async function download(path: string, name: string): Promise<void> {
  const link = document.createElement('a');
  link.download = name;
  link.href = `/api${path}`;
  const found = key.get();
  if (found) {
    const file = await fetch(link.href, { headers: { 'x-functions-key': found } });
    if (!file.ok) throw await Problem.of(file);
    link.href = URL.createObjectURL(await file.blob());
  }

  link.click();
  if (found) setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
