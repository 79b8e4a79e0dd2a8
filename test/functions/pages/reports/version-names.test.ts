import { expect, it } from 'vitest';
import { versionNames } from '../../../../functions/pages/reports/version-names.ts';
import { measuredAsOf, measuredHandoff, measuredPlaybooks } from '../../../support/measured.ts';

it('names the versions of a playbook together, the newest first, in whatever order they are kept', () => {
  const [older, newer] = measuredPlaybooks;
  if (!older || !newer) throw new Error('There are two versions.');
  const other = { ...newer, name: 'another', hash: 'x' };
  const handoffs = [older, newer, other].map(({ name, hash }) =>
    measuredHandoff({ id: hash, playbook: { name, hash } }),
  );
  for (const playbooks of [
    [older, other, newer],
    [newer, older, other],
  ])
    expect([...versionNames({ asOf: measuredAsOf, handoffs, playbooks }, 'UTC').values()]).toEqual([
      'another since Aug 3, 2026',
      'sample since Aug 3, 2026',
      'sample since Jan 5, 2026',
    ]);
});
