import type { PictureNode } from '../model/picture';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const MOST_CHARACTERS = 26;
const CHARACTER = 7.4;

/** Long names end in an ellipsis; the details show them whole. */
export function shortened(label: string, most = MOST_CHARACTERS): string {
  const oneLine = label.replace(/\s+/g, ' ');
  return oneLine.length <= most ? oneLine : `${oneLine.slice(0, most - 1)}…`;
}

/** The size of a node that is no box. */
export function sizeOf(node: PictureNode): Size {
  const text = shortened(node.label).length * CHARACTER;
  switch (node.kind) {
    case 'service':
      return { width: Math.round(Math.max(150, text + 44 + 56)), height: 42 };
    case 'unresolved':
      return { width: Math.round(Math.max(110, text + 54)), height: 36 };
    case 'instance':
      return { width: Math.round(Math.max(90, Math.min(24, shortened(node.label, 24).length) * 6.4 + 58)), height: 28 };
    case 'aggregate':
      return { width: 236, height: 96 };
    default:
      return { width: Math.round(Math.max(90, text + 28)), height: 38 };
  }
}
