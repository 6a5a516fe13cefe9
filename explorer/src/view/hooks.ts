import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Session } from '../session/session';
import type { State } from '../session/state';

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('A component outside of the session.');
  return session;
}

export function useSessionState(session: Session): State {
  const [state, setState] = useState(session.state);
  useEffect(() => {
    const update = () => setState(session.state);
    // It may have changed before this effect ran: opened from a file, there is nothing to wait for.
    update();
    return session.subscribe(update);
  }, [session]);
  return state;
}

/** The time, every so many milliseconds. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
