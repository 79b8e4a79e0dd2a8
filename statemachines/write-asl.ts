import { writeFile } from 'node:fs/promises';
import { cannotWork, compileLawful } from './compile-problems.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';

/** `npm run asl`: writes the committed definition of every shipped playbook; refuses those that cannot work, with the reasons. */
for (const [name, playbook] of Object.entries(shippedPlaybooks)) {
  const compiled = compileLawful(playbook);
  if ('problems' in compiled) {
    console.error(cannotWork(name, compiled.problems));
    process.exitCode = 1;
    continue;
  }
  await writeFile(new URL(`${name}.asl.json`, import.meta.url), `${JSON.stringify(compiled.machine, null, 2)}\n`);
}
