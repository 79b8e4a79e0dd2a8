/** What WCAG 2.2 asks of text, level AA (1.4.3). */
export const readable = 4.5;

/** How well text of one color reads on another, from 1 to 21 (WCAG 2.2, contrast ratio); both as `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Whether white reads well on a color, given as `#rrggbb`; false for what is no color. */
export const carriesWhite = (color: string): boolean =>
  /^#[0-9a-f]{6}$/i.test(color) && contrast(color, '#ffffff') >= readable;

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
