import { filterServices, isFiltering } from '../model/filter';
import { impactOf, type Impact } from '../model/impact';
import { bundleEnds, pathTo, pictureOf, serviceOfKey, type Picture } from '../model/picture';
import type { Instance, Service } from '../model/types';
import type { Emphasis } from '../draw/canvas';
import type { State } from './state';

/** What follows from the state: computed once for each that differs in what it is made from. */
export interface Derived {
  readonly shown: readonly Service[];
  readonly picture: Picture;
  readonly up: Impact | undefined;
  readonly down: Impact | undefined;
  /** Nodes of one mode keep their places among themselves. */
  readonly mode: string;
}

const NO_INSTANCES: ReadonlyMap<string, readonly Instance[]> = new Map();

export function derive(state: State): Derived {
  const { graph, view, result } = state;
  const service = view.service;
  const up = service !== undefined && view.up !== undefined ? impactOf(graph, service, 'up', view.up) : undefined;
  const down = service !== undefined && view.down !== undefined ? impactOf(graph, service, 'down', view.down) : undefined;

  let shown: Service[] = filterServices(graph, view.filter, state.byInstances);
  let mode = 'all';
  if (result !== undefined && result.services.size + result.others.length > 0) {
    shown = shown.filter((each) => result.services.has(each.arn));
    mode = `query ${result.query}`;
  }
  if (view.only && service !== undefined) {
    const kept = new Set([service, ...(up?.services.keys() ?? []), ...(down?.services.keys() ?? [])]);
    shown = [...graph.services.values()].filter((each) => kept.has(each.arn));
    mode = `only ${service}`;
  } else if (isFiltering(view.filter)) {
    mode += ' filtered';
  }
  // Instances need room beside their service, which the places without them do not leave.
  const drawn = view.instances.filter((arn) => state.opened.has(arn));
  if (drawn.length > 0) mode += ` with instances of ${drawn.join(' ')}`;
  const selected = service === undefined ? undefined : graph.services.get(service);
  const open = selected === undefined || !shown.includes(selected) ? view.open : [...view.open, ...pathTo(selected, shown)];
  // A link may name a service and fold what it stands in: the selected one is drawn.
  const closed = view.closed.filter((each) => each !== selected?.namespaceArn);
  const picture = pictureOf(graph, shown, { open, closed, allArrows: view.allArrows, instances: openedInstances(state), ...others(state) });
  return { shown, picture, up, down, mode };
}

function openedInstances(state: State): ReadonlyMap<string, readonly Instance[]> {
  const drawn = state.view.instances.flatMap((arn) => {
    const instances = state.opened.get(arn)?.instances;
    return instances === undefined ? [] : [[arn, instances] as const];
  });
  if (state.result === undefined && drawn.length === 0) return NO_INSTANCES;
  return new Map([...(state.result?.instances ?? []), ...drawn]);
}

function others(state: State) {
  return state.result === undefined ? {} : { others: state.result.others, otherRelationships: state.result.relationships };
}

/** Which nodes stand out: services, or the aggregates that hold them. */
export function emphasisOf(state: State, derived: Derived): Emphasis {
  const { picture, up, down } = derived;
  const holders = (impact: Impact | undefined) =>
    new Set(
      impact === undefined
        ? []
        : picture.nodes
            .filter((node) => impact.services.has(node.kind === 'instance' ? serviceOfKey(node.id) : node.id) || (node.kind === 'aggregate' && node.services.some((arn) => impact.services.has(arn))))
            .map((node) => node.id),
    );
  const edges = (impact: Impact | undefined) => {
    if (impact === undefined) return new Set<string>();
    const shownBy = new Map(picture.nodes.flatMap((node) => (node.kind === 'aggregate' ? node.services.map((arn) => [arn, node.id] as const) : [])));
    const endOf = bundleEnds(picture.nodes);
    return new Set(
      [...impact.dependencies].map(({ from, to }) => {
        const [source, target] = [shownBy.get(from) ?? from, shownBy.get(to) ?? to];
        return source === from && target === to ? `${from} ${to}` : `${endOf(source, target)} ${endOf(target, source)}`;
      }),
    );
  };
  return {
    selected: state.view.service,
    up: holders(up),
    down: holders(down),
    upEdges: edges(up),
    downEdges: edges(down),
    dimRest: state.view.service !== undefined && (up !== undefined || down !== undefined),
  };
}
