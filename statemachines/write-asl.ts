import { writeFile } from 'node:fs/promises';
import { compile } from './compile.ts';
import { playbookProblems } from './laws/playbook-laws.ts';
import { playbook } from './playbooks/default.ts';

/** `npm run asl`: writes the committed definition anew from the playbook; refuses one that cannot work, with the reasons. */
const problems = playbookProblems(playbook);
if (problems.length > 0) {
  console.error(['This playbook cannot work:', ...problems].join('\n- '));
  process.exitCode = 1;
} else {
  await writeFile(new URL('default.asl.json', import.meta.url), `${JSON.stringify(compile(playbook), null, 2)}\n`);
}
