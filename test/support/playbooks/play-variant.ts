import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import type { Variant } from '../../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { createClock } from '../../../infra/account/clock.ts';
import type { Mail } from '../../../infra/account/ses/mail.ts';
import { failuresOf } from '../../../infra/local/play/failures.ts';
import { employPeople, type Mishap } from '../../../infra/local/play/people.ts';
import type { Manner, Script } from '../../../infra/local/play/script.ts';
import { visit } from '../../../infra/local/play/visit.ts';
import { putOnBus } from '../../../infra/local/put-event.ts';
import { createSystem, type System, silent } from '../../../infra/local/system.ts';
import { type DealEvent, roster, sampleEvent } from '../deals.ts';

/** A page as somebody saw it. */
export interface Page {
  readonly path: string;
  readonly step: string;
  /** When its link had just been mailed, or after the handoff had ended. */
  readonly seen: 'when mailed' | 'at the end';
  readonly status: number;
  readonly html: string;
}

/** One deal, played to its end. */
export interface PlayedVariant {
  readonly execution: string;
  readonly record: HandoffRecord;
  readonly mails: readonly Mail[];
  /** Of every step, for everybody who got a link: when the mail came, and after the end; and the brief behind it. */
  readonly pages: readonly Page[];
  readonly mishaps: readonly Mishap[];
  readonly failures: readonly string[];
}

/** A deal with gaps in its package, of that segment and industry and no other. */
function dealOfVariant({ segment, industry }: Variant): DealEvent {
  const event = sampleEvent('incomplete');
  const { industry: _, ...detail } = event.detail;
  const { contract, ...others } = Object(detail['package']);
  return {
    ...event,
    detail: {
      ...detail,
      segment,
      ...(industry !== undefined && { industry }),
      package: { ...others, contract: { ...contract, segment } },
    },
  };
}

export interface VariantPlay {
  readonly playbook: Playbook;
  readonly variant: Variant;
  readonly manner: Manner;
  readonly script?: Script;
}

/** Plays one deal by a playbook, and looks at every page on the way. */
export async function playVariant({ playbook, variant, manner, script = {} }: VariantPlay): Promise<PlayedVariant> {
  const event = dealOfVariant(variant);
  const start = Date.parse(String(event.detail['closedWonAt']));
  const clock = createClock({ start });
  const people = roster();
  const system = await createSystem({
    clock,
    roster: people,
    siteUrl: 'http://handoff.example.com',
    playbook,
    observerOf: () => silent,
  });
  try {
    const pages: Page[] = [];
    const links = new Map<string, Link>();
    system.account.inbox.watch((mail) => {
      const path = /\/s\/[\w-]{22}/.exec(mail.text)?.[0];
      const { step = '' } = mail.tags;
      const key = `${step} ${mail.recipients}`;
      if (path === undefined || links.has(key)) return;
      const link: Link = { path, step };
      links.set(key, link);
      clock.at(clock.now(), async () => pages.push(...(await pagesBehind(system, link, 'when mailed'))));
    });
    const staff = employPeople({ system, playbook, roster: people, manner, script });
    const problem = await putOnBus(system, event);
    if (problem) throw new Error(problem);
    await clock.runToEnd();
    for (const link of links.values()) pages.push(...(await pagesBehind(system, link, 'at the end')));
    const [execution] = system.account.stepFunctions.executions();
    const record = execution && (await system.world.handoffs.load(execution.name));
    if (!execution || !record) throw new Error('The handoff never began.');
    return {
      execution: execution.status,
      record,
      mails: system.account.inbox.mails,
      pages,
      mishaps: staff.mishaps(),
      failures: failuresOf(system.account),
    };
  } finally {
    await system.close();
  }
}

interface Link {
  readonly path: string;
  readonly step: string;
}

async function pagesBehind(system: System, { path, step }: Link, seen: Page['seen']): Promise<Page[]> {
  const paths = [path, `${path}/brief`];
  return Promise.all(
    paths.map(async (each) => {
      const { status, body } = await visit(system, { method: 'GET', path: each });
      return { path: each, step, seen, status, html: body };
    }),
  );
}
