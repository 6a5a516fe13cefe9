import type { ComponentChildren } from 'preact';
import type { Palette } from '../draw/palette';
import { adjacencyOf } from '../model/adjacency';
import { instanceLinks, serviceLinks, type ConsoleLink } from '../model/console';
import { describeCounts, HEALTH_NAMES, healthOfService } from '../model/health';
import type { Depth, Impact } from '../model/impact';
import { kindName } from '../model/kinds';
import { MOST_INSTANCES } from '../model/picture';
import type { Dependency, Health, Instance, InstanceHealth, Properties, Service, Value } from '../model/types';
import { peoplesOwn } from '../neo4j/load';
import type { Derived } from '../session/derive';
import { failureKey, type State } from '../session/state';
import { useSession } from './hooks';
import { Icon } from './Icon';
import { HealthSymbol, KindSymbol } from './Symbols';

const MOST_LISTED = 200;

interface Props {
  readonly state: State;
  readonly derived: Derived;
  readonly palette: Palette;
}

/** Everything that is known of one service. */
export function Details({ state, derived, palette }: Props) {
  const session = useSession();
  const service = state.view.service === undefined ? undefined : state.graph.services.get(state.view.service);
  if (service === undefined) return null;
  const { dependsOn, dependents } = adjacencyOf(state.graph);
  const health = healthOfService(service);
  const properties = state.opened.get(service.arn)?.properties;
  const own = properties === undefined ? [] : peoplesOwn(service, properties);
  return (
    <aside class="details" data-testid="details" data-arn={service.arn} aria-label={`Service ${service.name}`}>
      <header>
        <KindSymbol kind={service.kinds[0] ?? 'none'} large />
        <div class="grow">
          <h2>{service.name}</h2>
          <p class="muted">{service.namespace}</p>
        </div>
        <button class="close" aria-label="Close the details" onClick={() => session.setView({ service: undefined, up: undefined, down: undefined, only: false })}>
          <Icon name="close" />
        </button>
      </header>
      {service.description !== '' && <p class="description">{service.description}</p>}
      <p class={`state ${health}`}>
        <HealthSymbol health={health} palette={palette} />
        <b>{HEALTH_NAMES[health]}</b>
        <span class="muted">{describeCounts(service.healths)}</span>
      </p>
      <BlastRadius state={state} derived={derived} />
      <Dependencies title="Depends on" dependencies={dependsOn.get(service.arn) ?? []} end="to" unresolved={service.unresolved} {...{ state, palette }} />
      <Dependencies title="Depended on by" dependencies={dependents.get(service.arn) ?? []} end="from" unresolved={[]} {...{ state, palette }} />
      <Instances service={service} {...{ state, palette }} />
      <Section title="Settings">
        <Table rows={settings(service, properties ?? {})} />
        <Links links={serviceLinks(service)} />
      </Section>
      {Object.keys(service.tags).length > 0 && (
        <Section title="Tags and service attributes">
          <Table rows={Object.entries(service.tags)} />
        </Section>
      )}
      {own.length > 0 && (
        <Section title="Added by people">
          <Table rows={own.map(([key, value]) => [key, shown(value)])} />
        </Section>
      )}
    </aside>
  );
}

function BlastRadius({ state, derived }: { state: State; derived: Derived }) {
  const session = useSession();
  const { up, down, only } = state.view;
  return (
    <Section title="What hangs on it">
      <div class="impact">
        <Direction label="Breaks if this goes" name="up" testId="impact-upstream" depth={up} impact={derived.up} />
        <Direction label="This needs" name="down" testId="impact-downstream" depth={down} impact={derived.down} />
      </div>
      {(up !== undefined || down !== undefined) && (
        <label class="check">
          <input type="checkbox" data-testid="impact-only" checked={only} onChange={(event) => session.setView({ only: (event.currentTarget as HTMLInputElement).checked })} />
          Draw only these
        </label>
      )}
    </Section>
  );
}

interface DirectionProps {
  readonly label: string;
  readonly name: 'up' | 'down';
  readonly testId: string;
  readonly depth: Depth | undefined;
  readonly impact: Impact | undefined;
}

function Direction({ label, name, testId, depth, impact }: DirectionProps) {
  const session = useSession();
  const choose = (value: string) => {
    const chosen = value === 'step' || value === 'all' ? value : undefined;
    session.setView(name === 'up' ? { up: chosen } : { down: chosen });
  };
  return (
    <label class={`direction ${name}`}>
      <span class="swatch" aria-hidden="true" />
      <span class="grow">{label}</span>
      <select data-testid={testId} data-count={impact?.services.size ?? ''} value={depth ?? ''} onChange={(event) => choose((event.currentTarget as HTMLSelectElement).value)}>
        <option value="">not shown</option>
        <option value="step">one step</option>
        <option value="all">all the way</option>
      </select>
      <output>{impact === undefined ? '' : impact.services.size}</output>
    </label>
  );
}

interface DependenciesProps {
  readonly title: string;
  readonly dependencies: readonly Dependency[];
  readonly end: 'from' | 'to';
  readonly unresolved: readonly string[];
  readonly state: State;
  readonly palette: Palette;
}

