import { adjacencyOf } from './adjacency';
import type { Dependency, Graph } from './types';

/** `up`: who depends on it, and breaks with it. `down`: on whom it depends, and whose failure it feels. */
export type Direction = 'up' | 'down';

/** One step, or all the way. */
export type Depth = 'step' | 'all';

export interface Impact {
  /** The services reached, each with its distance in steps; the start is not among them unless a circle leads back. */
  readonly services: ReadonlyMap<string, number>;
  readonly dependencies: ReadonlySet<Dependency>;
}

/** Walks breadth first, so that a distance is the shortest; circles end where they close. */
export function impactOf(graph: Graph, start: string, direction: Direction, depth: Depth): Impact {
  const { dependsOn, dependents } = adjacencyOf(graph);
  const next = direction === 'up' ? dependents : dependsOn;
  const services = new Map<string, number>();
  const dependencies = new Set<Dependency>();
  let frontier = [start];
  for (let distance = 1; frontier.length > 0; distance++) {
    const reached: string[] = [];
    for (const arn of frontier) {
      for (const dependency of next.get(arn) ?? []) {
        const other = direction === 'up' ? dependency.from : dependency.to;
        if (!graph.services.has(other)) continue;
        dependencies.add(dependency);
        if (!services.has(other)) {
          services.set(other, distance);
          if (other !== start) reached.push(other);
        }
      }
    }
    frontier = depth === 'all' ? reached : [];
  }
  return { services, dependencies };
}
