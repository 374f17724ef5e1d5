export interface ProblemError {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** What the API refused, or couldn't do, as it said it; status 0 where nobody answered. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly ProblemError[] = [],
    readonly requestId: string | null = null,
    readonly neededRole: string | null = null,
    /** Of 401: the ways to sign in that there are. */
    readonly signIn: readonly ('entra' | 'key' | 'local')[] = ['key'],
  ) {
    super(`${title}: ${detail}`);
  }

  static unreachable = () =>
    new Problem(0, 'The app does not answer', 'The connection failed. What is shown is as it was; try again.');

  /** Of an answer that isn't what was asked for; a proxy between may have given it. */
  static async of(answer: Response): Promise<Problem> {
    const body: unknown = await answer.clone().json().catch(() => null);
    const said = typeof body === 'object' && body !== null ? body as Partial<Problem> : {};
    return new Problem(
      answer.status,
      said.title ?? `The app answered ${answer.status}`,
      said.detail ?? 'It said nothing more. Try again.',
      said.errors ?? [],
      answer.headers.get('x-request-id'),
      said.neededRole ?? null,
      said.signIn ?? ['key'],
    );
  }
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error
    : error instanceof TypeError ? Problem.unreachable()
      : new Problem(0, 'The page failed', error instanceof Error ? error.message : String(error));
