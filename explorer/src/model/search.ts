import type { Graph, Service } from './types';

export interface Match {
  readonly service: Service;
  /** What matched, where it is not the name: `owner=web`. */
  readonly because: string;
}

/** An instance that the database found. */
export interface InstanceMatch {
  readonly serviceArn: string;
  readonly because: string;
}

/** The database tells of so many services that an instance was found for, not of more. */
export const MOST_MATCHES = 60;

const NAME_STARTS = 0;
const NAME_CONTAINS = 1;
const ELSEWHERE = 2;

/** Searches names, ids, ARNs, descriptions, tags and attributes of services; names first. */
export function searchServices(graph: Graph, text: string): Match[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  const ranks: Match[][] = [[], [], []];
  for (const service of graph.services.values()) {
    const because = words.map((word) => whereFound(service, word));
    if (because.some((found) => found === undefined)) continue;
    const name = service.name.toLowerCase();
    const rank = name.startsWith(words[0]!) ? NAME_STARTS : words.every((word) => name.includes(word)) ? NAME_CONTAINS : ELSEWHERE;
    ranks[rank]!.push({ service, because: [...new Set(because.filter((found) => found !== ''))].join(', ') });
  }
  for (const rank of ranks) rank.sort((a, b) => a.service.name.localeCompare(b.service.name));
  return ranks.flat();
}

/** Where a word is found: empty for the name, undefined for nowhere. */
function whereFound(service: Service, word: string): string | undefined {
  if (service.name.toLowerCase().includes(word)) return '';
  if (service.namespace.toLowerCase().includes(word)) return '';
  for (const [key, value] of Object.entries(service.tags)) {
    if (`${key}=${value}`.toLowerCase().includes(word)) return `${key}=${value}`;
  }
  if (service.arn.toLowerCase().includes(word) || service.id.toLowerCase().includes(word)) return service.id;
  if (service.description.toLowerCase().includes(word)) return service.description;
  return service.unresolved.find((target) => target.toLowerCase().includes(word));
}

/** Puts what the database found among instances behind what is known here, each service once. */
export function withInstances(graph: Graph, matches: readonly Match[], found: readonly InstanceMatch[]): Match[] {
  const seen = new Set(matches.map((match) => match.service.arn));
  const more: Match[] = [];
  for (const { serviceArn, because } of found) {
    const service = graph.services.get(serviceArn);
    if (service !== undefined && !seen.has(serviceArn)) {
      seen.add(serviceArn);
      more.push({ service, because });
    }
  }
  return [...matches, ...more];
}
