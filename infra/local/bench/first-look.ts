import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { unpackRows } from '../../../functions/aws/measured-codec.ts';
import type { MeasuredPlaybook } from '../../../functions/domain/reports/measured-handoff.ts';
import type { ReportPageId } from '../../../functions/domain/reports/report-address.ts';
import { scopeOf } from '../../../functions/domain/reports/who-sees.ts';
import { reportAnswer } from '../../../functions/pages/reports/report-answer.ts';
import { companyPeople } from '../measured-company.ts';
import { sampleRoster } from '../sample-company.ts';

/** What a thread looks at. */
export interface Look {
  readonly page: ReportPageId;
  readonly chunks: readonly Uint8Array[];
  readonly asOf: string;
  readonly playbooks: readonly MeasuredPlaybook[];
}

/** Milliseconds of processor time. */
export interface Looked {
  /** From the bytes of the table to rows. */
  readonly unpacking: number;
  /** From rows to the page, by code that never ran before. */
  readonly first: number;
  readonly again: number;
  /** Reading the same rows from plain JSON: what it is compared with. */
  readonly plainJson: number;
}

function timed<T>(work: () => T): { readonly made: T; readonly milliseconds: number } {
  const before = process.threadCpuUsage();
  const made = work();
  const { user, system } = process.threadCpuUsage(before);
  return { made, milliseconds: (user + system) / 1000 };
}

function lookAt({ page, chunks, asOf, playbooks }: Look): Looked {
  const people = sampleRoster();
  const person = people.find(({ role }) => role === 'revenueOperations');
  if (!person) throw new Error('The sample company has nobody in revenue operations.');
  const { made: handoffs, milliseconds: unpacking } = timed(() => chunks.flatMap(unpackRows));
  const measured = { asOf, playbooks, handoffs };
  const scope = scopeOf(person, { roster: people, ids: companyPeople });
  const site = { url: 'https://handoff.example.com', name: 'Handoff', company: 'Sample', defaultZone: 'Europe/Berlin' };
  const asked = { site, linkId: 'link', nonce: 'nonce', query: new URLSearchParams(), at: asOf, page };
  const look = () => reportAnswer({ kind: 'reports', person, scope, measured }, asked);
  const [first, again] = [timed(look), timed(look)];
  if (!('status' in first.made) || first.made.status !== 200) throw new Error(`There is no page "${page}" to look at.`);
  const text = JSON.stringify(handoffs);
  const { milliseconds: plainJson } = timed(() => JSON.parse(text));
  return { unpacking, first: first.milliseconds, again: again.milliseconds, plainJson };
}

if (!isMainThread) parentPort?.postMessage(lookAt(workerData as Look));
