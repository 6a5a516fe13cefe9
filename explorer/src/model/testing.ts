import type { Graph, HealthCounts, Service } from './types';

/** Graphs for tests: services by name, each with those that it depends on. */
export function graphOf(dependencies: Readonly<Record<string, readonly string[]>>, change: Readonly<Record<string, Partial<Service>>> = {}): Graph {
  const services = Object.keys(dependencies).map((name) => serviceOf(name, change[name]));
  const namespaces = [...new Set(services.map((service) => service.namespaceArn))];
  return {
    namespaces: new Map(namespaces.map((arn) => [arn, { arn, name: arn, scope: '123456789012:us-east-1', properties: {} }])),
    services: new Map(services.map((service) => [service.arn, service])),
    dependencies: Object.entries(dependencies).flatMap(([from, targets]) => targets.map((to) => ({ from, to, sources: ['tag'] }))),
  };
}

export function serviceOf(name: string, change: Partial<Service> = {}): Service {
  const healths: HealthCounts = { NO_CHECK: 1 };
  return {
    ...{ arn: name, id: `srv-${name}`, name, namespace: 'shop', namespaceArn: 'ns-shop', scope: '123456789012:us-east-1' },
    ...{ instances: 1, healths, kinds: ['ip'], unresolved: [], tags: {}, description: '' },
    ...change,
  };
}
