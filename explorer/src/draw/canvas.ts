import cytoscape, { type Core, type EdgeSingular, type ElementDefinition, type NodeSingular } from 'cytoscape';
import { MOST_BUNDLES, type Picture, type PictureNode } from '../model/picture';
import { curve, curveAll } from './curves';
import { dataOf, edgeData, type Data } from './elements';
import { Positions } from './positions';
import type { Palette } from './palette';
import { stylesheet } from './stylesheet';

/** Which nodes and edges stand out, and by what. */
export interface Emphasis {
  readonly selected: string | undefined;
  readonly up: ReadonlySet<string>;
  readonly down: ReadonlySet<string>;
  /** Ids of edges, by direction. */
  readonly upEdges: ReadonlySet<string>;
  readonly downEdges: ReadonlySet<string>;
  readonly dimRest: boolean;
}

export interface CanvasEvents {
  readonly onService: (arn: string) => void;
  readonly onInstance: (key: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onFold: (id: string) => void;
  readonly onNothing: () => void;
  /** The picture that was shown first is painted. */
  readonly onPainted: () => void;
}

/** Below this zoom names are too small to be read. */
const FAR = 0.36;

/** The drawing: keeps what is on the canvas equal to a picture, and every known node where it is. */
export class Canvas {
  private readonly cy: Core;
  private readonly positions = new Positions();
  private palette: Palette | undefined;
  private picture: Picture | undefined;
  private mode = '';
  private moved = new Set<EdgeSingular>();
  /** The node that the mouse points at; the thinner arrows of an aggregate are drawn then as well. */
  private pointedAt: string | undefined;
  /** Ids of edges that are drawn however thin they are. */
  private lit: ReadonlySet<string> = new Set();
  /** Whether a person moved the view since it was fitted: then it stays where it is. */
  private touched = false;
  private far = false;
  private fitted = { width: 0, height: 0 };
  frames = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly events: CanvasEvents,
  ) {
    this.cy = cytoscape({
      container: host,
      minZoom: 0.04,
      maxZoom: 2.5,
      boxSelectionEnabled: false,
      autounselectify: true,
      pixelRatio: 'auto',
      style: [],
    });
    this.cy.on('render', () => this.frames++);
    this.cy.on('zoom', () => this.simplifyFromAfar());
    this.cy.on('dragpan scrollzoom pinchzoom', () => (this.touched = true));
    this.cy.on('tap', (event) => {
      if (event.target === this.cy) events.onNothing();
    });
    this.cy.on('tap', 'node', (event) => {
      const node = event.target as NodeSingular;
      const kind = node.data('kind') as PictureNode['kind'];
      if (kind === 'service') events.onService(node.id());
      else if (kind === 'instance') events.onInstance(node.id());
      else if (kind === 'aggregate') events.onOpen(node.id());
      else if (kind === 'namespace' || kind === 'part') events.onNothing();
    });
    this.cy.on('dbltap', 'node[kind = "namespace"], node[kind = "part"]', (event) => {
      if (event.target.isParent()) events.onFold((event.target as NodeSingular).id());
    });
    this.cy.on('mouseover', 'node[kind = "service"], node[kind = "aggregate"], node[kind = "unresolved"]', (event) => {
      host.style.cursor = 'pointer';
      this.pointAt((event.target as NodeSingular).id());
    });
    this.cy.on('mouseout', 'node', () => {
      host.style.cursor = '';
      this.pointAt(undefined);
    });
    // Cytoscape does not tell when the mouse goes from a node straight out of the canvas.
    host.addEventListener('mouseleave', () => this.pointAt(undefined));
    this.cy.on('position', 'node', (event) => this.curveSoon(event.target as NodeSingular));
    this.cy.on('dragfree', 'node', () => this.remember());
  }

  /** Draws a picture. Nodes of the same mode keep their places; the first picture of a mode is fitted into the window. */
  show(picture: Picture, palette: Palette, mode: string): void {
    // Cytoscape paints in the next frame, and tells when it has.
    if (this.picture === undefined) this.cy.one('render', () => this.events.onPainted());
    const newMode = mode !== this.mode;
    this.mode = mode;
    this.picture = picture;
    if (palette !== this.palette) {
      this.palette = palette;
      this.cy.style(stylesheet(palette));
    }
    const { nodes, edges } = dataOf(picture, palette);
    const placed = this.positions.place(picture, mode, this.aspect());
    let moved = false;
    this.cy.batch(() => {
      moved = this.removeOthers(nodes, edges);
      moved = this.addOrUpdate(nodes, edges, placed.at) || moved;
    });
    if (moved) curveAll(this.cy, this.positions.bends);
    if (newMode || placed.anew) this.fit();
  }

