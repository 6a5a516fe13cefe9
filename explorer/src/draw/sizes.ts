import type { PictureNode, ServiceNode } from '../model/picture';
import { badgeWidth, countText } from './icons';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** The size of every namespace that is folded: so they read as a map. */
export const AGGREGATE: Size = { width: 264, height: 104 };

const MOST_CHARACTERS = 26;
/** Where there is no canvas to measure with. */
const CHARACTER = 0.6;

let context: CanvasRenderingContext2D | null | undefined;

/** Fonts differ from machine to machine: the one that draws is asked. */
export function widthOf(text: string, fontSize: number, weight: number): number {
  if (context === undefined) context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (context === null) return text.length * fontSize * CHARACTER;
  context.font = `${weight} ${fontSize}px ${FONT}`;
  return context.measureText(text).width;
}

/** Long names end in an ellipsis; the details show them whole. */
export function shortened(label: string, most = MOST_CHARACTERS): string {
  const oneLine = label.replace(/\s+/g, ' ');
  return oneLine.length <= most ? oneLine : `${oneLine.slice(0, most - 1)}…`;
}

export function badgeText({ service, health }: ServiceNode): string {
  const { UNHEALTHY = 0, UNKNOWN = 0 } = service.healths;
  return countText(service.instances, health === 'unhealthy' ? UNHEALTHY : health === 'unknown' ? UNKNOWN : 0);
}

/** The size of a node that is no box. */
export function sizeOf(node: PictureNode): Size {
  switch (node.kind) {
    case 'service':
      return { width: Math.round(Math.max(130, widthOf(shortened(node.label), 13, 600) + 43 + 14 + badgeWidth(badgeText(node)))), height: 42 };
    case 'unresolved':
      return { width: Math.round(Math.max(100, widthOf(shortened(node.label), 13, 400) + 54)), height: 36 };
    case 'instance':
      return { width: Math.round(Math.max(80, widthOf(shortened(node.label, 24), 11, 400) + 58)), height: 28 };
    case 'aggregate':
      return { width: AGGREGATE.width, height: AGGREGATE.height };
    default:
      return { width: Math.round(Math.max(90, widthOf(`${node.kind === 'other' ? node.labels.join(':') : ''} ${shortened(node.label)}`, 13, 400) + 28)), height: 38 };
  }
}
