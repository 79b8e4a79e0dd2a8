import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { createClock } from '../../account/clock.ts';
import { type Usage, usageBetween } from '../../account/usage.ts';
import { localFactStream } from '../../local/local-names.ts';
import { employPeople } from '../../local/play/people.ts';
import { putOnBus } from '../../local/put-event.ts';
import { sampleEvent, sampleRoster } from '../../local/sample-company.ts';
import { createSystem, silent } from '../../local/system.ts';

/** What reports use of the table, in units. */
export interface TableUnits {
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** What reporting uses beside the handoffs themselves. */
export interface ReportingUse {
  /** For one handoff, from its first night to its last. */
  readonly handoff: TableUnits;
  /** Bytes of one handoff's facts as they reach S3. */
  readonly factBytes: number;
  /** Of a month of nights and hours in which nothing happens. */
  readonly idleMonth: TableUnits;
}

const day = 86_400_000;
/** A handoff is over by then, but for the reminder of its renewal. */
const daysOfHandoff = 60;
const daysOfMonth = 30;
const siteUrl = 'http://127.0.0.1:4566';

/**
 * Counts what reporting uses: an on-time handoff is played with and without the rules that recur, and nights and hours pass in which
 * nothing happens. Throws where a deal cannot be put on the bus.
 */
export async function reportingUse(playbook: Playbook): Promise<ReportingUse> {
  const [reported, plain, idle] = [
    await uses(playbook, { recurs: true, withDeal: true }),
    await uses(playbook, { recurs: false, withDeal: true }),
    await uses(playbook, { recurs: true, withDeal: false }),
  ];
  const perDay = (units: keyof TableUnits) => idle.usage.dynamodb[units] / daysOfHandoff;
  const forHandoff = (units: keyof TableUnits) =>
    reported.usage.dynamodb[units] - plain.usage.dynamodb[units] - idle.usage.dynamodb[units];
  return {
    handoff: { readUnits: forHandoff('readUnits'), writeUnits: forHandoff('writeUnits') },
    factBytes: reported.factBytes,
    idleMonth: { readUnits: perDay('readUnits') * daysOfMonth, writeUnits: perDay('writeUnits') * daysOfMonth },
  };
}

async function uses(
  playbook: Playbook,
  { recurs, withDeal }: { readonly recurs: boolean; readonly withDeal: boolean },
): Promise<{ readonly usage: Usage; readonly factBytes: number }> {
  const event = sampleEvent('complete-standard');
  const start = Date.parse(String(Object(event)['time']));
  const clock = createClock({ start });
  const system = await createSystem({
    ...{ clock, playbook, recurs, siteUrl },
    roster: sampleRoster(),
    observerOf: () => silent,
  });
  try {
    const before = system.account.usage();
    const staff = employPeople({ system, playbook, roster: sampleRoster(), manner: 'prompt', script: {} });
    if (withDeal) {
      const problem = await putOnBus(system, Object(event));
      if (problem) throw new Error(problem);
    }
    await clock.advanceTo(start + daysOfHandoff * day);
    staff.leave();
    return {
      usage: usageBetween(before, system.account.usage()),
      factBytes: Buffer.byteLength(system.account.delivered(localFactStream)),
    };
  } finally {
    await system.close();
  }
}
