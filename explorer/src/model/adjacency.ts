import type { Dependency, Graph } from './types';
import { groupBy } from './group';

/** Who depends on whom, in both directions. */
export interface Adjacency {
  readonly dependsOn: ReadonlyMap<string, readonly Dependency[]>;
  readonly dependents: ReadonlyMap<string, readonly Dependency[]>;
}

const cache = new WeakMap<Graph, Adjacency>();

export function adjacencyOf(graph: Graph): Adjacency {
  let adjacency = cache.get(graph);
  if (adjacency === undefined) {
    adjacency = { dependsOn: groupBy(graph.dependencies, (d) => d.from), dependents: groupBy(graph.dependencies, (d) => d.to) };
    cache.set(graph, adjacency);
  }
  return adjacency;
}
