import { lateIn } from '../domain/handoff/saying-key.ts';
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
  /** A mail or a digest said that a step is late; `rung` is `breach`, `escalate` or `stall`. Called for each reader of the rung. */
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
    mails: {
      ...mails,
      of: (id) => mails.of(about(id)),
      markSent: async (sent) => {
        const stands = await mails.markSent(sent);
        // One mail may say of several steps that they are late, and a digest does.
        const late = lateIn(sent.key);
        if (late) watch.late({ handoffId: sent.id, ...late });
        return stands;
      },
    },
    mail: watchedMail(world.mail, watch),
  };
}

function watchedMail(mail: Mail, watch: Watch): Mail {
  return {
    async send(outgoing) {
      try {
        return await mail.send(outgoing);
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
