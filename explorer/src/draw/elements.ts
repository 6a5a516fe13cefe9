import type { AggregateNode, Picture, PictureEdge, PictureNode } from '../model/picture';
import { HEALTHS, type Health, type InstanceHealth } from '../model/types';
import { badgeWidth, countBadge, healthBar, healthGlyph, kindIcon } from './icons';
import type { Palette } from './palette';
import { badgeText, shortened, sizeOf, widthOf } from './sizes';

export type Data = Readonly<Record<string, unknown>> & { readonly id: string };

const INSTANCE_HEALTH: Readonly<Record<InstanceHealth, Health>> = {
  HEALTHY: 'healthy',
  UNHEALTHY: 'unhealthy',
  UNKNOWN: 'unknown',
  NO_CHECK: 'no-check',
};

/** What Cytoscape gets for each node and edge of a picture. */
export function dataOf(picture: Picture, palette: Palette): { nodes: Data[]; edges: Data[] } {
  return { nodes: picture.nodes.map((node) => nodeData(node, palette)), edges: picture.edges.map(edgeData) };
}

function nodeData(node: PictureNode, palette: Palette): Data {
  const common = { id: node.id, kind: node.kind, label: node.label, ...(node.parent === undefined ? {} : { parent: node.parent }) };
  switch (node.kind) {
    case 'namespace':
    case 'part': {
      const detail = node.detail === '' ? '' : `  ·  ${node.detail}`;
      const text = `${shortened(node.label, 48)}${detail}  ·  ${counted(node.services, 'service')}`;
      return { ...common, text, leastWidth: widthOf(text, 14, 600) };
    }
    case 'service': {
      const { width, height } = sizeOf(node);
      const colour = palette.health[node.health];
      const count = badgeText(node);
      const badge = badgeWidth(count);
      return {
        ...common,
        ...{ width, height, textX: -(width - 43), text: shortened(node.label), health: node.health, healthColour: colour },
        images: [
          kindIcon(node.service.kinds[0] ?? 'none'),
          countBadge(node.health, count, colour, palette.onHealth),
        ],
        imageWidths: ['26px', `${badge}px`],
        imageHeights: ['26px', '22px'],
        imageXs: ['8px', `${width - badge - 8}px`],
        imageYs: ['8px', '10px'],
      };
    }
    case 'instance': {
      const { width, height } = sizeOf(node);
      const health = INSTANCE_HEALTH[node.instance.health];
      const colour = palette.health[health];
      return {
        ...common,
        ...{ width, height, textX: -(width - 44), text: shortened(node.label, 24), instanceHealth: node.instance.health, healthColour: colour },
        images: [kindIcon(node.instance.kind), healthGlyph(health, colour, palette.onHealth)],
        imageWidths: ['16px', '14px'],
        imageHeights: ['16px', '14px'],
        imageXs: ['7px', '26px'],
        imageYs: ['6px', '7px'],
      };
    }
    case 'unresolved': {
      const { width, height } = sizeOf(node);
      return { ...common, width, height, textX: -(width - 36), text: shortened(node.label), icon: kindIcon('unresolved') };
    }
    case 'aggregate': {
      const { width, height } = sizeOf(node);
      const parts = HEALTHS.flatMap((health) => {
        const share = (node.healths[health] ?? 0) / node.services.length;
        return share === 0 ? [] : [{ colour: palette.health[health], share, hatched: health === 'unhealthy' }];
      });
      const text = `${shortened(node.label, 28)}\n${counted(node.services.length, 'service')}, ${counted(node.instances, 'instance')}\n${trouble(node)}`;
      return { ...common, width, height, text, bar: healthBar(parts, 228) };
    }
    case 'other':
      return { ...common, ...sizeOf(node), textX: 0, text: `${node.labels.join(':')} ${shortened(node.label)}`.trim() };
  }
}

/** What makes people look closer at an aggregate; nobody having looked at its health is not the same as nothing being wrong. */
export function trouble({ healths, unresolved }: Pick<AggregateNode, 'healths' | 'unresolved'>): string {
  const parts = [
    ...(healths.unhealthy ? [`${healths.unhealthy} unhealthy`] : []),
    ...(healths.unknown ? [`${healths.unknown} unknown`] : []),
    ...(unresolved > 0 ? [`${unresolved} unresolved`] : []),
    ...(healths['no-instance'] ? [`${healths['no-instance']} empty`] : []),
  ];
  if (parts.length > 3) return `${parts.slice(0, 3).join(', ')}, …`;
  if (parts.length > 0) return parts.join(', ');
  if (!healths['no-check']) return 'all healthy';
  return healths.healthy ? `${healths.healthy} healthy, ${healths['no-check']} not checked` : 'no check configured';
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

export function edgeData(edge: PictureEdge): Data {
  return {
    id: edge.id,
    source: edge.source,
    target: edge.target,
    kind: edge.kind,
    sources: edge.sources,
    count: edge.count,
    faint: edge.faint === true,
    text: edge.label,
    declared: edge.kind === 'dependency' ? declared(edge.sources) : '',
    thickness: 1.2 + Math.log2(edge.count) * 0.9,
  };
}

export function declared(sources: readonly string[]): 'tag' | 'attribute' | 'both' | 'person' {
  if (sources.length === 0) return 'person';
  if (sources.length > 1) return 'both';
  return sources[0] === 'attribute' ? 'attribute' : 'tag';
}
