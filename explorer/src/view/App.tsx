import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Canvas } from '../draw/canvas';
import { DARK, LIGHT, type Palette } from '../draw/palette';
import { MOST_INSTANCES } from '../model/picture';
import { derive } from '../session/derive';
import type { Session } from '../session/session';
import type { State } from '../session/state';
import type { View } from '../model/view';
import { Changes } from './Changes';
import { Details } from './Details';
import { Export } from './Export';
import { Freshness, Warnings } from './Freshness';
import { GraphCanvas } from './GraphCanvas';
import { SessionContext, useSession, useSessionState } from './hooks';
import { Icon } from './Icon';
import { Legend } from './Legend';
import { Answer, Questions, summary } from './Questions';
import { Search } from './Search';
import { Sidebar } from './Sidebar';
import { Brand, SignIn } from './SignIn';
import { useTheme } from './theme';

export function App({ session }: { session: Session }) {
  const state = useSessionState(session);
  const [theme, toggleTheme] = useTheme();
  const palette = theme === 'dark' ? DARK : LIGHT;
  return (
    <SessionContext.Provider value={session}>
      {state.phase === 'connected' ? (
        <Explorer state={state} palette={palette} dark={theme === 'dark'} onTheme={toggleTheme} />
      ) : state.phase === 'starting' || (state.phase === 'connecting' && state.told) ? (
        <main class="welcome muted">{state.told && `Connecting to ${state.server.uri} …`}</main>
      ) : (
        <SignIn state={state} />
      )}
    </SessionContext.Provider>
  );
}

interface Props {
  readonly state: State;
  readonly palette: Palette;
  readonly dark: boolean;
  readonly onTheme: () => void;
}

function Explorer({ state, palette, dark, onTheme }: Props) {
  const session = useSession();
  const { graph, view, opened, byInstances, result } = state;
  const derived = useMemo(() => derive(state), [graph, view.filter, view.open, view.closed, view.service, view.up, view.down, view.only, view.allArrows, view.instances, opened, byInstances, result]);
  const canvas = useRef<Canvas | undefined>(undefined);
  const [sidebar, setSidebar] = useState(true);
  useDrawn(canvas, state);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      const { service, panel, query } = session.state.view;
      if (panel !== undefined) session.setView({ panel: undefined });
      else if (service !== undefined) session.setView({ service: undefined, up: undefined, down: undefined, only: false });
      else if (query !== undefined) session.setView({ query: undefined, parameters: {} });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [session]);

  useKeptFocus(view);
  const toggle = (panel: 'changes' | 'queries') => session.setView({ panel: view.panel === panel ? undefined : panel });
  const empty = graph.services.size === 0 && graph.namespaces.size === 0;
  return (
    <div class={sidebar ? 'explorer' : 'explorer wide'}>
      <header class="top">
        <button class="icon" aria-label={sidebar ? 'Hide filters and services' : 'Show filters and services'} aria-expanded={sidebar} onClick={() => setSidebar(!sidebar)}>
          <Icon name="menu" />
        </button>
        <Brand />
        <Search state={state} palette={palette} />
        <Freshness state={state} />
        <Counts state={state} shown={derived.shown.length} />
        <nav>
          <button aria-pressed={view.panel === 'queries'} data-testid="open-queries" onClick={() => toggle('queries')}>
            Questions
          </button>
          <button aria-pressed={view.panel === 'changes'} data-testid="open-changes" onClick={() => toggle('changes')}>
            Changes
          </button>
          <Export state={state} derived={derived} canvas={() => canvas.current} />
          <button class="icon" data-testid="theme" aria-label={dark ? 'Light colours' : 'Dark colours'} title={dark ? 'Light colours' : 'Dark colours'} onClick={onTheme}>
            <Icon name={dark ? 'sun' : 'moon'} />
          </button>
          <button class="icon" data-testid="sign-out" aria-label="Disconnect" title={`Disconnect from ${state.server.uri}`} onClick={() => void session.disconnect()}>
            <Icon name="leave" />
          </button>
        </nav>
      </header>
      {sidebar && <Sidebar state={state} derived={derived} palette={palette} />}
      <main class="stage">
        <Warnings state={state} />
        <p class="hidden" role="status" data-testid="announcement">
          {result !== undefined ? summary(result) : derived.shown.length === graph.services.size ? '' : `${derived.shown.length.toLocaleString('en')} of ${graph.services.size.toLocaleString('en')} services shown`}
        </p>
        <div class="canvas">
          <GraphCanvas state={state} derived={derived} palette={palette} onCanvas={(created) => (canvas.current = created)} />
          {empty && (
            <div class="notice" data-testid="empty">
              <h2>The graph is empty</h2>
              <p>No snapshot was applied yet, or the registry holds no namespace. As soon as one is, it appears here by itself.</p>
            </div>
          )}
          {!empty && derived.shown.length === 0 && <div class="notice small">Nothing to draw: no service passes the filter.</div>}
          {(derived.picture.aggregated || derived.picture.hiddenInstances > 0) && (
            <p class="aggregated" role="note">
              {derived.picture.aggregated && (derived.picture.drawnServices === 0 ? 'Namespaces are folded: open one by a click.' : 'Some services are folded: open more by a click.')}
              {derived.picture.thin.length > 0 && ` ${derived.picture.thin.length.toLocaleString('en')} thinner arrows are drawn when you point at one of their ends. `}
              {(derived.picture.thin.length > 0 || view.allArrows) && (
                <button class="link" data-testid="all-arrows" data-hidden={derived.picture.thin.length} aria-pressed={view.allArrows} onClick={() => session.setView({ allArrows: !view.allArrows })}>
                  {view.allArrows ? 'Draw the thickest arrows only' : 'Draw all arrows'}
                </button>
              )}
              {derived.picture.hiddenInstances > 0 && ` ${derived.picture.hiddenInstances.toLocaleString('en')} instances are left out: at most ${MOST_INSTANCES} of a service are drawn.`}
            </p>
          )}
          <div class="zoom" role="group" aria-label="The view">
            <button aria-label="Zoom in" onClick={() => canvas.current?.zoomBy(1.3)}>
              <Icon name="plus" />
            </button>
            <button aria-label="Zoom out" onClick={() => canvas.current?.zoomBy(1 / 1.3)}>
              <Icon name="minus" />
            </button>
            <button aria-label="Show all" title="Show all" onClick={() => canvas.current?.fit()}>
              <Icon name="fit" />
            </button>
            <button aria-label="Arrange anew" title="Arrange anew" onClick={() => canvas.current?.arrange()}>
              <Icon name="arrange" />
            </button>
          </div>
        </div>
        {!empty && <Legend derived={derived} palette={palette} />}
        {result !== undefined && <Answer result={result} />}
      </main>
      {view.panel === 'changes' ? (
        <Changes state={state} />
      ) : view.panel === 'queries' ? (
        <Questions state={state} />
      ) : (
        <Details state={state} derived={derived} palette={palette} />
      )}
    </div>
  );
}

