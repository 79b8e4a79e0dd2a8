import { describe, expect, it } from 'vitest';
import { focusedPicture } from '../../../../functions/pages/operations/focused-picture.ts';
import { markedPicture } from '../../../../functions/pages/operations/marked-picture.ts';
import { takenPath } from '../../../../infra/local/console/taken-path.ts';
import { history } from './event-history.ts';
import { openTestConsole } from './open-test-console.ts';

const node = (state: string, y: number): string =>
  `<g id="node1" class="node step" data-state="${state}">\n<text x="500" y="${y}">${state}</text>\n</g>\n`;
const edge = (from: string, to: string): string =>
  `<g id="edge1" class="edge" data-from="${from}" data-to="${to}">\n</g>\n`;
const picture = `<svg viewBox="-12 -12 2000 4000" width="2000"><g transform="scale(1 1) translate(4 100)">
${node('start', 0)}${node('Ask', 100)}${node('Choose', 200)}${node('fork Both', 300)}${node('Left', 400)}${node('Right', 3500)}${node('join Both', 600)}${node('Other', 700)}
${edge('start', 'Ask')}${edge('Ask', 'Choose')}${edge('Choose', 'fork Both')}${edge('Choose', 'Other')}${edge('fork Both', 'Left')}${edge('fork Both', 'Right')}${edge('Left', 'join Both')}${edge('Right', 'join Both')}${edge('join Both', 'Other')}
</g></svg>`;

const first = history(
  [1, 0, 'ExecutionStarted'],
  [2, 1, 'TaskStateEntered', 'Ask'],
  [3, 2, 'TaskStateExited', 'Ask'],
  [4, 3, 'TaskStateEntered', 'Wait'],
  [5, 4, 'TaskStateExited', 'Wait'],
  [6, 5, 'ChoiceStateEntered', 'Choose'],
  [7, 6, 'ChoiceStateExited', 'Choose'],
  [8, 7, 'ParallelStateEntered', 'Both'],
  [9, 8, 'ParallelStateStarted'],
  [10, 9, 'TaskStateEntered', 'Left'],
  [11, 9, 'WaitStateEntered', 'Right'],
);
const joined = history(
  [12, 10, 'TaskStateExited', 'Left'],
  [13, 12, 'SucceedStateEntered', 'Done'],
  [14, 13, 'SucceedStateExited', 'Done'],
  [15, 11, 'WaitStateExited', 'Right'],
  [16, 15, 'ParallelStateSucceeded'],
  [17, 16, 'ParallelStateExited', 'Both'],
  [18, 17, 'TaskStateEntered', 'Other'],
);

const marked = (events: ReturnType<typeof history>, current: readonly string[], late: readonly string[] = []) => {
  const marks = { path: takenPath(events), current: new Set(current), late: new Set(late) };
  return markedPicture(picture, { ...marks, requestOf: new Map([['Wait', 'Ask']]) });
};
const taken = (svg: string) =>
  [...svg.matchAll(/class="edge past" data-from="([^"]*)" data-to="([^"]*)"/g)].map(
    ([, from, to]) => `${from} → ${to}`,
  );
const nodes = (svg: string, mark: string) =>
  [...svg.matchAll(new RegExp(`class="node step[^"]*\\b${mark}\\b[^"]*" data-state="([^"]*)"`, 'g'))].map(
    ([, state]) => state,
  );

describe('the picture of an execution', () => {
  it('has the arrows it took, and only those', () => {
    expect(taken(marked(first, []))).toEqual([
      'start → Ask',
      'Ask → Choose',
      'Choose → fork Both',
      'fork Both → Left',
      'fork Both → Right',
    ]);
    expect(taken(marked([...first, ...joined], []))).toEqual([
      ...taken(marked(first, [])),
      'Left → join Both',
      'Right → join Both',
      'join Both → Other',
    ]);
  });

  it('marks where it stands, with the request where the wait for an answer is drawn with it, and what is late', () => {
    const svg = marked(first.slice(0, 4), ['Wait'], ['Ask']);
    expect(nodes(svg, 'now')).toEqual(['Ask']);
    expect(nodes(svg, 'late')).toEqual(['Ask']);
    expect(nodes(svg, 'past')).toEqual(['start', 'Ask']);
  });

  it('is cut to where it stands: around all states where they fit, else around the first', () => {
    const box = (states: readonly string[]) =>
      /viewBox="(\S+) (\S+) (\S+) (\S+)" width="100%"/.exec(focusedPicture(picture, states))?.slice(1).map(Number);
    expect(box(['Ask', 'Left'])).toEqual([204, 90, 600, 520]);
    expect(box(['Right', 'Left'])).toEqual([204, 3385, 600, 430]);
    expect(box(['start'])).toEqual([204, -12, 600, 430]);
    expect(focusedPicture(picture, ['not drawn'])).toBe(picture);
  });
});

it('shows a handoff where it stands, and whole', async () => {
  const { get, submit } = await openTestConsole();
  await submit('/deals', { sample: 'complete-standard' });
  const page = await get('/handoffs/D-2026-1041-1');
  expect(nodes(page.text, 'now').length).toBeGreaterThan(0);
  expect(nodes(page.text, 'late')).toEqual([]);
  expect(page.text).toContain('width="100%" role="img"');
  // Both style sheets are allowed by their hashes, and no others.
  expect(String(page.headers['content-security-policy'])).toMatch(/style-src 'sha256-[^']+' 'sha256-[^']+';/);
  const whole = (await get('/handoffs/D-2026-1041-1?picture=whole')).text;
  expect(whole).not.toContain('width="100%" role="img"');
  await submit('/clock', { move: 'week' });
  expect(nodes((await get('/handoffs/D-2026-1041-1')).text, 'late').length).toBeGreaterThan(0);
});
