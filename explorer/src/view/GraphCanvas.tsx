import { useEffect, useRef } from 'preact/hooks';
import { Canvas, type CanvasEvents } from '../draw/canvas';
import type { Palette } from '../draw/palette';
import { emphasisOf, type Derived } from '../session/derive';
import type { State } from '../session/state';
import { serviceOfKey } from '../model/picture';
import { useSession } from './hooks';

interface Props {
  readonly state: State;
  readonly derived: Derived;
  readonly palette: Palette;
  readonly onCanvas: (canvas: Canvas | undefined) => void;
}

const PAN = 60;

/** The canvas; what it shows stands in the list of services too, for those who do not see it. */
export function GraphCanvas({ state, derived, palette, onCanvas }: Props) {
  const session = useSession();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | undefined>(undefined);

  useEffect(() => {
    const events: CanvasEvents = {
      onService: (arn) => session.select(arn),
      onInstance: (key) => session.select(serviceOfKey(key)),
      onOpen: (id) => session.open(id),
      onFold: (id) => session.fold(id),
      onNothing: () => session.select(undefined),
      onPainted: () => session.pictured(),
    };
    const created = new Canvas(host.current!, events);
    canvas.current = created;
    onCanvas(created);
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(host.current!);
    return () => {
      observer.disconnect();
      onCanvas(undefined);
      created.destroy();
    };
  }, [session]);

  useEffect(() => {
    canvas.current!.show(derived.picture, palette, derived.mode);
    canvas.current!.emphasize(emphasisOf(state, derived));
  }, [derived, palette]);

  const { service } = state.view;
  useEffect(() => {
    // Behind the panel's opening, which makes the canvas smaller.
    if (service !== undefined) setTimeout(() => canvas.current?.reveal(service), 60);
  }, [service, derived.mode]);

  const { lastOpened } = session;
  useEffect(() => {
    if (lastOpened !== undefined) canvas.current!.reveal(lastOpened.id);
  }, [lastOpened]);

  const onKeyDown = (event: KeyboardEvent) => {
    const drawn = canvas.current!;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => drawn.panBy(PAN, 0),
      ArrowRight: () => drawn.panBy(-PAN, 0),
      ArrowUp: () => drawn.panBy(0, PAN),
      ArrowDown: () => drawn.panBy(0, -PAN),
      '+': () => drawn.zoomBy(1.25),
      '-': () => drawn.zoomBy(0.8),
      '0': () => drawn.fit(),
    };
    const action = actions[event.key];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };

  return (
    <div
      ref={host}
      class="graph"
      data-testid="graph"
      tabIndex={0}
      role="application"
      aria-label="The graph. Arrow keys move it, plus and minus zoom, 0 shows all. The list of services holds the same."
      onKeyDown={onKeyDown}
    />
  );
}
