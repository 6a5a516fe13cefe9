import type { Picture } from '../picture';
import type { ScopeState } from '../types';

/** Writes what is shown, with where and when it was read. */
export function toJson(picture: Picture, states: readonly ScopeState[]): string {
  const nodes = picture.nodes.map((node) => {
    switch (node.kind) {
      case 'service': {
        const { arn, id, name, namespace, namespaceArn, instances, healths, kinds, unresolved, tags } = node.service;
        return { kind: 'service', arn, id, name, namespace, namespaceArn, health: node.health, instances, healths, kinds, unresolved, tags };
      }
      case 'instance': {
        const { key, name, health, attributes } = node.instance;
        return { kind: 'instance', key, name, health, registered: node.instance.kind, attributes };
      }
      default:
        return node;
    }
  });
  const edges = picture.edges.map(({ source, target, kind, sources, count }) => ({ source, target, kind, sources, count }));
  const scopes = states.map(({ scope, version, capturedAt, appliedAt }) => ({ scope, version, capturedAt, appliedAt }));
  return `${JSON.stringify({ format: 'cloud-map-graph-picture', scopes, nodes, edges }, null, 2)}\n`;
}
