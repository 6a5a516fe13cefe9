import { HEALTH_NAMES } from '../health';
import type { Picture, PictureEdge, PictureNode } from '../picture';
import { numbered } from './ids';

/**
 * Writes Graphviz' DOT. Every text is a double-quoted string, in which only the quote and the backslash mean something: a
 * backslash is doubled, so that none of Graphviz' own escapes (`\N`, `\G`) arises, and no HTML-like label is ever begun.
 *
 * @see <a href="https://graphviz.org/doc/info/lang.html">The DOT language</a>
 */
export function toDot(picture: Picture): string {
  const id = numbered(picture.nodes.map((node) => node.id));
  const lines = ['digraph services {', '  graph [rankdir=LR, compound=true];', '  node [shape=box, style=rounded, fontname="Helvetica"];'];
  const write = (parent: string | undefined, indent: string) => {
    for (const node of picture.nodes) {
      if (node.parent !== parent) continue;
      if (node.kind === 'namespace' || node.kind === 'part') {
        lines.push(`${indent}subgraph cluster_${id(node.id)} {`, `${indent}  label=${quoted(node.label)};`);
        write(node.id, `${indent}  `);
        lines.push(`${indent}}`);
      } else {
        lines.push(`${indent}${id(node.id)} [${attributes(node)}];`);
      }
    }
  };
  write(undefined, '  ');
  const standIn = standIns(picture);
  for (const edge of picture.edges) {
    const [source, target] = [standIn(edge.source), standIn(edge.target)];
    const ends = [
      ...edgeAttributes(edge),
      ...(source === edge.source ? [] : [`ltail=cluster_${id(edge.source)}`]),
      ...(target === edge.target ? [] : [`lhead=cluster_${id(edge.target)}`]),
    ];
    lines.push(`  ${id(source)} -> ${id(target)} [${ends.join(', ')}];`);
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

/** DOT has no arrows to boxes: they lead to a node in the box, and are cut at its border. */
function standIns(picture: Picture): (id: string) => string {
  const boxes = new Set(picture.nodes.filter((node) => node.kind === 'namespace' || node.kind === 'part').map((node) => node.id));
  const firstInside = new Map<string, string>();
  for (const { id, parent } of picture.nodes) if (parent !== undefined && !firstInside.has(parent)) firstInside.set(parent, id);
  return (id) => {
    let inside = id;
    while (boxes.has(inside) && firstInside.has(inside)) inside = firstInside.get(inside)!;
    return inside;
  };
}

function attributes(node: PictureNode): string {
  switch (node.kind) {
    case 'service': {
      const { instances } = node.service;
      const label = `${inside(node.label)}\\n${instances} ${instances === 1 ? 'instance' : 'instances'}, ${HEALTH_NAMES[node.health]}`;
      const style = { unhealthy: 'style="rounded,bold", color=red', unknown: 'style="rounded,dashed"', 'no-instance': 'style="rounded,dotted"' };
      const special = node.health in style ? `, ${style[node.health as keyof typeof style]}` : '';
      return `label="${label}", tooltip=${quoted(node.id)}${special}`;
    }
    case 'aggregate':
      return `label="${inside(node.label)}\\n${node.services.length} services", shape=box3d, style=solid`;
    case 'unresolved':
      return `label=${quoted(`${node.label} (not there)`)}, style="rounded,dashed", color=gray`;
    case 'instance':
      return `label=${quoted(node.label)}, shape=ellipse, fontsize=10`;
    default:
      return `label=${quoted(node.label)}, shape=ellipse`;
  }
}

function edgeAttributes(edge: PictureEdge): string[] {
  switch (edge.kind) {
    case 'dependency':
      return [`tooltip=${quoted(edge.sources.join(', ') || 'drawn by a person')}`, ...(edge.sources.includes('tag') ? [] : ['style=dashed'])];
    case 'unresolved':
      return ['style=dashed', 'color=gray'];
    case 'registered':
      return ['dir=none', 'color=gray'];
    default:
      return [`label=${quoted(edge.label)}`];
  }
}

function quoted(text: string): string {
  return `"${inside(text)}"`;
}

/** A NUL would end the text for Graphviz, which is written in C. */
function inside(text: string): string {
  return text
    .replace(/\0/g, '\uFFFD')
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\r\n?|\n/g, '\\n');
}
