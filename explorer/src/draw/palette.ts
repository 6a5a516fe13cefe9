import type { Health } from '../model/types';

/** The colours of the canvas; those around it are in style.css. */
export interface Palette {
  readonly background: string;
  readonly box: string;
  readonly innerBox: string;
  readonly boxBorder: string;
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly up: string;
  readonly down: string;
  readonly health: Readonly<Record<Health, string>>;
  readonly onHealth: string;
}

/** Arrows are drawn so that what they cross can be seen; with these, they still have a contrast of 3 to 1. */
export const EDGE_OPACITY = 0.85;
export const BUNDLE_OPACITY = 0.75;

export const LIGHT: Palette = {
  background: '#f5f6f9',
  box: '#ebeff6',
  innerBox: '#e1e7f1',
  boxBorder: '#d3dae6',
  card: '#ffffff',
  text: '#1b2430',
  muted: '#5b6778',
  line: '#667389',
  accent: '#4353d9',
  up: '#c2410c',
  down: '#0f6fbf',
  health: { healthy: '#15803d', unhealthy: '#c81e32', unknown: '#a15c07', 'no-check': '#64708a', 'no-instance': '#757f94' },
  onHealth: '#ffffff',
};

export const DARK: Palette = {
  background: '#0e131a',
  box: '#151c26',
  innerBox: '#1b2431',
  boxBorder: '#2a3544',
  card: '#202a37',
  text: '#e8edf4',
  muted: '#9aa7ba',
  line: '#8492a8',
  accent: '#8f9dff',
  up: '#fb923c',
  down: '#56b4f5',
  health: { healthy: '#4ade80', unhealthy: '#ff6b78', unknown: '#fbbf24', 'no-check': '#93a1b8', 'no-instance': '#8794aa' },
  onHealth: '#0e131a',
};
