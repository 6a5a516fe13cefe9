import { MOST_CHANGES, updatesOf, type Update as UpdateOf } from '../model/changes';
import { serviceOfKey } from '../model/picture';
import type { Change } from '../model/types';
import type { State } from '../session/state';
import { useSession } from './hooks';
import { Icon } from './Icon';

const MOST_UPDATES = 30;
const MOST_OF_ONE = 40;
const SIGNS: Readonly<Record<string, string>> = { added: '+', changed: '~', removed: '−' };

/** The last updates that changed something, and what. */
export function Changes({ state }: { state: State }) {
  const session = useSession();
  const all = updatesOf(state.changes, state.states);
  const updates = all.slice(0, MOST_UPDATES);
  return (
    <aside class="panel" data-testid="changes" aria-label="What changed">
      <header>
        <h2>What changed</h2>
        <button class="close" aria-label="Close" onClick={() => session.setView({ panel: undefined })}>
          <Icon name="close" />
        </button>
      </header>
      {updates.length === 0 && <p class="hint">No update has changed anything yet.</p>}
      {updates.map((update) => (
        <Update key={`${update.version} ${update.scope}`} state={state} update={update} />
      ))}
      {updates.length < all.length && (
        <p class="hint">
          These are {updates.length} of {all.length} updates that were read.
        </p>
      )}
      {state.changes.length >= MOST_CHANGES && <p class="hint">The newest {MOST_CHANGES} changes are read; what is older is in the graph, and in the question of the last hour.</p>}
    </aside>
  );
}

function Update({ state, update }: { state: State; update: UpdateOf }) {
  const { changes, total } = update;
  const listed = Math.min(changes.length, MOST_OF_ONE);
  return (
    <section data-version={update.version}>
      <h3>
        {new Date(update.at.replace(/\[.*\]$/, '')).toLocaleString()}
        <span class="count">
          {total === undefined && 'at least '}+{update.added} ~{update.changed} −{update.removed}
        </span>
      </h3>
      <p class="muted">
        {update.scope}, version {update.version}
      </p>
      <ul class="rows">
        {changes.slice(0, MOST_OF_ONE).map((change) => (
          <li key={`${change.kind} ${change.label} ${change.key}`}>
            <ChangeRow state={state} change={change} />
          </li>
        ))}
      </ul>
      {listed < (total ?? Infinity) && <p class="hint">These are {listed} of {total === undefined ? `at least ${changes.length}` : total.toLocaleString('en')} changes.</p>}
    </section>
  );
}

function ChangeRow({ state, change }: { state: State; change: Change }) {
  const session = useSession();
  const arn = change.label === 'Instance' ? serviceOfKey(change.key) : change.key;
  const service = state.graph.services.get(arn);
  const content = (
    <>
      <span class={`sign ${change.kind}`} aria-label={change.kind}>
        {SIGNS[change.kind] ?? '?'}
      </span>
      <span class="ellipsis grow" title={change.key}>
        {change.name}
        {change.label === 'Instance' && service !== undefined && <span class="muted"> of {service.name}</span>}
      </span>
      <span class="source">{change.label.toLowerCase()}</span>
    </>
  );
  if (service === undefined && !state.graph.namespaces.has(change.key)) return <span class="service gone">{content}</span>;
  return (
    <button class="service" data-key={change.key} onClick={() => (service === undefined ? session.open(change.key) : session.select(service.arn))}>
      {content}
    </button>
  );
}
