import { MailBlocked, MailQuotaExhausted, MailRejected } from '../ports/errors.ts';
import type { Mail } from '../ports/mail.ts';
import type { World } from '../ports/world.ts';

/** What is counted. Each is a line of the dashboard or wakes an alarm; each costs money every month, so there are few. */
export type Count =
  | 'HandoffStalled'
  | 'StepLate'
  | 'DealRefused'
  | 'MailRejected'
  | 'MailQuotaExceeded'
  | 'WebhookRefused'
  | 'CrmDiffers';

/** Where ops look. Nothing about people gets here: ids of handoffs and steps, and names. */
export interface Watch {
  count(what: Count): void;
  /** Which handoff it is about. */
  about(handoffId: string): void;
  /** A mail said that a step is late; `rung` is `breach`, `escalate` or `stall`. Called for each reader of the rung. */
  late(step: { readonly handoffId: string; readonly step: string; readonly rung: string }): void;
}

/** What a function's log says beside the handoff: words of this project, never anything about people. */
export interface Facts {
  readonly step?: string;
  readonly outcome?: string;
}

/** Looks on while a function runs. */
export interface Observer extends Watch {
  began(requestId: string | undefined): void;
  ended(facts: Facts): void;
  failed(error: unknown): void;
}

/** What AWS counts by itself is not counted again: executions that begin, end and fail, emails that go out. */
const statusCounts: Readonly<Record<string, Count>> = { stalled: 'HandoffStalled' };

const lateRungs: readonly string[] = ['breach', 'escalate', 'stall'];

/** The same world, with somebody looking on: the verbs know nothing of logs and metrics. */
export function watched(world: World, watch: Watch): World {
  const { deals, refusals, handoffs, mails } = world;
  const about = (id: string): string => {
    watch.about(id);
    return id;
  };
  return {
    ...world,
    deals: {
      ...deals,
      store: (id, deal, arrival) => deals.store(about(id), deal, arrival),
      read: (id) => deals.read(about(id)),
    },
    refusals: {
      ...refusals,
      store: async (refusal) => {
        await refusals.store(refusal);
        watch.count('DealRefused');
      },
    },
    handoffs: {
      ...handoffs,
      load: (id, options) => handoffs.load(about(id), options),
      changeStatus: async (change) => {
        const changed = await handoffs.changeStatus(change);
        const count = statusCounts[change.to];
        if (changed && count) watch.count(count);
        return changed;
      },
    },
    mails: { ...mails, of: (id) => mails.of(about(id)) },
    mail: watchedMail(world.mail, watch),
  };
}

function watchedMail(mail: Mail, watch: Watch): Mail {
  return {
    async send(outgoing) {
      const { handoff, kind, step } = outgoing.tags;
      try {
        const sent = await mail.send(outgoing);
        if (handoff !== undefined && lateRungs.includes(kind)) watch.late({ handoffId: handoff, step, rung: kind });
        return sent;
      } catch (error) {
        // That none goes out as things stand is as much to be looked at as that one never will.
        if (error instanceof MailRejected || error instanceof MailBlocked) watch.count('MailRejected');
        // The rate passes by itself within seconds; the day's quota does not.
        if (error instanceof MailQuotaExhausted) watch.count('MailQuotaExceeded');
        throw error;
      }
    },
  };
}
