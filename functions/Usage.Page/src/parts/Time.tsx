import { useMe } from '../api/me';

const day = (at: Date, zone: string) => at.toLocaleDateString('en-CA', { timeZone: zone });

function words(at: Date, zone: string): string {
  const time = at.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const now = new Date();
  if (day(at, zone) === day(now, zone)) return `today, ${time}`;
  if (day(at, zone) === day(new Date(now.getTime() - 86_400_000), zone)) return `yesterday, ${time}`;
  const date = at.toLocaleDateString('en-GB', { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' });
  return `${date}, ${time}`;
}

/** An instant in the app's time zone, with UTC where somebody asks for it. */
export function Time({ at }: { at: string }) {
  const { timeZone } = useMe();
  return <time dateTime={at} title={`${at.slice(0, 19).replace('T', ' ')} UTC`}>{words(new Date(at), timeZone)}</time>;
}

const calendar = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
const month = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: 'numeric' });

/** The date of a snapshot: it is no instant, and nothing shifts it. */
export const dateWords = (date: string, period?: string | null): string =>
  (period === 'monthly' || period === 'quarterly' ? month : calendar).format(new Date(`${date}T00:00:00Z`));
