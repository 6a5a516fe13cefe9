import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Palette } from '../draw/palette';
import { healthOfService } from '../model/health';
import { MOST_MATCHES, searchServices, withInstances } from '../model/search';
import type { State } from '../session/state';
import { useSession } from './hooks';
import { HealthSymbol, KindSymbol } from './Symbols';

const MOST = 40;

/** Search as one types: services at once, instances as soon as the database has answered. */
export function Search({ state, palette }: { state: State; palette: Palette }) {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const text = state.view.search;
  const { found } = state;
  const all = useMemo(() => {
    const services = searchServices(state.graph, text);
    return withInstances(state.graph, services, found.text === text.trim().toLowerCase() ? found.matches : []);
  }, [state.graph, text, found]);
  const matches = all.slice(0, MOST);
  const count = `${found.matches.length < MOST_MATCHES ? '' : 'at least '}${all.length.toLocaleString('en')}`;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    document.getElementById(`result-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const choose = (index: number) => {
    const match = matches[index];
    if (match === undefined) return;
    setOpen(false);
    session.select(match.service.arn);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(matches.length === 0 ? 0 : (active + step + matches.length) % matches.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (open && text !== '') setOpen(false);
      else {
        session.setView({ search: '' });
        input.current?.blur();
      }
    }
  };

  const shown = open && text.trim() !== '';
  return (
    <div class="search" onFocusOut={(event) => !(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null) && setOpen(false)}>
      <svg class="lens" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
        <circle cx="10.5" cy="10.5" r="6.5" fill="none" stroke="currentColor" stroke-width="2" />
        <path d="M15.5 15.5L21 21" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      </svg>
      <input
        ref={input}
        data-testid="search"
        type="search"
        role="combobox"
        aria-label="Search names, ids and attributes"
        aria-expanded={shown}
        aria-controls="search-results"
        aria-activedescendant={shown && matches.length > 0 ? `result-${active}` : undefined}
        aria-autocomplete="list"
        list={undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder="Search names, ids, attributes"
        value={text}
        onFocus={() => setOpen(true)}
        onInput={(event) => {
          setOpen(true);
          setActive(0);
          session.setView({ search: (event.currentTarget as HTMLInputElement).value });
        }}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      <p class="hidden" role="status">
        {shown && found.done && `${count} ${all.length === 1 ? 'service' : 'services'} found`}
      </p>
      {shown && (
        <ul id="search-results" class="results" role="listbox" data-testid="search-results" data-done={found.done} aria-label="Services found">
          {matches.map(({ service, because }, index) => (
            <li
              key={service.arn}
              id={`result-${index}`}
              role="option"
              aria-selected={index === active}
              data-arn={service.arn}
              onMouseDown={(event) => event.preventDefault()}
              // Not when it enters: the list may open below a mouse that nobody moves.
              onMouseMove={() => setActive(index)}
              onClick={() => choose(index)}
            >
              <KindSymbol kind={service.kinds[0] ?? 'none'} />
              <span class="grow">
                <b>{service.name}</b> <span class="muted">{service.namespace}</span>
                {because !== '' && <span class="because">{because}</span>}
              </span>
              <HealthSymbol health={healthOfService(service)} palette={palette} />
            </li>
          ))}
          {matches.length < all.length && (
            <li class="none" role="presentation">
              The first {matches.length} of {count}: type more to see the others.
            </li>
          )}
          {found.failed !== undefined && <li class="none">Instances could not be searched: {found.failed}</li>}
          {matches.length === 0 && found.failed === undefined && <li class="none">{found.done ? 'Nothing has that in its name, id or attributes.' : 'Searching …'}</li>}
        </ul>
      )}
    </div>
  );
}