  private removeOthers(nodes: readonly Data[], edges: readonly Data[]): boolean {
    const wanted = new Map([...nodes, ...edges].map((data) => [data.id, data]));
    const others = this.cy.elements().filter((element) => {
        const data = wanted.get(element.id());
        if (data === undefined) return true;
        if (element.isNode()) return data.kind !== element.data('kind') || data.parent !== element.data('parent');
        return data.source !== element.data('source') || data.target !== element.data('target');
      });
    others.remove();
    return others.nonempty();
  }

  private addOrUpdate(nodes: readonly Data[], edges: readonly Data[], at: ReadonlyMap<string, { x: number; y: number }>): boolean {
    const added: ElementDefinition[] = [];
    const put = (group: 'nodes' | 'edges') => (data: Data) => {
      const element = this.cy.getElementById(data.id);
      const content = JSON.stringify(data);
      if (element.nonempty()) {
        // Told that something is new, Cytoscape computes its style again: for hundreds of nodes that is felt.
        if (element.scratch('content') !== content) element.data(data).scratch('content', content);
        return;
      }
      const position = at.get(data.id);
      // Dragging a box moves the view: to move hundreds of services by accident is no help.
      const box = data.kind === 'namespace' || data.kind === 'part';
      added.push({ group, data: { ...data }, scratch: { content }, ...(box ? { grabbable: false, pannable: true } : {}), ...(position === undefined ? {} : { position: { ...position } }) });
    };
    nodes.forEach(put('nodes'));
    edges.forEach(put('edges'));
    const fresh = this.cy.add(added);
    if (this.far) fresh.filter('[kind = "service"], [kind = "instance"]').addClass('far');
    let moved = added.length > 0;
    // Also those that were pushed aside.
    for (const [id, { x, y }] of at) {
      const node = this.cy.getElementById(id);
      const now = node.nonempty() ? node.position() : undefined;
      if (now === undefined || (now.x === x && now.y === y)) continue;
      node.position({ x, y });
      moved = true;
    }
    return moved;
  }

  private simplifyFromAfar(): void {
    const far = this.cy.zoom() < FAR;
    if (far === this.far) return;
    this.far = far;
    this.cy.batch(() => this.cy.nodes('[kind = "service"], [kind = "instance"]').toggleClass('far', far));
  }

  /** Lets a node's own arrows stand out, and the others between aggregates step back. */
  private pointAt(id: string | undefined): void {
    // What was pointed at may have been opened meanwhile, and is a box around many.
    this.pointedAt = id === undefined || this.cy.getElementById(id).isParent() ? undefined : id;
    this.drawThin();
    this.cy.batch(() => {
      this.cy.edges('.near, .aside').removeClass('near aside');
      if (this.pointedAt === undefined) return;
      const node = this.cy.getElementById(this.pointedAt);
      const own = node.connectedEdges();
      own.addClass('near');
      if (node.data('kind') === 'aggregate') this.cy.edges('[kind = "bundle"]').difference(own).addClass('aside');
    });
  }

  /** Draws those of the thinner arrows that somebody looks for, and no others. */
  private drawThin(): void {
    const thin = this.picture?.thin ?? [];
    // A blast radius of thousands leads along all of them: the thickest of those are enough.
    const lit = thin.filter(({ id }) => this.lit.has(id)).slice(0, MOST_BUNDLES);
    const own = thin.filter(({ source, target }) => source === this.pointedAt || target === this.pointedAt);
    const wanted = [...new Set([...lit, ...own])];
    const ids = new Set(wanted.map(({ id }) => id));
    this.cy.edges('.thin').filter((edge) => !ids.has(edge.id())).remove();
    const missing = wanted.filter(({ id }) => this.cy.getElementById(id).empty());
    this.cy.add(missing.map((edge) => ({ group: 'edges', data: { ...edgeData(edge) }, classes: ['thin'] })));
  }

  emphasize(emphasis: Emphasis): void {
    this.lit = new Set([...emphasis.upEdges, ...emphasis.downEdges]);
    // The picture may be another than when the mouse came.
    this.pointAt(this.pointedAt);
    this.cy.batch(() => {
      this.cy.elements().removeClass('selected up down dimmed');
      this.cy.nodes().forEach((node) => {
        const id = node.id();
        if (id === emphasis.selected) node.addClass('selected');
        if (emphasis.up.has(id)) node.addClass('up');
        if (emphasis.down.has(id)) node.addClass('down');
        const lit = id === emphasis.selected || (emphasis.selected !== undefined && id.startsWith(`${emphasis.selected}/`)) || emphasis.up.has(id) || emphasis.down.has(id);
        if (emphasis.dimRest && !lit && !node.isParent()) node.addClass('dimmed');
      });
      this.cy.edges().forEach((edge) => {
        const id = edge.id();
        if (emphasis.upEdges.has(id)) edge.addClass('up');
        if (emphasis.downEdges.has(id)) edge.addClass('down');
        if (emphasis.dimRest && !emphasis.upEdges.has(id) && !emphasis.downEdges.has(id)) edge.addClass('dimmed');
      });
    });
  }

