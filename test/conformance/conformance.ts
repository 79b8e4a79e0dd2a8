import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runCase } from './conformance-case.ts';

/** All case files of a folder and the folders in it. */
function casesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return casesIn(inner);
      return entry.name.endsWith('.json') ? [inner] : [];
    });
}

const folders = process.argv.slice(2);
const unknown = folders.filter((folder) => !existsSync(folder));
if (folders.length === 0 || unknown.length > 0) {
  for (const folder of unknown) console.error(`There is no file or folder ${folder}.`);
  console.error('usage: npm run conformance -- <folder> [<folder> …]');
  process.exitCode = 2;
} else {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const folder of folders) {
    for (const file of casesIn(folder)) {
      const verdict = await runCase(JSON.parse(readFileSync(file, 'utf8')));
      counts[verdict.result] += 1;
      if (verdict.result !== 'passed')
        console.log(`${verdict.result} ${relative(folder, file) || file}: ${verdict.reason}`);
    }
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}
