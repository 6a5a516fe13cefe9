import { useMemo, useState } from 'preact/hooks';
import type { Palette } from '../draw/palette';
import { groupBy } from '../model/group';
import { describeCounts, healthOfService } from '../model/health';
import { inOrder } from '../model/name';
import { healthsOf } from '../model/picture';
import type { Service } from '../model/types';
import type { Derived } from '../session/derive';
import type { State } from '../session/state';
import { useSession } from './hooks';
import { HealthSymbol, KindSymbol } from './Symbols';

/** A namespace lists so many at first: thousands of rows are slow, and nobody reads them. */
const PAGE = 100;

/** What is drawn, as a list: for the keyboard, and for those who do not see the canvas. */
export function ServiceList({ state, derived, palette }: { state: State; derived: Derived; palette: Palette }) {
  const groups = useMemo(() => {
    const name = (arn: string, members: readonly Service[]) => state.graph.namespaces.get(arn)?.name ?? members[0]!.namespace;
    return [...groupBy(derived.shown, (service) => service.namespaceArn)]
      .map(([arn, members]) => ({ arn, name: name(arn, members), members: [...members].sort((a, b) => inOrder(a.name, b.name)) }))
      .sort((a, b) => inOrder(a.name, b.name));
  }, [derived.shown, state.graph]);
  const drawn = useMemo(() => new Set(derived.picture.nodes.filter((node) => node.kind === 'namespace').map((node) => node.id)), [derived.picture]);
  return (
    <section class="services" aria-label="Services">
      <div class="section-head">
        <h2>Services</h2>
        <span class="muted">
          {derived.shown.length === state.graph.services.size ? derived.shown.length.toLocaleString('en') : `${derived.shown.length.toLocaleString('en')} of ${state.graph.services.size.toLocaleString('en')}`}
        </span>
      </div>
      <div class="list">
        {groups.map((group) => (
          <NamespaceGroup key={group.arn} state={state} palette={palette} open={drawn.has(group.arn)} {...group} />
        ))}
        {groups.length === 0 && <p class="hint">{state.graph.services.size === 0 ? 'None yet.' : 'Nothing passes the filter.'}</p>}
      </div>
    </section>
  );
}

interface GroupProps {
  readonly state: State;
  readonly palette: Palette;
  readonly open: boolean;
  readonly arn: string;
  readonly name: string;
  readonly members: readonly Service[];
}

function NamespaceGroup({ state, palette, open, arn, name, members }: GroupProps) {
  const session = useSession();
  const [limit, setLimit] = useState(PAGE);
  return (
    <div class="group">
      <button class="group-head" aria-expanded={open} data-namespace={arn} onClick={() => (open ? session.fold(arn) : session.open(arn))}>
        <span class="twist" aria-hidden="true">
          {open ? '▾' : '▸'}
        </span>
        <span class="ellipsis grow" title={name}>
          {name}
        </span>
        <span class="count" title={describeCounts(healthsOf(members))}>
          {members.length.toLocaleString('en')}
        </span>
      </button>
      {open && (
        <ul>
          {members.slice(0, limit).map((service) => (
            <li key={service.arn}>
              <button
                class="service"
                data-arn={service.arn}
                aria-current={state.view.service === service.arn ? 'true' : undefined}
                title={`${service.name}: ${describeCounts(service.healths)}`}
                onClick={() => session.select(service.arn)}
              >
                <KindSymbol kind={service.kinds[0] ?? 'none'} />
                <span class="ellipsis grow">{service.name}</span>
                <span class="count">{service.instances}</span>
                <HealthSymbol health={healthOfService(service)} palette={palette} />
              </button>
            </li>
          ))}
          {members.length > limit && (
            <li>
              <button class="link" onClick={() => setLimit(limit + 5 * PAGE)}>
                {`${(members.length - limit).toLocaleString('en')} more …`}
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
