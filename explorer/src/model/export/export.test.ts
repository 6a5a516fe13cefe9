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
});

describe('toJson', () => {
  it('gives back every name as it is', () => {
    const { nodes, edges } = JSON.parse(toJson(picture, [])) as { nodes: { kind: string; name?: string }[]; edges: unknown[] };
    expect(nodes.filter((node) => node.kind === 'service').map((node) => node.name)).toEqual(HOSTILE);
    expect(edges).toHaveLength(picture.edges.length);
  });
});
