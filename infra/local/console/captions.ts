import type { AuditEntry } from '../../../functions/domain/handoff/audit-entry.ts';
import { type HandoffRecord, isClosed, statusText } from '../../../functions/domain/handoff/handoff.ts';
import { scoreOf } from '../../../functions/domain/handoff/handoff-score.ts';
import { holderOf } from '../../../functions/domain/handoff/roles-held.ts';
import { titleOf } from '../../../functions/domain/handoff/step-rule.ts';
import { inOrder } from '../../../functions/domain/handoff/trail-order.ts';
import { nameOf, type People } from '../../../functions/domain/people/people.ts';
import { roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { counted, kindText, lengthText } from '../../../functions/pages/operations/wording.ts';

/** What a story says of the moment it has come to. */
export interface Caption {
  readonly at: string;
  /** Sentences. */
  readonly lines: readonly string[];
}

const mostLines = 3;

/** What happened at the newest moment of a trail, in sentences; of a handoff that has ended, what it came to. */
export function captionOf(record: HandoffRecord, trail: readonly AuditEntry[], people: People): Caption | undefined {
  const ordered = inOrder(trail, Object.keys(record.playbook.steps));
  const last = ordered.at(-1);
  if (last === undefined) return undefined;
  if (isClosed(record.state.status)) return { at: last.at, lines: [summary(record, ordered)] };
  const now = ordered.filter(({ at }) => at === last.at);
  const said = now.flatMap((entry) => sentence(entry, record, people) ?? []);
  const shown = said.length > 0 ? said : now.flatMap((entry) => mailSentence(entry, people) ?? []);
  return { at: last.at, lines: [...new Set(shown)].slice(0, mostLines) };
}

function sentence({ what, who, step }: AuditEntry, record: HandoffRecord, people: People): string | undefined {
  const title = step ? titleOf(record, step) : '';
  const { name } = record.deal.customer;
  const manager = holderOf(record, 'customerSuccessManager');
  switch (what) {
    case 'deal-won':
      return `${name} has signed, and the CRM says so. The handoff starts.`;
    case 'handoff-started':
      return manager === undefined
        ? undefined
        : `${nameOf(people, manager)} takes the customer as ${record.playbook.roles.customerSuccessManager.name}. ${roleTitle(record.playbook.roles, 'accountExecutive')} is ${nameOf(people, record.deal.accountExecutive)}.`;
    case 'asked': {
      const owner = step === undefined ? undefined : record.steps[step]?.owner;
      return owner && `${nameOf(people, owner)} gets a request: ${title}.`;
    }
    case 'decided':
      return `${nameOf(people, who)} finished “${title}”.`;
    default:
      return undefined;
  }
}

/** 'onboarding to ann@example.com' as a sentence. */
function mailSentence({ what, detail }: AuditEntry, people: People): string | undefined {
  const [, kind = '', to = ''] = /^(\S+) to (.+)$/.exec(detail) ?? [];
  if (what !== 'mail-sent' || kind === '') return undefined;
  const names = to.split(', ').map((address) => nameOf(people, address));
  return kind === 'ask'
    ? `The request reaches ${names.join(' and ')} by email.`
    : `An email goes to ${names.join(' and ')}: ${kindText(kind)}.`;
}

function summary(record: HandoffRecord, trail: readonly AuditEntry[]): string {
  const [first, last] = [trail[0], trail.at(-1)];
  const days = first && last ? Date.parse(last.at) - Date.parse(first.at) : 0;
  const done = trail.filter(({ what }) => what === 'decided').length;
  const mails = trail.filter(({ what }) => what === 'mail-sent').length;
  const { points } = scoreOf(record, record.state.endedAt ?? last?.at ?? record.state.startedAt);
  const score = points === null ? '' : `, score ${points} of 100`;
  return `The handoff is ${statusText(record.state.status)}: ${lengthText(days)}, ${counted(done, 'answer')}, ${counted(mails, 'email')}${score}.`;
}
