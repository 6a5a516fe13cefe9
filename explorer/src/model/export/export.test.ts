import { describe, expect, it } from 'vitest';
import { pictureOf } from '../picture';
import { graphOf } from '../testing';
import { toDot } from './dot';
import { toJson } from './json';
import { toMermaid } from './mermaid';

const HOSTILE = ['end', 'a"b', 'a]b', 'x --> y', '`code`', '<img src=x onerror=alert(1)>', 'new\nline', 'back\\slash', 'back\\', '\\N', '{{x}}', '%% no comment', '1. list', '- list', '#quot;', '"]; evil', ';', '', 'ünï 漢字', '**bold**'];
const graph = graphOf(
  Object.fromEntries(HOSTILE.map((name, index) => [name, index > 0 ? [HOSTILE[index - 1]!] : []])),
  Object.fromEntries(HOSTILE.map((name) => [name, { unresolved: [`${name} gone`] }])),
);
const picture = pictureOf(graph, [...graph.services.values()], { open: [], closed: [], instances: new Map() });

const names = Array.from({ length: 400 }, (_, index) => `service-${index}`);
const many = graphOf(
  Object.fromEntries(names.map((name, index) => [name, index < 300 ? [`service-${index + 100}`] : []])),
  Object.fromEntries(names.map((name, index) => [name, { namespaceArn: `ns-${Math.floor(index / 100)}`, namespace: `ns-${Math.floor(index / 100)}` }])),
);
const folded = pictureOf(many, [...many.services.values()], { open: ['ns-1'], closed: [], instances: new Map() });

describe('toMermaid', () => {
  const lines = toMermaid(picture).trimEnd().split('\n');

  it('keeps every label within its quotes, and every line one of its forms', () => {
    const inside = `(?:[\\p{L}\\p{N} ._/:,()-]|#\\d+;|<br/>)*`;
    const form = new RegExp(
      `^(flowchart LR|\\s+subgraph n\\d+\\["${inside}"\\]|\\s+end|\\s+n\\d+(\\["${inside}"\\]|\\{\\{"${inside}"\\}\\})|\\s+n\\d+ (-->|==>|-\\.->|---) n\\d+)$`,
      'u',
    );
    for (const line of lines) expect(line).toMatch(form);
  });

  it('holds every node and edge', () => {
    expect(lines.filter((line) => /^\s+n\d+[[{]/.test(line))).toHaveLength(2 * HOSTILE.length);
    expect(lines.filter((line) => / (-->|-\.->) /.test(line))).toHaveLength(2 * HOSTILE.length - 1);
  });
});

describe('toDot', () => {
  it('is made of words and of strings that end where they should', () => {
    const dot = toDot(picture);
    // A string ends at the first quote that no backslash escapes; what is left outside must be nothing but the language.
    const outside = dot.replace(/"(?:[^"\\]|\\.)*"/gs, 'S');
    expect(outside).toMatch(/^[\w\s{}[\]=;,>-]*$/);
    expect(outside.split('{').length).toBe(outside.split('}').length);
    expect(dot).not.toContain('<img src=x onerror=alert(1)>>');
    expect(dot).toContain('label="back\\\\slash\\n1 instance');
  });

  it('leads arrows of and to a box to a node within it, cut at its border', () => {
    const dot = toDot(folded);
    const nodes = [...dot.matchAll(/^\s+(n\d+) \[label/gm)].map((match) => match[1]!);
    const arrows = [...dot.matchAll(/^\s+(n\d+) -> (n\d+) \[(.*)\];$/gm)].map(([, from, to, attributes]) => ({ from: from!, to: to!, attributes: attributes! }));
    expect(arrows).toHaveLength(folded.edges.length);
    for (const { from, to } of arrows) expect(nodes).toEqual(expect.arrayContaining([from, to]));
    // The opened one is the second in the order of names: its box is n2, the first service in it n3, the next namespace behind all 100.
    expect(arrows).toContainEqual({ from: 'n1', to: 'n3', attributes: 'label="100", lhead=cluster_n2' });
    expect(arrows).toContainEqual({ from: 'n3', to: 'n103', attributes: 'label="100", ltail=cluster_n2' });
    const boxes = [...dot.matchAll(/subgraph (cluster_n\d+) /g)].map((match) => match[1]);
    expect(boxes).toEqual(['cluster_n2']);
  });
});

describe('toJson', () => {
  it('gives back every name as it is', () => {
    const { nodes, edges } = JSON.parse(toJson(picture, [])) as { nodes: { kind: string; name?: string }[]; edges: unknown[] };
    expect(nodes.filter((node) => node.kind === 'service').map((node) => node.name)).toEqual(HOSTILE);
    expect(edges).toHaveLength(picture.edges.length);
  });
});