function Dependencies({ title, dependencies, end, unresolved, state, palette }: DependenciesProps) {
  const session = useSession();
  const count = dependencies.length + unresolved.length;
  const named = dependencies
    .flatMap((dependency) => {
      const other = state.graph.services.get(dependency[end]);
      return other === undefined ? [] : [{ dependency, other }];
    })
    .sort((a, b) => a.other.name.localeCompare(b.other.name));
  return (
    <Section title={title} count={count}>
      {count === 0 && <p class="hint">{end === 'to' ? 'No other service.' : 'No service says that it does.'}</p>}
      <ul class="rows">
        {named.slice(0, MOST_LISTED).map(({ dependency, other }) => {
          return (
            <li key={other.arn}>
              <button class="service" data-arn={other.arn} onClick={() => session.select(other.arn)}>
                <KindSymbol kind={other.kinds[0] ?? 'none'} />
                <span class="ellipsis grow">{other.namespace === state.graph.services.get(state.view.service ?? '')?.namespace ? other.name : `${other.namespace}/${other.name}`}</span>
                <span class="source">{dependency.sources.length === 0 ? 'drawn by a person' : dependency.sources.join(' + ')}</span>
                <HealthSymbol health={healthOfService(other)} palette={palette} />
              </button>
            </li>
          );
        })}
        {unresolved.map((target) => (
          <li key={`unresolved ${target}`} class="missing">
            <KindSymbol kind="unresolved" />
            <span class="ellipsis grow">{target}</span>
            <span class="source">not there</span>
          </li>
        ))}
      </ul>
      {named.length > MOST_LISTED && (
        <p class="hint">
          These are {MOST_LISTED} of {named.length.toLocaleString('en')} services.
        </p>
      )}
    </Section>
  );
}

const INSTANCE_HEALTH: Readonly<Record<InstanceHealth, Health>> = { HEALTHY: 'healthy', UNHEALTHY: 'unhealthy', UNKNOWN: 'unknown', NO_CHECK: 'no-check' };

function Instances({ service, state, palette }: { service: Service; state: State; palette: Palette }) {
  const session = useSession();
  const instances = state.opened.get(service.arn)?.instances;
  const failure = state.failures.get(failureKey('opened', service.arn));
  const drawn = state.view.instances.includes(service.arn);
  const toggle = () => session.setView({ instances: drawn ? state.view.instances.filter((arn) => arn !== service.arn) : [...state.view.instances, service.arn] });
  return (
    <Section title="Instances" count={service.instances}>
      {service.instances > 0 && (
        <label class="check">
          <input type="checkbox" data-testid="draw-instances" checked={drawn} onChange={toggle} /> Draw them in the graph
        </label>
      )}
      {drawn && instances !== undefined && instances.length > MOST_INSTANCES && (
        <p class="hint">
          {MOST_INSTANCES} of {instances.length.toLocaleString('en')} are drawn.
        </p>
      )}
      {failure !== undefined && <p class="hint">Settings and instances could not be read{instances === undefined ? '' : ' again'}: {failure}</p>}
      {instances === undefined && failure === undefined && <p class="hint">Reading …</p>}
      <div class="instances" data-testid="details-instances">
        {instances?.slice(0, MOST_LISTED).map((instance) => (
          <InstanceRow key={instance.key} {...{ service, instance, palette }} />
        ))}
      </div>
      {instances !== undefined && instances.length > MOST_LISTED && <p class="hint">These are {MOST_LISTED} of {instances.length.toLocaleString('en')} instances.</p>}
    </Section>
  );
}

function InstanceRow({ service, instance, palette }: { service: Service; instance: Instance; palette: Palette }) {
  const health = INSTANCE_HEALTH[instance.health];
  const { stage, version, AVAILABILITY_ZONE } = instance.attributes;
  return (
    <details class="instance" data-key={instance.key} data-health={instance.health}>
      <summary>
        <HealthSymbol health={health} palette={palette} />
        <KindSymbol kind={instance.kind} />
        <span class="ellipsis grow mono">{instance.name}</span>
        <span class="source">{[stage, version, AVAILABILITY_ZONE].filter((part) => part !== undefined).join(' · ')}</span>
      </summary>
      <Table rows={[['health', HEALTH_NAMES[health]], ['kind', kindName(instance.kind)], ...Object.entries(instance.attributes)]} />
      <Links links={instanceLinks(service, instance)} />
    </details>
  );
}

const CHECKS: Readonly<Record<string, string>> = { NONE: 'none', ROUTE53: 'by Route 53', CUSTOM: 'told by its owner' };

function settings(service: Service, p: Properties): [string, string][] {
  const rows: [string, Value | undefined][] = [
    ['type', p.type],
    ['id', service.id],
    ['ARN', service.arn],
    ['scope', service.scope],
    ['DNS records', p.dns_records],
    ['DNS routing', p.dns_routing_policy],
    ['health check', typeof p.health_check === 'string' ? (CHECKS[p.health_check] ?? p.health_check) : undefined],
    ['check type', p.health_check_type],
    ['check path', p.health_check_path],
    ['failure threshold', p.health_check_failure_threshold],
    ['last changed by update', p.update_id],
  ];
  return rows.flatMap(([name, value]) => (value === undefined || value === null || value === '' ? [] : [[name, shown(value)]]));
}

function shown(value: Value): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map((each) => shown(each as Value)).join(', ') : JSON.stringify(value);
}

function Section({ title, count, children }: { title: string; count?: number; children: ComponentChildren }) {
  return (
    <section>
      <h3>
        {title}
        {count !== undefined && <span class="count">{count}</span>}
      </h3>
      {children}
    </section>
  );
}

function Table({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Links({ links }: { links: readonly ConsoleLink[] }) {
  if (links.length === 0) return null;
  return (
    <p class="links">
      {links.map(({ label, url }) => (
        <a key={url} href={url} target="_blank" rel="noopener noreferrer">
          {label} <span aria-hidden="true">↗</span>
          <span class="hidden"> in the AWS console, in a new tab</span>
        </a>
      ))}
    </p>
  );
}
