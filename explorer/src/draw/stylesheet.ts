import type { EdgeSingular, StylesheetStyle } from 'cytoscape';
import { BUNDLE_OPACITY, EDGE_OPACITY, type Palette } from './palette';
import { FONT } from './sizes';

interface Curve {
  readonly weights: readonly number[];
  readonly distances: readonly number[];
}

/**
 * Nothing to see. A node without any picture Cytoscape takes for one whose picture is being read, and each time it is drawn for one
 * that has been: that computes the styles of all that is in a box anew, twice a frame.
 */
const BLANK = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const curveOf = (edge: EdgeSingular): Curve => (edge.scratch('curve') as Curve | undefined) ?? { weights: [0.5], distances: [0] };

/** How everything looks. Labels are drawn as text on a canvas, so nothing in them can be anything else. */
export function stylesheet(p: Palette): StylesheetStyle[] {
  return [
    {
      selector: 'node',
      style: {
        'font-family': FONT,
        'font-size': 13,
        'min-zoomed-font-size': 5,
        color: p.text,
        label: 'data(text)',
        'background-image': BLANK,
        'text-events': 'yes',
        'overlay-opacity': 0,
      },
    },
    {
      selector: 'node[kind = "namespace"], node[kind = "part"]',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '16',
        'background-color': p.box,
        'background-opacity': 1,
        'border-width': 1,
        'border-color': p.boxBorder,
        padding: '32px',
        'text-valign': 'top',
        'text-halign': 'center',
        'text-margin-y': 24,
        'font-size': 14,
        'font-weight': 600,
        color: p.muted,
        'compound-sizing-wrt-labels': 'exclude',
        'min-width': 'data(leastWidth)',
        'min-zoomed-font-size': 4,
      } as StylesheetStyle['style'],
    },
    { selector: 'node[kind = "part"]', style: { 'background-color': p.innerBox } },
    {
      selector: 'node[kind = "service"], node[kind = "unresolved"], node[kind = "instance"], node[kind = "other"]',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '12',
        width: 'data(width)',
        height: 'data(height)',
        'background-color': p.card,
        'text-halign': 'right',
        'text-valign': 'center',
        'text-margin-x': 'data(textX)',
      } as unknown as StylesheetStyle['style'],
    },
    {
      selector: 'node[kind = "service"]',
      style: {
        'font-weight': 600,
        'border-color': 'data(healthColour)',
        'background-image': 'data(images)',
        'background-fit': 'none',
        'background-clip': 'none',
        'background-width': 'data(imageWidths)',
        'background-height': 'data(imageHeights)',
        'background-position-x': 'data(imageXs)',
        'background-position-y': 'data(imageYs)',
        'background-image-opacity': 1,
      } as unknown as StylesheetStyle['style'],
    },
    { selector: 'node[health = "healthy"]', style: { 'border-width': 1.6, 'border-style': 'solid' } },
    { selector: 'node[health = "no-check"]', style: { 'border-width': 1, 'border-style': 'solid' } },
    { selector: 'node[health = "unhealthy"]', style: { 'border-width': 5, 'border-style': 'double' } },
    { selector: 'node[health = "unknown"]', style: { 'border-width': 2, 'border-style': 'dashed' } },
    { selector: 'node[health = "no-instance"]', style: { 'border-width': 2, 'border-style': 'dotted' } },
    {
      selector: 'node[kind = "unresolved"]',
      style: {
        'background-opacity': 0,
        'border-width': 1.5,
        'border-style': 'dashed',
        'border-color': p.muted,
        color: p.muted,
        'font-style': 'italic',
        'background-image': 'data(icon)',
        'background-width': '20px',
        'background-height': '20px',
        'background-position-x': '9px',
        'background-position-y': '50%',
      } as unknown as StylesheetStyle['style'],
    },
    {
      selector: 'node[kind = "instance"]',
      style: {
        'corner-radius': '14',
        'font-size': 11,
        'border-width': 1,
        'border-color': 'data(healthColour)',
        'background-image': 'data(images)',
        'background-width': 'data(imageWidths)',
        'background-height': 'data(imageHeights)',
        'background-position-x': 'data(imageXs)',
        'background-position-y': 'data(imageYs)',
      } as unknown as StylesheetStyle['style'],
    },
    {
      selector: 'node[kind = "other"]',
      style: { 'border-width': 1.5, 'border-color': p.accent, 'text-halign': 'center', 'text-margin-x': 0 },
    },
    {
      selector: 'node[kind = "aggregate"]',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '16',
        width: 'data(width)',
        height: 'data(height)',
        'background-color': p.card,
        'border-width': 1,
        'border-color': p.boxBorder,
        'text-wrap': 'wrap',
        'text-halign': 'center',
        'text-valign': 'center',
        'text-margin-y': -10,
        'line-height': 1.4,
        'font-weight': 600,
        'background-image': 'data(bar)',
        'background-width': '228px',
        'background-height': '8px',
        'background-position-x': '50%',
        'background-position-y': '84px',
        'min-zoomed-font-size': 4,
      } as unknown as StylesheetStyle['style'],
    },
    {
      selector: 'edge',
      style: {
        width: 1.5,
        'line-color': p.line,
        'target-arrow-color': p.line,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.95,
        'curve-style': 'bezier',
        'control-point-step-size': 28,
        'overlay-opacity': 0,
        'font-family': FONT,
        opacity: EDGE_OPACITY,
      } as StylesheetStyle['style'],
    },
    {
      selector: 'edge.curved',
      style: {
        'curve-style': 'unbundled-bezier',
        'edge-distances': 'node-position',
        'control-point-weights': (edge: EdgeSingular) => curveOf(edge).weights,
        'control-point-distances': (edge: EdgeSingular) => curveOf(edge).distances,
        'source-endpoint': '50% 0%',
        'target-endpoint': '-50% 0%',
      } as unknown as StylesheetStyle['style'],
    },
    // A service that depends on itself: a loop that reaches beyond the card.
    { selector: 'edge:loop', style: { 'control-point-step-size': 84, 'loop-direction': '0deg', 'loop-sweep': '-50deg' } as StylesheetStyle['style'] },
    // How a dependency was declared: a tag is a line, an attribute a dashed one, both a strong one, a person's own dotted.
    { selector: 'edge[declared = "attribute"]', style: { 'line-style': 'dashed', 'line-dash-pattern': [8, 4] } },
    { selector: 'edge[declared = "both"]', style: { width: 3 } },
    { selector: 'edge[declared = "person"]', style: { 'line-style': 'dotted', 'line-color': p.accent, 'target-arrow-color': p.accent } },
    {
      selector: 'edge[kind = "unresolved"]',
      style: { 'line-style': 'dashed', 'line-dash-pattern': [3, 4], 'target-arrow-shape': 'circle', 'target-arrow-fill': 'hollow' } as StylesheetStyle['style'],
    },
    { selector: 'edge[kind = "registered"]', style: { width: 1, 'target-arrow-shape': 'none' } },
    {
      selector: 'edge[kind = "bundle"]',
      style: {
        width: 'data(thickness)',
        opacity: BUNDLE_OPACITY,
        'line-color': p.muted,
        'target-arrow-color': p.muted,
        // Below the boxes: an arrow that leads past an opened namespace is nothing to see in it.
        'z-compound-depth': 'bottom',
        'arrow-scale': 0.8,
        label: 'data(text)',
        'font-size': 11,
        'min-zoomed-font-size': 7,
        color: p.muted,
        'text-background-color': p.background,
        'text-background-opacity': 0.85,
        'text-background-padding': '2px',
      } as StylesheetStyle['style'],
    },
    // Of hundreds, the thickest are still to be seen; a number on each would hide them.
    { selector: 'edge[?faint]', style: { opacity: 0.25, width: 1, label: '' } },
    {
      selector: 'edge[kind = "other"]',
      style: { label: 'data(text)', 'font-size': 11, color: p.muted, 'line-color': p.accent, 'target-arrow-color': p.accent, 'text-background-color': p.background, 'text-background-opacity': 0.85 } as StylesheetStyle['style'],
    },
    // From afar neither names nor icons can be read: colour alone tells, and a frame is drawn in time.
    {
      selector: 'node.far',
      style: { 'background-image': BLANK, label: '', 'background-color': 'data(healthColour)', 'background-opacity': 0.45 } as StylesheetStyle['style'],
    },
    { selector: 'edge.aside', style: { opacity: 0.2, 'text-opacity': 0 } as StylesheetStyle['style'] },
    { selector: 'node.dimmed', style: { opacity: 0.22 } },
    { selector: 'edge.dimmed', style: { opacity: 0.08 } },
    { selector: 'node.up', style: { 'outline-width': 2.5, 'outline-color': p.up, 'outline-offset': 2, 'outline-opacity': 1 } as unknown as StylesheetStyle['style'] },
    { selector: 'node.down', style: { 'outline-width': 2.5, 'outline-color': p.down, 'outline-offset': 2, 'outline-opacity': 1 } as unknown as StylesheetStyle['style'] },
    { selector: 'edge.up', style: { 'line-color': p.up, 'target-arrow-color': p.up, width: 2.4, opacity: 1, 'z-index': 5 } },
    { selector: 'edge.down', style: { 'line-color': p.down, 'target-arrow-color': p.down, width: 2.4, opacity: 1, 'z-index': 5 } },
    { selector: 'edge.near', style: { 'line-color': p.accent, 'target-arrow-color': p.accent, opacity: 1, 'z-index': 4 } },
    {
      selector: 'node.selected',
      style: { 'outline-width': 3, 'outline-color': p.accent, 'outline-offset': 3, 'outline-opacity': 1, 'z-index': 10 } as unknown as StylesheetStyle['style'],
    },
  ];
}
