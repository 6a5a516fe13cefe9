import { describe, expect, it } from 'vitest';
import { EDGE_OPACITY, BUNDLE_OPACITY, DARK, LIGHT } from './palette';

type Rgb = readonly [number, number, number];
const rgb = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const over = (top: Rgb, opacity: number, below: Rgb) => top.map((each, index) => opacity * each + (1 - opacity) * below[index]!) as unknown as Rgb;

/** As the Web Content Accessibility Guidelines define it. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = (colour: Rgb) => {
    const [red, green, blue] = colour.map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4)) as unknown as Rgb;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s palette', (_name, palette) => {
  it('lets arrows be seen, over the canvas and over every box', () => {
    for (const below of [palette.background, palette.box, palette.innerBox].map(rgb)) expect(contrast(over(rgb(palette.line), EDGE_OPACITY, below), below)).toBeGreaterThanOrEqual(3);
    const canvas = rgb(palette.background);
    expect(contrast(over(rgb(palette.muted), BUNDLE_OPACITY, canvas), canvas)).toBeGreaterThanOrEqual(3);
  });

  it('lets the border of every health be seen on its card and beside it', () => {
    for (const colour of Object.values(palette.health)) {
      for (const below of [palette.card, palette.box, palette.innerBox]) expect(contrast(rgb(colour), rgb(below))).toBeGreaterThanOrEqual(3);
    }
  });

  it('lets text be read', () => {
    for (const text of [palette.text, palette.muted]) {
      for (const below of [palette.background, palette.box, palette.innerBox, palette.card]) expect(contrast(rgb(text), rgb(below))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
