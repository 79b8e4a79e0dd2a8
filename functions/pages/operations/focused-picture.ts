/** A part of a picture, in its own units. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is shown of a picture at least and at most, so that its words can be read in half a laptop's window. */
const least = { width: 600, height: 430 };
const most = { width: 900, height: 640 };
/** Half of what a state takes up, with the arrows around it. */
const around = { x: 110, y: 110 };

/**
 * The picture cut to the part around these states (by `data-state`): around all of them where they fit, else around the first.
 * A picture in which none of them is drawn stays whole.
 */
export function focusedPicture(svg: string, states: readonly string[]): string {
  const whole = viewBoxOf(svg);
  const spots = states.flatMap((state) => spotOf(svg, state) ?? []);
  const [first] = spots;
  if (whole === undefined || first === undefined) return svg;
  const all = united(spots);
  const fits = all.right - all.left <= most.width && all.bottom - all.top <= most.height;
  const { left, top, right, bottom } = grown(fits ? all : first, whole);
  const numbers = [left, top, right - left, bottom - top].map(Math.round).join(' ');
  return svg.replace(/viewBox="[^"]*" width="[^"]*"/, `viewBox="${numbers}" width="100%"`);
}

function viewBoxOf(svg: string): Box | undefined {
  const [, left = 0, top = 0, width, height] = (/viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(svg) ?? []).map(Number);
  if (width === undefined || height === undefined) return undefined;
  return { left, top, right: left + width, bottom: top + height };
}

/** The surroundings of the words of a state's shape. */
function spotOf(svg: string, state: string): Box | undefined {
  const start = svg.indexOf(` data-state="${state}"`);
  if (start < 0) return undefined;
  const [, x, y] = (/ x="([-\d.]+)" y="([-\d.]+)"/.exec(svg.slice(start, svg.indexOf('</g>', start))) ?? []).map(
    Number,
  );
  const [, dx = 0, dy = 0] = (/translate\(([-\d.]+)[ ,]([-\d.]+)\)/.exec(svg) ?? []).map(Number);
  if (x === undefined || y === undefined) return undefined;
  return { left: x + dx - around.x, top: y + dy - around.y, right: x + dx + around.x, bottom: y + dy + around.y };
}

const united = (boxes: readonly Box[]): Box => ({
  left: Math.min(...boxes.map(({ left }) => left)),
  top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});

/** The box at its least size, moved so that it stays in the picture. */
function grown(box: Box, whole: Box): Box {
  const [left, right] = span([box.left, box.right], least.width, [whole.left, whole.right]);
  const [top, bottom] = span([box.top, box.bottom], least.height, [whole.top, whole.bottom]);
  return { left, top, right, bottom };
}

type Span = readonly [from: number, to: number];

function span([from, to]: Span, atLeast: number, [first, last]: Span): Span {
  const length = Math.min(Math.max(to - from, atLeast), last - first);
  const start = Math.min(Math.max((from + to - length) / 2, first), last - length);
  return [start, start + length];
}
