import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { type Figure, median, type Part, spread } from './figures.ts';

const runs = 5;
const mostSeconds = 3;

const top = fileURLToPath(new URL('../../../', import.meta.url));
const sample = 'test/support/deals/complete-standard.json';

/** Wall seconds of one `play` of one deal, from the start of the process to its end. */
export async function benchPlay({ name }: Playbook): Promise<Part> {
  const npm = process.env['npm_execpath'];
  const figures = [
    await timed('node infra/local/play.ts <deal>', ['infra/local/play.ts', sample, '--playbook', name]),
    ...(npm ? [await timed('npm run play -- <deal>', [npm, 'run', 'play', '--', sample, '--playbook', name])] : []),
  ];
  return {
    title: 'Play: one standard deal from the shell, to the end',
    figures,
    notes: [`Wall seconds; median and range of ${runs} runs.`],
  };
}

async function timed(what: string, args: readonly string[]): Promise<Figure> {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run += 1) seconds.push(await secondsOf(args));
  return {
    what,
    measured: `${spread(seconds, 2)} s`,
    goal: { text: `< ${mostSeconds} s`, met: median(seconds) < mostSeconds },
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
