import { HEALTH_NAMES } from '../health';
import type { Picture, PictureNode } from '../picture';
import { numbered } from './ids';

/**
 * Writes a Mermaid flowchart. Ids are made here (`n1`), as words like `end` would break the chart; labels are quoted, and what
 * could end the quotes or be read as Markdown or HTML is written as Mermaid's entity codes.
 *
 * @see <a href="https://mermaid.js.org/syntax/flowchart.html#special-characters-that-break-syntax">Mermaid: special characters</a>
 */
export function toMermaid(picture: Picture): string {
  const id = numbered(picture.nodes.map((node) => node.id));
  const lines = ['flowchart LR'];
  const write = (parent: string | undefined, indent: string) => {
    for (const node of picture.nodes) {
      if (node.parent !== parent) continue;
      if (node.kind === 'namespace' || node.kind === 'part') {
        lines.push(`${indent}subgraph ${id(node.id)}["${escaped(node.label)}"]`);
        write(node.id, `${indent}  `);
        lines.push(`${indent}end`);
      } else {
        lines.push(`${indent}${id(node.id)}${shape(node)}`);
      }
    }
  };
  write(undefined, '  ');
  for (const edge of picture.edges) {
    const [from, to] = [id(edge.source), id(edge.target)];
    if (edge.kind === 'dependency') lines.push(`  ${from} ${edge.sources.length === 1 && edge.sources[0] === 'tag' ? '-->' : edge.sources.length > 1 ? '==>' : '-.->'} ${to}`);
    else if (edge.kind === 'registered') lines.push(`  ${from} --- ${to}`);
    else if (edge.kind === 'unresolved') lines.push(`  ${from} -.-> ${to}`);
    else lines.push(`  ${from} -->|"${escaped(edge.label)}"| ${to}`);
  }
  return `${lines.join('\n')}\n`;
}

function shape(node: PictureNode): string {
  switch (node.kind) {
    case 'service': {
      const instances = node.service.instances;
      return `["${escaped(node.label)}<br/>${instances} ${instances === 1 ? 'instance' : 'instances'}, ${HEALTH_NAMES[node.health]}"]`;
    }
    case 'aggregate':
      return `[["${escaped(node.label)}<br/>${node.services.length} services"]]`;
    case 'unresolved':
      return `{{"${escaped(node.label)} (not there)"}}`;
    case 'instance':
      return `(["${escaped(node.label)}"])`;
    default:
      return `("${escaped(node.label)}")`;
  }
}

/** Everything but letters, digits and what is harmless becomes an entity code, a line break a space. */
function escaped(label: string): string {
  const oneLine = label.replace(/\s+/gu, ' ');
  const text = oneLine.replace(/[^\p{L}\p{N} ._/:,()-]/gu, (character) => `#${character.codePointAt(0)};`);
  // Markdown's list and an empty label have meanings of their own.
  return text === '' ? '#32;' : text.replace(/^-/, '#45;').replace(/^(\d+)\./, '$1#46;');
}
