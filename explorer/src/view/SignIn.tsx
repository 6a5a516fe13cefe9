import type { State } from '../session/state';
import { useSession } from './hooks';

/** Asks for what is needed to read; the password goes to the driver, and nowhere else. */
export function SignIn({ state }: { state: State }) {
  const session = useSession();
  const busy = state.phase === 'connecting';
  // What a person typed themselves, or the local run told, needs no warning.
  const linked = state.server.uri === '' && state.view.server !== undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const value = (name: string) => String(new FormData(form).get(name) ?? '');
    void session.connect({ uri: value('uri'), username: value('username'), password: value('password'), database: value('database').trim() });
  };
  return (
    <main class="welcome">
      <form class="card sign-in" data-testid="sign-in" onSubmit={submit}>
        <Brand />
        <p class="lead">Your services, and how they hang together. Sign in to the Neo4j that holds the graph; a user who may only read is enough.</p>
        <label>
          Address
          <input
            name="uri"
            type="text"
            required
            spellcheck={false}
            autocomplete="url"
            placeholder="neo4j+s://example.databases.neo4j.io"
            defaultValue={state.server.uri || (state.view.server ?? '')}
            aria-describedby={linked ? 'linked-address' : undefined}
          />
        </label>
        {linked && (
          <p class="hint" id="linked-address" data-testid="linked-address">
            This address came with the link that you opened. Whoever runs it gets what you sign in with: go on only if you know it to be your Neo4j.
          </p>
        )}
        <label>
          User
          <input name="username" type="text" required autocomplete="username" spellcheck={false} defaultValue={state.server.username || 'neo4j'} />
        </label>
        <label>
          Password
          <input name="password" type="password" autocomplete="current-password" />
        </label>
        <label>
          Database <span class="hint">empty for the user's own</span>
          <input name="database" type="text" autocomplete="off" spellcheck={false} defaultValue={state.server.database} />
        </label>
        {state.error !== undefined && (
          <p class="problem" role="alert" data-testid="connection-error">
            {state.error}
          </p>
        )}
        <button class="primary" type="submit" disabled={busy}>
          {busy ? 'Connecting …' : 'Connect'}
        </button>
        <p class="hint">The password stays in this page's memory. It is not stored, and stands in no address.</p>
      </form>
    </main>
  );
}

export function Brand() {
  return (
    <div class="brand">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <path d="M9 9l14 7-13 8" fill="none" stroke="currentColor" stroke-width="2.5" />
        <circle cx="8" cy="8" r="4.5" fill="currentColor" />
        <circle cx="24" cy="16" r="4.5" fill="currentColor" />
        <circle cx="9" cy="25" r="4.5" fill="currentColor" />
      </svg>
      <span>Cloud Map Graph</span>
    </div>
  );
}
