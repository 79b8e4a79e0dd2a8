import { writeFile } from 'node:fs/promises';
import { compile } from './compile.ts';
import { compileProblems } from './compile-problems.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';

/** `npm run asl`: writes the committed definition of every shipped playbook; refuses those that cannot work, with the reasons. */
for (const [name, playbook] of Object.entries(shippedPlaybooks)) {
  const problems = compileProblems(playbook);
  if (problems.length > 0) {
    console.error([`The playbook "${name}" cannot work:`, ...problems].join('\n- '));
    process.exitCode = 1;
    continue;
  }
  await writeFile(new URL(`${name}.asl.json`, import.meta.url), `${JSON.stringify(compile(playbook), null, 2)}\n`);
}
