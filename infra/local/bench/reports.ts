import { Worker } from 'node:worker_threads';
import { packRows } from '../../../functions/aws/measured-codec.ts';
import type { ReportPageId } from '../../../functions/domain/reports/report-address.ts';
import { measuredCompany } from '../measured-company.ts';
import { type Figure, median, type Part, spread } from './figures.ts';
import type { Look, Looked } from './first-look.ts';

const handoffs = 20_000;
const days = 365;
/** So many stand in an item of the table before new ones go to another. */
const rowsOfChunk = 1300;
const runs = 3;
/** Plain JSON of so many rows is read in about 300 ms on a quiet core. */
const mostTimesJson = 1;

const pages: readonly ReportPageId[] = ['overview', 'measures', 'heat-map', 'changes', 'outcomes', 'handoffs'];

/**
 * What revenue operations wait for at their first look at each report page with 20,000 handoffs of a year: rows are read already, the
 * code is not compiled yet, as in a function that has just started. Processor time, beside what reading the same rows from plain
 * JSON takes in the same thread, so that other work on the machine counts little.
 */
export async function benchReports(): Promise<Part> {
  const { handoffs: rows, asOf, playbooks } = measuredCompany({ handoffs, days });
  const chunks = Array.from({ length: Math.ceil(rows.length / rowsOfChunk) }, (_, i) =>
    packRows(rows.slice(i * rowsOfChunk, (i + 1) * rowsOfChunk)),
  );
  const figures: Figure[] = [];
  const all: Looked[] = [];
  for (const page of pages) {
    const looked: Looked[] = [];
    for (let run = 0; run < runs; run += 1) looked.push(await inThread({ page, chunks, asOf, playbooks }));
    all.push(...looked);
    const ratio = median(looked.map(({ first, plainJson }) => first / plainJson));
    figures.push({
      what: `first look at "${page}", beside plain JSON`,
      measured: `${ratio.toFixed(2)} ×, ${msText(looked.map(({ first }) => first))}, again ${msText(looked.map(({ again }) => again))}`,
      goal: { text: `≤ ${mostTimesJson} ×`, met: ratio <= mostTimesJson },
    });
  }
  const unpacking = median(all.map((each) => each.unpacking / each.plainJson));
  return {
    title: `Reports: pages over ${handoffs.toLocaleString('en-US')} handoffs, each in a thread of its own`,
    figures: [
      ...figures,
      {
        what: 'reading the rows themselves, once a night for each function',
        measured: `${unpacking.toFixed(2)} ×, ${msText(all.map((each) => each.unpacking))}`,
      },
      { what: 'reading them from plain JSON', measured: msText(all.map(({ plainJson }) => plainJson)) },
    ],
    notes: [
      `Processor time of the thread; median and range of ${runs} runs. The goal stands for 300 ms on a quiet core: other work on the`,
      'machine makes both slower. Lambda gives 512 MB less than a third of a core.',
    ],
  };
}

const msText = (milliseconds: readonly number[]): string => `${spread(milliseconds, 0)} ms`;

function inThread(look: Look): Promise<Looked> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('first-look.ts', import.meta.url), { workerData: look });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
