import { kindIcon, healthGlyph } from '../draw/icons';
import type { Palette } from '../draw/palette';
import { HEALTH_NAMES } from '../model/health';
import { kindName } from '../model/kinds';
import type { Health } from '../model/types';

/** The same pictures as on the canvas. */
export function HealthSymbol({ health, palette }: { health: Health; palette: Palette }) {
  return <img class="glyph" src={healthGlyph(health, palette.health[health], palette.onHealth)} alt={HEALTH_NAMES[health]} title={HEALTH_NAMES[health]} />;
}

export function KindSymbol({ kind, large = false }: { kind: string; large?: boolean }) {
  const name = kind === 'none' ? 'nothing registered' : kindName(kind);
  return <img class={large ? 'kind large' : 'kind'} src={kindIcon(kind)} alt={name} title={name} />;
}
