import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inSources } from '../../../functions/aws/source-frames.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handoff-frames-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The address of a file beside which such a map lies. */
function besideMap(name: string, map?: string): string {
  if (map !== undefined) writeFileSync(join(folder, `${name}.map`), map);
  return pathToFileURL(join(folder, name)).href;
}

// One segment: line 1, column 1 of the file is line 3, column 5 of the source.
const map = JSON.stringify({ version: 3, sources: ['../../functions/verbs/notify.ts'], names: [], mappings: 'AAEI' });

describe('A frame of a stack', () => {
  it.each([
    ['at f (URL:1:9)', 'at f (functions/verbs/notify.ts:3:13)'],
    ['at URL:1:1', 'at functions/verbs/notify.ts:3:5'],
    ['at async f (URL:1:1)', 'at async f (functions/verbs/notify.ts:3:5)'],
  ])('names the line of the source: %s', (frame, named) => {
    const url = besideMap('index.mjs', map);
    expect(inSources(frame.replace('URL', url))).toBe(named);
  });

  it.each([
    ['no map', undefined],
    ['a map that is none', 'no JSON'],
    ['a map of nothing', '{"version":3,"sources":[],"names":[],"mappings":""}'],
  ])('stays as it is beside %s', (what, text) => {
    const frame = `at f (${besideMap(`${what.replaceAll(' ', '-')}.mjs`, text)}:1:1)`;
    expect(inSources(frame)).toBe(frame);
  });

  it.each([
    'at node:internal/process/task_queues:95:5',
    'at Array.map (<anonymous>)',
    'at f (data:text/javascript,x:1:1)',
  ])('that names no file stays as it is: %s', (frame) => expect(inSources(frame)).toBe(frame));
});
