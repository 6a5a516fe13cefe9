import { healthOfService } from './health';
import type { Graph, Health, Service } from './types';

/** A condition on a tag or attribute: `stage=dev`, or only its name, `owner`. */
export interface Condition {
  readonly key: string;
  /** Undefined: the name has to be there, whatever its value. */
  readonly value: string | undefined;
}

/** What is shown. Values of one kind are alternatives; the kinds combine. */
export interface Filter {
  readonly namespaces: readonly string[];
  readonly healths: readonly Health[];
  readonly kinds: readonly string[];
  /** Each has to hold, on the service or on one of its instances. */
  readonly conditions: readonly Condition[];
}

export const NO_FILTER: Filter = { namespaces: [], healths: [], kinds: [], conditions: [] };

export function isFiltering(filter: Filter): boolean {
  return filter.namespaces.length + filter.healths.length + filter.kinds.length + filter.conditions.length > 0;
}

/** Reads `stage=dev`; the value may hold further equals signs. */
export function parseCondition(text: string): Condition | undefined {
  const at = text.indexOf('=');
  const key = (at < 0 ? text : text.slice(0, at)).trim();
  return key === '' ? undefined : { key, value: at < 0 ? undefined : text.slice(at + 1).trim() };
}

export function formatCondition(condition: Condition): string {
  return condition.value === undefined ? condition.key : `${condition.key}=${condition.value}`;
}

export function holdsForService(condition: Condition, service: Service): boolean {
  if (!Object.hasOwn(service.tags, condition.key)) return false;
  return condition.value === undefined || service.tags[condition.key] === condition.value;
}

/**
 * The services that a filter lets through.
 *
 * @param byInstances for each condition, as text, the services that have an instance for which it holds: the database's answer
 */
export function filterServices(graph: Graph, filter: Filter, byInstances: ReadonlyMap<string, ReadonlySet<string>>): Service[] {
  const namespaces = new Set(filter.namespaces);
  const healths = new Set<string>(filter.healths);
  const kinds = new Set(filter.kinds);
  return [...graph.services.values()].filter(
    (service) =>
      (namespaces.size === 0 || namespaces.has(service.namespaceArn) || namespaces.has(service.namespace)) &&
      (healths.size === 0 || healths.has(healthOfService(service))) &&
      (kinds.size === 0 || service.kinds.some((kind) => kinds.has(kind))) &&
      filter.conditions.every(
        (condition) => holdsForService(condition, service) || byInstances.get(formatCondition(condition))?.has(service.arn) === true,
      ),
  );
}
