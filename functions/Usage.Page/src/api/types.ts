// What the API answers, by the names of its own document.
import type { components } from '@schema';

type Schemas = components['schemas'];

export type Account = Schemas['Account'];
export type AccountUsage = Schemas['AccountUsage'];
export type Change = Schemas['Change'];
export type Explanation = Schemas['Explanation'];
export type Integration = Schemas['Integration'];
export type IssueValues = Schemas['IssueValues'];
export type Me = Schemas['Me'];
export type Product = Schemas['Product'];
export type Run = Schemas['Run'];
export type RunRow = Schemas['RunRow'];
export type FirstLines = Schemas['FirstLines'];
export type Suggestion = Schemas['Suggestion'];
export type Upload = Schemas['Upload'];
export type Unmatched = Schemas['Unmatched'];

export type RunIssue = Run['issues'][number];
export type RunKind = Run['kind'];
export type RunStatus = Run['status'];
export type RowOutcome = RunRow['outcome'];
export type MatchBy = RunRow['account'] extends infer A | null ? A extends { matchedBy: infer B } ? B : never : never;
export type Value = Change['new'];

/** A part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly count?: number | null;
}

/** Where a stored value is. */
export interface Cell {
  readonly account: string;
  readonly product: string;
  readonly date: string;
  readonly dimension: string;
}
