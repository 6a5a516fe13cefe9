import { useEffect, useRef, useState } from 'preact/hooks';
import type { Canvas } from '../draw/canvas';
import { toDot } from '../model/export/dot';
import { toJson } from '../model/export/json';
import { toMermaid } from '../model/export/mermaid';
import type { Derived } from '../session/derive';
import type { State } from '../session/state';

interface Props {
  readonly state: State;
  readonly derived: Derived;
  readonly canvas: () => Canvas | undefined;
}

/** Takes what is shown along, as a file. */
export function Export({ state, derived, canvas }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event) => {
      if (!root.current!.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [open]);
  const take = (ending: string, content: () => Blob | Promise<Blob>) => async () => {
    setOpen(false);
    save(`cloud-map-graph.${ending}`, await content());
  };
  const text = (content: string, type: string) => new Blob([content], { type: `${type};charset=utf-8` });
  return (
    <div class="menu" ref={root} onKeyDown={(event) => event.key === 'Escape' && open && (event.stopPropagation(), setOpen(false))}>
      <button aria-expanded={open} aria-haspopup="true" data-testid="export" onClick={() => setOpen(!open)}>
        Export
      </button>
      {/* Always there, so that it can be reached by those who look for it by name; shown when opened. */}
      <div class="menu-items" hidden={!open}>
        <button data-testid="export-png" onClick={take('png', () => canvas()!.png())}>
          Picture (PNG)
        </button>
        <button data-testid="export-mermaid" onClick={take('mmd', () => text(toMermaid(derived.picture), 'text/plain'))}>
          Mermaid
        </button>
        <button data-testid="export-dot" onClick={take('dot', () => text(toDot(derived.picture), 'text/vnd.graphviz'))}>
          Graphviz DOT
        </button>
        <button data-testid="export-json" onClick={take('json', () => text(toJson(derived.picture, state.states), 'application/json'))}>
          JSON
        </button>
      </div>
    </div>
  );
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
