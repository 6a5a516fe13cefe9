import type { EdgeSingular, Core } from 'cytoscape';
import type { Point } from './place';

/** By an edge's id: the way that the layout found for it, from middle to middle. */
type Bends = ReadonlyMap<string, readonly Point[]>;

/** Room that an arrow needs between two columns to leave and arrive level. */
const LEAST_GAP = 30;

/**
 * Bends the arrows that lead to the right into an S from side to side. Cytoscape knows control points by their place along, and
 * their distance from, the straight line: these follow from where the nodes are, and are computed anew when one is moved.
 */
export function curve(edges: Iterable<EdgeSingular>, bends: Bends): void {
  for (const edge of edges) {
    const source = edge.source();
    const target = edge.target();
    const a = source.position();
    const b = target.position();
    const left = a.x + source.outerWidth() / 2;
    const right = b.x - target.outerWidth() / 2;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (right - left < LEAST_GAP || length === 0 || (Math.abs(b.y - a.y) < 2 && !bends.has(edge.id()))) {
      edge.removeClass('curved');
      continue;
    }
    const reach = (right - left) * 0.45;
    const way = bends.get(edge.id());
    const between = way !== undefined && near(way[0]!, a) && near(way[way.length - 1]!, b) ? way.slice(1, -1) : [];
    const points =
      between.length > 0
        ? [{ x: left + LEAST_GAP, y: a.y }, ...between, { x: right - LEAST_GAP, y: b.y }]
        : [
            { x: left + reach, y: a.y },
            { x: right - reach, y: b.y },
          ];
    const along = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
    edge.scratch('curve', {
      weights: points.map((p) => ((p.x - a.x) * along.x + (p.y - a.y) * along.y) / length),
      distances: points.map((p) => (p.y - a.y) * along.x - (p.x - a.x) * along.y),
    });
    // Adding the class again is what makes Cytoscape ask for the scratch again.
    edge.removeClass('curved').addClass('curved');
  }
}

function near(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1;
}

export function curveAll(cy: Core, bends: Bends): void {
  cy.batch(() => curve(cy.edges('[kind = "dependency"], [kind = "unresolved"], [kind = "registered"]').toArray() as EdgeSingular[], bends));
}
