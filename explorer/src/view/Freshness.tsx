import { ago, freshnessOf } from '../model/freshness';
import type { State } from '../session/state';
import { useNow } from './hooks';

/** How old what one sees is, always in sight; and what of the registry is not in it. */
export function Freshness({ state }: { state: State }) {
  const now = useNow(5_000);
  const { staleAfterMinutes } = state.view;
  const freshness = freshnessOf(state.states, now, staleAfterMinutes);
  const age = freshness.capturedAt === undefined ? 'no update yet' : ago(freshness.ageSeconds);
  const exactly = freshness.capturedAt === undefined ? '' : `captured ${freshness.capturedAt.toLocaleString()}`;
  const version = freshness.version === 0 ? '' : `version ${freshness.version}`;
  return (
    <div
      class={`freshness ${freshness.state}`}
      data-testid="freshness"
      data-state={freshness.state}
      data-version={freshness.version}
      title={[exactly, version].filter((part) => part !== '').join(', ')}
    >
      <span class="dot" aria-hidden="true" />
      <span>
        {freshness.state === 'stale' && <b>Stale: </b>}captured {age}
        {version !== '' && <span class="version">{version}</span>}
      </span>
    </div>
  );
}

/** What people have to know before they trust the picture. */
export function Warnings({ state }: { state: State }) {
  const now = useNow(5_000);
  const { staleAfterMinutes } = state.view;
  const freshness = freshnessOf(state.states, now, staleAfterMinutes);
  const warnings: { key: string; text: string; urgent: boolean }[] = [];
  if (state.lost !== undefined) {
    warnings.push({ key: 'lost', text: `The database does not answer: ${state.lost} This is the last that was read; it is tried again every 2 seconds.`, urgent: true });
  }
  if (freshness.state === 'stale') {
    warnings.push({
      key: 'stale',
      text: `This picture may be out of date: the registry was last read ${ago(freshness.ageSeconds)}, and more than ${staleAfterMinutes} minutes is too long.`,
      urgent: true,
    });
  }
  for (const scope of state.states) {
    if (scope.heldBack > 0) {
      warnings.push({
        key: `held ${scope.scope}`,
        text: `An update of ${scope.scope} is held back: it would delete ${scope.heldBack} of ${scope.heldBackOf} services, and waits to be confirmed (seen ${scope.heldBackSeen} times).`,
        urgent: true,
      });
    }
    for (const arn of scope.denied) warnings.push({ key: `denied ${arn}`, text: `Not readable for ${scope.scope}, shown as it last was: namespace ${arn}`, urgent: false });
    for (const arn of scope.heldByOthers) warnings.push({ key: `other ${arn}`, text: `Kept by another deployment than ${scope.scope}: namespace ${arn}`, urgent: false });
  }
  // The region is there before its content: one that comes with it is not read out.
  return (
    <div class="warnings" role="status" {...(warnings.length === 0 ? {} : { 'data-testid': 'warnings' })}>
      {warnings.map((warning) => (
        <p key={warning.key} class={warning.urgent ? 'urgent' : ''}>
          <span aria-hidden="true">{warning.urgent ? '▲' : '●'}</span> {warning.text}
        </p>
      ))}
    </div>
  );
}