  fit(): void {
    this.touched = false;
    this.cy.resize();
    this.fitted = { width: this.cy.width(), height: this.cy.height() };
    // Above a folded picture stands a line that says so.
    this.cy.fit(undefined, this.picture?.aggregated === true ? 60 : 40);
    // A handful of services need not fill a large screen.
    if (this.cy.zoom() > 1.15) this.cy.zoom({ level: 1.15, renderedPosition: this.middle() });
  }

  /** Brings a node into sight, if it is not. */
  reveal(id: string): void {
    const node = this.cy.getElementById(id);
    if (node.empty()) return;
    const box = node.renderedBoundingBox({ includeLabels: false });
    const inside = box.x1 > 0 && box.y1 > 0 && box.x2 < this.cy.width() && box.y2 < this.cy.height();
    if (inside && this.cy.zoom() > 0.45) return;
    const large = node.isParent();
    this.touched = true;
    this.cy.stop();
    this.cy.animate(
      large ? { fit: { eles: node, padding: 60 } } : { center: { eles: node }, zoom: Math.max(this.cy.zoom(), 0.8) },
      { duration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 250 },
    );
  }

  zoomBy(factor: number): void {
    this.touched = true;
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: this.middle() });
  }

  panBy(x: number, y: number): void {
    this.touched = true;
    this.cy.panBy({ x, y });
  }

  /**
   * A picture that nobody moved is fitted anew into a window of another size. A line more or less of the legend is none: what
   * comes by itself moves nothing.
   */
  resize(): void {
    const { width, height } = this.fitted;
    this.cy.resize();
    const other = Math.abs(this.cy.width() - width) > 2 || Math.abs(this.cy.height() - height) > 80;
    if (!this.touched && other) this.fit();
  }

  /** Places everything that is shown anew. */
  arrange(): void {
    if (this.picture === undefined || this.palette === undefined) return;
    this.positions.forget(this.mode);
    this.show(this.picture, this.palette, this.mode);
  }

  /** All of it, with every name, however far away it is on the screen. */
  async png(): Promise<Blob> {
    const simplified = this.cy.nodes('.far');
    simplified.removeClass('far');
    const picture = await (this.cy.png({ output: 'blob-promise', full: true, scale: 2, maxWidth: 8000, maxHeight: 8000, bg: this.palette?.background ?? '#fff' } as never) as unknown as Promise<Blob>);
    simplified.addClass('far');
    return picture;
  }

  /** What the canvas shows now, for tests. */
  drawn() {
    const classes = (element: NodeSingular | EdgeSingular) => element.classes();
    return {
      nodes: this.cy.nodes().map((node) => ({
        id: node.id(),
        kind: String(node.data('kind')),
        label: String(node.data('label')),
        health: (node.data('health') ?? node.data('instanceHealth') ?? null) as string | null,
        parent: (node.data('parent') ?? null) as string | null,
        position: { ...node.position() },
        rendered: { ...node.renderedPosition() },
        classes: classes(node),
      })),
      edges: this.cy.edges().map((edge) => ({
        source: edge.source().id(),
        target: edge.target().id(),
        kind: String(edge.data('kind')),
        sources: [...((edge.data('sources') as string[] | undefined) ?? [])],
        count: Number(edge.data('count')),
        classes: classes(edge),
      })),
      zoom: this.cy.zoom(),
      pan: { ...this.cy.pan() },
      frameCount: this.frames,
    };
  }

  destroy(): void {
    this.cy.destroy();
  }

  private middle() {
    return { x: this.cy.width() / 2, y: this.cy.height() / 2 };
  }

  private aspect(): number {
    return Math.max(0.6, this.host.clientWidth / Math.max(1, this.host.clientHeight));
  }

  private remember(): void {
    this.cy.nodes().forEach((node) => {
      if (!node.isParent()) this.positions.remember(this.mode, node.id(), node.position());
    });
  }

  /** Once a frame: dragging a namespace moves each of its services. */
  private curveSoon(node: NodeSingular): void {
    if (this.moved.size === 0) {
      requestAnimationFrame(() => {
        const edges = this.moved;
        this.moved = new Set();
        this.cy.batch(() => curve(edges, this.positions.bends));
      });
    }
    node.connectedEdges('[kind != "bundle"]').forEach((edge) => void this.moved.add(edge));
  }
}
