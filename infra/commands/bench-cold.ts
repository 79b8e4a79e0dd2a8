import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { columns } from '../local/bench/figures.ts';
import { runMeasurement } from '../local/command-line.ts';
import { type ColdFunction, measureColdStarts } from './bench-cold/measure.ts';

const usage = `Usage: npm run bench:cold [-- --runs 7]

Bundles every function as the stack does, starts each in a fresh Node as Lambda would, and has it answer one event against the
local account over a socket. Beside it stands a handler that has the same AWS clients, and answers with what one item of the
table says. Milliseconds of processor time, in turns: whatever else the machine does counts little.

Exit code 0: measured, whether or not the goals are met; 2: the options cannot be used.`;

const mostTimes = 1.2;
const mostTimesAnswer = 2;
const mostBytes = 600_000;
const mostBytesAtStart = 300_000;

/** `npm run bench:cold`: see the usage above. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' }, help: { type: 'boolean' } } });
  const runs = Number(values.runs);
  if (values.help || !Number.isInteger(runs) || runs < 1) {
    console.log(values.help ? usage : `--runs takes a whole number of 1 or more.\n\n${usage}`);
    return values.help ? 0 : 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'handoff-cold-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const onRun = (run: number) => {
    if (process.stdout.isTTY) process.stdout.write(`\rRun ${run} of ${runs} `);
  };
  const measured = await measureColdStarts({ runs, folder, onRun });
  if (process.stdout.isTTY) process.stdout.write('\r');
  console.log(report(measured, runs));
  return 0;
}

function report(measured: readonly ColdFunction[], runs: number): string {
  const goal = (met: boolean): string => (met ? 'met' : 'MISSED');
  return [
    `Cold starts: milliseconds of processor time, medians of ${runs} runs`,
    '',
    ...indented(
      columns([
        ['', 'ready', 'bare', 'ratio', `goal ≤ ${mostTimes}`, 'bundle alone', 'bare', 'ratio'],
        ...measured.map(({ name, init, bareInit, load, bareLoad }) => [
          name,
          ...[init, bareInit].map(whole),
          (init / bareInit).toFixed(2),
          goal(init / bareInit <= mostTimes),
          ...[load, bareLoad].map(whole),
          (load / bareLoad).toFixed(2),
        ]),
      ]),
    ),
    '',
    'First answers: the same',
    '',
    ...indented(
      columns([
        ['', 'first answer', 'bare', 'ratio', 'with the start', 'bare', 'ratio', `goal ≤ ${mostTimesAnswer}`],
        ...measured.map(({ name, init, bareInit, invocation, bareInvocation, showsPage }) => [
          name,
          ...[invocation, bareInvocation].map(whole),
          (invocation / bareInvocation).toFixed(2),
          ...[init + invocation, bareInit + bareInvocation].map(whole),
          ((init + invocation) / (bareInit + bareInvocation)).toFixed(2),
          showsPage ? goal((init + invocation) / (bareInit + bareInvocation) <= mostTimesAnswer) : '',
        ]),
      ]),
    ),
    '',
    'Bundles: kilobytes',
    '',
    ...indented(
      columns([
        [
          '',
          'all',
          `goal ≤ ${mostBytes / 1000}`,
          'at start',
          `goal ≤ ${mostBytesAtStart / 1000}`,
          'the heaviest of it',
        ],
        ...measured.map(({ name, bundle }) => [
          name,
          kilobytes(bundle.bytes),
          goal(bundle.bytes <= mostBytes),
          kilobytes(bundle.bytesAtStart),
          goal(bundle.bytesAtStart <= mostBytesAtStart),
          heaviest(bundle.parts),
        ]),
      ]),
    ),
    '',
    '  ready: from the start of Node until the handler can be called, which Lambda calls INIT; bundle alone: reading and',
    '  evaluating it; first answer: the first invocation, with every call to the account and what is loaded for it. What somebody waits',
    '  for who opens a page of a function that has not started yet is both; the goal is about that.',
    '',
  ].join('\n');
}

const whole = (milliseconds: number): string => milliseconds.toFixed(0);

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0);

const heaviest = (parts: ColdFunction['bundle']['parts']): string =>
  parts
    .slice(0, 6)
    .map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`)
    .join(', ');

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

await runMeasurement(main, usage);
