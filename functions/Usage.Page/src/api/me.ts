import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Me } from './types';

export const MeContext = createContext<Me | null>(null);

/** Who is signed in: inside the shell there is always somebody. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('nobody is signed in');
  return me;
}

/** May change things, and see rows as they came. */
export const edits = (me: Me): boolean => me.role === 'editor' || me.role === 'admin';

/** Raw rows are an editor's, and a dropper's of its own runs are its rejected ones. */
export const reads = (me: Me): boolean => me.role !== 'dropper';
