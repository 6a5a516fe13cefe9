/** Pictures made of shapes and numbers alone: nothing of a registry's text gets into an SVG. */

/** Strokes on a grid of 24. */
const SHAPES: Readonly<Record<string, string>> = {
  'ecs-task': '<path d="M12 3l8 4.5v9L12 21l-8-4.5v-9z"/><path d="M12 12l8-4.5M12 12v9M12 12L4 7.5"/>',
  ec2: '<rect x="6" y="6" width="12" height="12" rx="1.5"/><path d="M9 3v3M15 3v3M9 18v3M15 18v3M3 9h3M3 15h3M18 9h3M18 15h3"/>',
  lambda: '<path d="M6 4h4l8 16h-3"/><path d="M11.2 10.5L6 20"/>',
  'load-balancer': '<circle cx="6" cy="12" r="2.5"/><path d="M8.5 12H17M8.2 11L17 5.5M8.2 13l8.8 5.5"/><path d="M15 4l3 1-1.4 2.8M16.5 10.2L18.6 12l-2.1 1.8M16.6 16.2L18 19l-3 1"/>',
  sqs: '<rect x="3" y="7" width="4.5" height="10" rx="1"/><rect x="9.75" y="7" width="4.5" height="10" rx="1"/><path d="M17 12h4.5M19.5 9.5L22 12l-2.5 2.5"/>',
  sns: '<path d="M4 10v4h3l7 4V6L7 10z"/><path d="M17 9a4 4 0 010 6M19 6.5a8 8 0 010 11"/>',
  dynamodb: '<ellipse cx="12" cy="5.5" rx="7" ry="2.5"/><path d="M5 5.5v13c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5v-13"/><path d="M5 12c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5"/>',
  s3: '<path d="M4 6l2 14h12l2-14"/><ellipse cx="12" cy="6" rx="8" ry="2.5"/>',
  kubernetes: '<circle cx="12" cy="12" r="3"/><path d="M12 3v6M12 15v6M4.2 7.5l5.2 3M14.6 13.5l5.2 3M4.2 16.5l5.2-3M14.6 10.5l5.2-3"/>',
  ip: '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17"/>',
  'dns-name': '<path d="M4 5h10l6 7-6 7H4z"/><circle cx="9" cy="12" r="1.3"/>',
  'step-functions': '<rect x="9" y="3" width="6" height="4.5" rx="1"/><rect x="3" y="16" width="6" height="4.5" rx="1"/><rect x="15" y="16" width="6" height="4.5" rx="1"/><path d="M12 7.5v4M6 16v-4.5h12V16"/>',
  kinesis: '<path d="M3 7c4-3 6 3 10 0s5-1 8 0M3 12c4-3 6 3 10 0s5-1 8 0M3 17c4-3 6 3 10 0s5-1 8 0"/>',
  'event-bus': '<path d="M3 12h18"/><circle cx="7" cy="6" r="2"/><circle cx="17" cy="6" r="2"/><circle cx="12" cy="18" r="2"/><path d="M7 8v4M17 8v4M12 12v4"/>',
  rds: '<ellipse cx="12" cy="5.5" rx="7" ry="2.5"/><path d="M5 5.5v13c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5v-13"/><path d="M9 15h6"/>',
  elasticache: '<path d="M13 3L6 13.5h5L10 21l8-11h-5.5z"/>',
  'api-gateway': '<path d="M8 4L3 12l5 8M16 4l5 8-5 8M13.5 6l-3 12"/>',
  other: '<path d="M4 8l8-4 8 4v8l-8 4-8-4z"/><circle cx="12" cy="12" r="2"/>',
  none: '<circle cx="12" cy="12" r="8" stroke-dasharray="3 3"/><path d="M8 12h8"/>',
  unresolved: '<circle cx="12" cy="12" r="8.5" stroke-dasharray="3.2 2.6"/><path d="M9.5 9.6a2.6 2.6 0 115 .8c0 1.7-2.4 2-2.4 3.6M12 17.2v.1"/>',
  namespace: '<rect x="3" y="3" width="7.5" height="7.5" rx="1.5"/><rect x="13.5" y="3" width="7.5" height="7.5" rx="1.5"/><rect x="3" y="13.5" width="7.5" height="7.5" rx="1.5"/><rect x="13.5" y="13.5" width="7.5" height="7.5" rx="1.5"/>',
};

