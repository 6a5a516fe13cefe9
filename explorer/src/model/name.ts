import type { Graph, Service } from './types';

/** Finds a service by its ARN, or by a name that only one has, with or without its namespace. */
export function findService(graph: Graph, text: string): Service | undefined {
  const byArn = graph.services.get(text);
  if (byArn !== undefined) return byArn;
  const named = [...graph.services.values()].filter((service) => service.name === text || `${service.namespace}/${service.name}` === text);
  return named.length === 1 ? named[0] : undefined;
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** Orders names as people do: service-2 before service-10. */
export const inOrder = (a: string, b: string): number => collator.compare(a, b);
