import { useState } from 'preact/hooks';
import type { Palette } from '../draw/palette';
import { HEALTH_NAMES } from '../model/health';
import { kindName } from '../model/kinds';
import { HEALTHS } from '../model/types';
import type { Derived } from '../session/derive';
import { HealthSymbol, KindSymbol } from './Symbols';

/** What the signs mean; the kinds are those that are shown. */
export function Legend({ derived, palette }: { derived: Derived; palette: Palette }) {
  const [open, setOpen] = useState(window.innerHeight > 700);
  const kinds = [...new Set(derived.shown.map((service) => service.kinds[0] ?? 'none'))].slice(0, 10);
  return (
    <section class={open ? 'legend open' : 'legend'} aria-label="Legend">
      <button class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span aria-hidden="true">{open ? '▾' : '▸'}</span> Legend
      </button>
      {open && (
        <div class="legend-body">
          <ul>
            {HEALTHS.map((health) => (
              <li key={health}>
                <span class={`border-sample ${health}`} style={{ borderColor: palette.health[health] }}>
                  <HealthSymbol health={health} palette={palette} />
                </span>
                {HEALTH_NAMES[health]}
              </li>
            ))}
          </ul>
          <ul>
            <li>
              <Line /> depends on, by tag
            </li>
            <li>
              <Line dash="6 3" /> by attribute
            </li>
            <li>
              <Line width={3.2} /> by both
            </li>
            <li>
              <Line dash="1.5 3" colour={palette.accent} /> drawn by a person
            </li>
            <li>
              <Line dash="2 3" hollow /> not there
            </li>
          </ul>
          <ul>
            {kinds.map((kind) => (
              <li key={kind}>
                <KindSymbol kind={kind} /> {kind === 'none' ? 'nothing registered' : kindName(kind)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Line({ dash, width = 1.6, colour = 'currentColor', hollow = false }: { dash?: string; width?: number; colour?: string; hollow?: boolean }) {
  return (
    <svg width="34" height="10" viewBox="0 0 34 10" aria-hidden="true">
      <path d="M1 5h25" stroke={colour} stroke-width={width} stroke-dasharray={dash} fill="none" />
      {hollow ? <circle cx="29" cy="5" r="3" fill="none" stroke={colour} /> : <path d="M25 1l8 4-8 4z" fill={colour} />}
    </svg>
  );
}
