import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { type Figure, median, type Part, spread } from './figures.ts';

const runs = 5;
const mostSeconds = 1;

const top = fileURLToPath(new URL('../../../', import.meta.url));
const sample = 'test/support/deals/complete-standard.json';

/** Wall seconds of one `play` of one deal, from the start of the process to its end, in turns with a Node that does nothing. */
export async function benchPlay({ name }: Playbook): Promise<Part> {
  const npm = process.env['npm_execpath'];
  const words = [sample, '--playbook', name];
  const commands = new Map<string, readonly string[]>([
    ['node -e 0', ['-e', '0']],
    ['node infra/local/play.ts <deal>', ['infra/local/play.ts', ...words]],
    [
      '… with what Node compiled the last time, as npm run play has it',
      ['--import', './infra/local/compile-cache.ts', 'infra/local/play.ts', ...words],
    ],
    ...(npm ? [['npm run play -- <deal>', [npm, 'run', 'play', '--', ...words]] as const] : []),
  ]);
  const seconds = new Map([...commands.keys()].map((what): [string, number[]] => [what, []]));
  for (let run = 0; run < runs; run += 1)
    for (const [what, args] of commands) seconds.get(what)?.push(await secondsOf(args));
  const [nothing = [], ...plays] = [...seconds.values()];
  const [, ...names] = [...seconds.keys()];
  return {
    title: 'Play: one standard deal from the shell, to the end',
    figures: [
      { what: 'node -e 0', measured: `${spread(nothing, 2)} s` },
      ...plays.map((taken, i) => figureOf(names[i] ?? '', taken, median(nothing))),
    ],
    notes: [`Wall seconds; median and range of ${runs} runs, in turns.`],
  };
}

function figureOf(what: string, seconds: readonly number[], nothing: number): Figure {
  return {
    what,
    measured: `${spread(seconds, 2)} s, ${(median(seconds) / nothing).toFixed(0)} × node -e 0`,
    goal: { text: `≤ ${mostSeconds} s`, met: median(seconds) <= mostSeconds },
  };
}

function secondsOf(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { cwd: top, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve((performance.now() - began) / 1000);
      else reject(new Error(`play ended with ${code}: ${complaint}`));
    });
  });
}
