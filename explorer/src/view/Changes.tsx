import { groupBy } from '../model/group';
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
  const updates = [...groupBy(state.changes, (change) => `${change.version} ${change.scope}`).values()].slice(0, MOST_UPDATES);
  return (
    <aside class="panel" data-testid="changes" aria-label="What changed">
      <header>
        <h2>What changed</h2>
        <button class="close" aria-label="Close" onClick={() => session.setView({ panel: undefined })}>
          <Icon name="close" />
        </button>
      </header>
      {updates.length === 0 && <p class="hint">No update has changed anything yet.</p>}
      {updates.map((changes) => (
        <Update key={`${changes[0]!.version} ${changes[0]!.scope}`} state={state} changes={changes} />
      ))}
    </aside>
  );
}

function Update({ state, changes }: { state: State; changes: readonly Change[] }) {
  const first = changes[0]!;
  const count = (kind: string) => changes.filter((change) => change.kind === kind).length;
  return (
    <section data-version={first.version}>
      <h3>
        {new Date(first.at.replace(/\[.*\]$/, '')).toLocaleString()}
        <span class="count">
          +{count('added')} ~{count('changed')} −{count('removed')}
        </span>
      </h3>
      <p class="muted">
        {first.scope}, version {first.version}
      </p>
      <ul class="rows">
        {changes.slice(0, MOST_OF_ONE).map((change) => (
          <li key={`${change.kind} ${change.label} ${change.key}`}>
            <ChangeRow state={state} change={change} />
          </li>
        ))}
      </ul>
      {changes.length > MOST_OF_ONE && <p class="hint">{changes.length - MOST_OF_ONE} more</p>}
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
