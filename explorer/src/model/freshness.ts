import type { ScopeState } from './types';

export interface Freshness {
  readonly state: 'fresh' | 'stale' | 'unknown';
  /** The highest version of all scopes; 0 where nothing was written yet. */
  readonly version: number;
  /** When the oldest of the scopes' registries was read. */
  readonly capturedAt: Date | undefined;
  readonly ageSeconds: number;
}

export const STALE_AFTER_MINUTES = 15;

/** A graph of several scopes is as fresh as the oldest of them. */
export function freshnessOf(states: readonly ScopeState[], now: Date, staleAfterMinutes: number): Freshness {
  const captured = states.flatMap((state) => (state.capturedAt === null ? [] : [Date.parse(state.capturedAt)])).filter(Number.isFinite);
  const version = Math.max(0, ...states.map((state) => state.version));
  if (captured.length === 0) return { state: 'unknown', version, capturedAt: undefined, ageSeconds: 0 };
  const oldest = Math.min(...captured);
  // A clock that is behind the producer's would make the age negative.
  const ageSeconds = Math.max(0, Math.round((now.getTime() - oldest) / 1000));
  const state = ageSeconds > staleAfterMinutes * 60 ? 'stale' : 'fresh';
  return { state, version, capturedAt: new Date(oldest), ageSeconds };
}

export function ago(seconds: number): string {
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} days ago`;
}
