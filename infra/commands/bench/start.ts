import { columns, type Part } from '../../local/bench/figures.ts';
import { inTemporaryFolder } from '../../local/bench/temporary-folder.ts';
import { type ColdFunction, measureColdStarts } from './measure-cold-starts.ts';
import { worstOf } from './worst-of.ts';

/** A function beside a handler that only imports the same SDK clients; a page's start and first answer beside a bare page's. */
const mostTimes = { ready: 1.2, answer: 2 } as const;

const started = ({ init, bareInit }: ColdFunction): number => init / bareInit;

const answered = ({ init, invocation, bareInit, bareInvocation }: ColdFunction): number =>
  (init + invocation) / (bareInit + bareInvocation);

/** Each function started by itself as on Lambda, so many times, beside a bare one. */
export async function benchStart(runs: number): Promise<Part> {
  const onRun = (run: number) => {
    if (process.stderr.isTTY) process.stderr.write(run < runs ? `\rRun ${run} of ${runs} ` : '\r');
  };
  const measured = await inTemporaryFolder((folder) => measureColdStarts({ runs, folder, onRun }));
  const pages = measured.filter(({ showsPage }) => showsPage);
  return {
    title: `Cold starts: milliseconds of processor time, medians of ${runs} runs`,
    figures: [
      worstOf('ready for the first call, beside a handler with the same AWS clients', {
        all: measured,
        of: started,
        most: mostTimes.ready,
        text: times,
      }),
      worstOf("a page's start and first answer, beside a bare one's", {
        all: pages,
        of: answered,
        most: mostTimes.answer,
        text: times,
      }),
    ],
    notes: [
      '',
      ...columns([
        ['', 'ready', 'bare', 'ratio', 'bundle alone', 'bare', 'ratio'],
        ...measured.map(({ name, init, bareInit, load, bareLoad }) => [
          name,
          ...pair(init, bareInit),
          ...pair(load, bareLoad),
        ]),
      ]),
      '',
      ...columns([
        ['', 'first answer', 'bare', 'ratio', 'with the start', 'bare', 'ratio'],
        ...measured.map(({ name, init, bareInit, invocation, bareInvocation }) => [
          name,
          ...pair(invocation, bareInvocation),
          ...pair(init + invocation, bareInit + bareInvocation),
        ]),
      ]),
      '',
      'Every function is bundled as the stack does it, started in a fresh Node as Lambda would, and answers one event from the account',
      'on this machine over a socket. ready: from the start of Node until the handler can be called, which Lambda calls INIT; bundle',
      'alone: reading and evaluating it; first answer: the first invocation, with every call to the account and what is loaded for it.',
      'The bare handler answers with what one item of the table says. In turns: whatever else the machine does counts little.',
    ],
  };
}

const pair = (own: number, bare: number): readonly string[] => [
  own.toFixed(0),
  bare.toFixed(0),
  (own / bare).toFixed(2),
];

const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;