function Counts({ state, shown }: { state: State; shown: number }) {
  const { graph } = state;
  const instances = useMemo(() => [...graph.services.values()].reduce((sum, service) => sum + service.instances, 0), [graph]);
  const number = (value: number) => value.toLocaleString('en');
  return (
    <p
      class="counts"
      data-testid="counts"
      data-namespaces={graph.namespaces.size}
      data-services={graph.services.size}
      data-instances={instances}
      data-dependencies={graph.dependencies.length}
      data-shown-services={shown}
      data-first-picture-ms={state.firstPictureMs === undefined ? '' : Math.round(state.firstPictureMs)}
    >
      <b>{number(graph.services.size)}</b> services <b>{number(instances)}</b> instances <b>{number(graph.dependencies.length)}</b> dependencies
    </p>
  );
}

/** Where what had the focus is closed, the focus goes to what led there: without this it would begin anew at the page's top. */
function useKeptFocus({ panel, service, query }: View): void {
  const before = useRef({ panel, service, query });
  useEffect(() => {
    const was = before.current;
    before.current = { panel, service, query };
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const closedPanel = was.panel !== undefined && panel === undefined;
    if (!closedPanel && (was.service === undefined || service !== undefined) && (was.query === undefined || query !== undefined)) return;
    const opener = closedPanel ? `[data-testid="open-${was.panel}"]` : was.service === undefined || service !== undefined ? '[data-testid="open-queries"]' : `.services [data-arn="${CSS.escape(was.service)}"]`;
    const target = document.querySelector<HTMLElement>(opener) ?? document.querySelector<HTMLElement>('.graph');
    target?.focus({ preventScroll: true });
  }, [panel, service, query]);
}

/** For tests: what is on the canvas, which no document tells. It only reads. */
function useDrawn(canvas: { readonly current: Canvas | undefined }, state: State): void {
  useEffect(() => {
    const version = Math.max(0, ...state.states.map((scope) => scope.version));
    Object.assign(window, { cloudMapGraphExplorer: { drawn: () => ({ ...canvas.current?.drawn(), version }) } });
  }, [state.states]);
}
