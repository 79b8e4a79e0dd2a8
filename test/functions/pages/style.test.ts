import { describe, expect, it } from 'vitest';
import { reportStyle } from '../../../functions/pages/reports/report-style.ts';
import { tokens } from '../../../functions/pages/style-tokens.ts';

/** The colors of one scheme, by name. */
const colors = (css: string): ReadonlyMap<string, string> =>
  new Map([...css.matchAll(/(--[a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));

/** Relative luminance by WCAG. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)');
const [lightHeat = '', darkHeat = ''] = reportStyle.split('@media (prefers-color-scheme: dark)');

describe.each([
  ['light', light],
  ['dark', dark],
])('The colors, %s', (_name, css) => {
  const of = colors(css);
  const pairs = [
    ...['--ink', '--soft', '--link'].flatMap((text) =>
      ['--ground', '--card', '--sunken'].map((ground) => [text, ground, 4.5] as const),
    ),
    ...['--good', '--soon', '--bad'].map((text) => [text, `${text}-ground`, 4.5] as const),
    ['--bad', '--card', 4.5],
    ['--on-accent', '--accent', 4.5],
    ['--on-accent', '--accent-strong', 4.5],
    ['--link', '--accent-ground', 4.5],
    ['--edge', '--card', 3],
  ] as const;

  it.each(pairs)('let people read %s on %s', (text, ground, atLeast) => {
    expect(contrast(of.get(text) ?? '#000000', of.get(ground) ?? '#000000')).toBeGreaterThanOrEqual(atLeast);
  });
});

describe.each([
  ['light', lightHeat],
  ['dark', darkHeat],
])('The steps of the heat map, %s', (_name, css) => {
  it.each(['a', 'b', 'c', 'd', 'e'])('let people read what stands on %s', (step) => {
    const of = colors(css);
    const [ground, ink] = [of.get(`--heat-${step}`), of.get(`--heat-${step}-ink`)];
    expect(contrast(ground ?? '#000000', ink ?? '#000000')).toBeGreaterThanOrEqual(4.5);
  });

  it('differ in lightness, so that nobody needs to tell colors apart', () => {
    const of = colors(css);
    const shades = ['a', 'b', 'c', 'd', 'e'].map((step) => luminance(of.get(`--heat-${step}`) ?? '#000000'));
    const sorted = shades.toSorted((one, other) => one - other);
    expect([sorted, sorted.toReversed()]).toContainEqual(shades);
  });
});