/** Colours by what a kind is for: computing, moving, keeping, naming. */
const COLOURS: Readonly<Record<string, string>> = {
  'ecs-task': '#d9730d', ec2: '#d9730d', lambda: '#d9730d', kubernetes: '#3b6fe0',
  'load-balancer': '#7c4ddb', 'api-gateway': '#7c4ddb', 'dns-name': '#7c4ddb',
  sqs: '#d63384', sns: '#d63384', 'event-bus': '#d63384', 'step-functions': '#d63384',
  kinesis: '#7c4ddb', dynamodb: '#2f6fd0', rds: '#2f6fd0', elasticache: '#2f6fd0', s3: '#3f8f2f',
  ip: '#4b7a94', other: '#6b7280', none: '#8a94a8', unresolved: '#8a94a8', namespace: '#5b6b8a',
};

function svg(width: number, height: number, body: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`)}`;
}

/** The icon of a kind, on a tile of its colour. */
export function kindIcon(kind: string): string {
  const known = Object.hasOwn(SHAPES, kind) ? kind : 'other';
  const tile = `<rect width="48" height="48" rx="12" fill="${COLOURS[known]}"/>`;
  const strokes = `<g transform="translate(8 8) scale(1.333)" fill="none" stroke="#fff" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">${SHAPES[known]}</g>`;
  return svg(48, 48, tile + strokes);
}

/** Health told by shape as well: tick, cross in a triangle, question mark in a diamond, ring, dash in a dotted ring. */
const GLYPHS: Readonly<Record<string, string>> = {
  healthy: '<circle cx="8" cy="8" r="7" fill="C"/><path d="M4.8 8.2l2.3 2.3 4.2-4.6" stroke="O" stroke-width="1.8" fill="none" stroke-linecap="round" stroke-linejoin="round"/>',
  unhealthy: '<path d="M8 .8l7.4 13.6H.6z" fill="C"/><path d="M8 5.6v4M8 12v.1" stroke="O" stroke-width="1.9" stroke-linecap="round"/>',
  unknown: '<path d="M8 .4L15.6 8 8 15.6.4 8z" fill="C"/><path d="M6.3 6.5a1.75 1.75 0 113.1 1c-.6.6-1.4.8-1.4 1.7M8 11.6v.1" stroke="O" stroke-width="1.5" fill="none" stroke-linecap="round"/>',
  'no-check': '<circle cx="8" cy="8" r="5.8" fill="none" stroke="C" stroke-width="2"/>',
  'no-instance': '<circle cx="8" cy="8" r="6.2" fill="none" stroke="C" stroke-width="1.8" stroke-dasharray="2.2 2.2"/><path d="M5.2 8h5.6" stroke="C" stroke-width="1.8" stroke-linecap="round"/>',
};

function glyph(health: string, colour: string, on: string): string {
  return (GLYPHS[health] ?? '').replace(/"C"/g, `"${colour}"`).replace(/"O"/g, `"${on}"`);
}

export function healthGlyph(health: string, colour: string, on: string): string {
  return svg(16, 16, glyph(health, colour, on));
}

/** The health's shape, and how many instances there are. */
export function countBadge(health: string, count: string, colour: string, on: string): string {
  const width = badgeWidth(count);
  return svg(
    width * 2,
    44,
    `<g transform="scale(2)"><rect x=".5" y=".5" width="${width - 1}" height="21" rx="10.5" fill="${colour}" fill-opacity=".13" stroke="${colour}" stroke-opacity=".45"/>` +
      `<g transform="translate(5 4) scale(.875)">${glyph(health, colour, on)}</g>` +
      `<text x="23" y="15.2" font-family="system-ui, sans-serif" font-size="12" font-weight="600" fill="${colour}">${count}</text></g>`,
  );
}

export function badgeWidth(count: string): number {
  return 30 + count.length * 7.4;
}

/** What the badge says: how many instances, and of how many where some are not well. Made of numbers. */
export function countText(instances: number, unwell: number): string {
  return unwell > 0 && unwell < instances ? `${compact(unwell)}/${compact(instances)}` : compact(instances);
}

function compact(count: number): string {
  return count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`;
}

/** How the services of an aggregate are, as parts of a bar. */
export function healthBar(parts: readonly { readonly colour: string; readonly share: number; readonly hatched: boolean }[], width: number): string {
  let x = 0;
  const bars = parts.map(({ colour, share, hatched }) => {
    const part = `<rect x="${x.toFixed(1)}" y="0" width="${(share * width).toFixed(1)}" height="8" fill="${hatched ? 'url(#h)' : colour}" color="${colour}"/>`;
    x += share * width;
    return part;
  });
  const hatch = parts.find((each) => each.hatched)?.colour ?? '#888';
  return svg(
    width,
    8,
    `<defs><clipPath id="c"><rect width="${width}" height="8" rx="4"/></clipPath><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="${hatch}" fill-opacity=".25"/><rect width="2" height="5" fill="${hatch}"/></pattern></defs><g clip-path="url(#c)">${bars.join('')}</g>`,
  );
}
