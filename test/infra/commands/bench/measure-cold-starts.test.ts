import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { measureColdStarts } from '../../../../infra/commands/bench/measure-cold-starts.ts';
import { course } from '../../../support/course.ts';

it('starts bundles in processes of their own, which answer from the account over a socket', course, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'handoff-cold-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  // One behind each kind of link, and one that no link leads to.
  const names = ['show-page', 'show-desk', 'notify'] as const;
  const measured = await measureColdStarts({ runs: 1, folder, names });
  expect(measured.map(({ name }) => name)).toEqual(names);
  expect(measured.map(({ showsPage }) => showsPage)).toEqual([true, true, false]);
  for (const { init, load, invocation, bareInit, bareLoad, bareInvocation, bundle } of measured) {
    expect(load).toBeLessThan(init);
    expect(bareLoad).toBeLessThan(bareInit);
    expect(invocation).toBeGreaterThan(0);
    expect(bareInvocation).toBeGreaterThan(0);
    expect(bundle.bytesAtStart).toBeLessThan(bundle.bytes);
  }
});
