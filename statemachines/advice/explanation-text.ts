import { listed } from '../../functions/domain/fields/words.ts';
import { momentIn, reckoning } from '../../functions/domain/time/wording.ts';
import type { ExplainedMail, ExplainedStep, ExplainedTelling, Explanation, Moment } from './explanation.ts';
import { everyWords, someOf } from './rule-words.ts';

/** The explanation as people read it, line by line. `asOf`: years are told only where they differ from this moment's (UTC). */
export function explanationText(explanation: Explanation, asOf: string): string {
  const { people, steps, reminders, closedAt } = explanation;
  const when = ({ at, zone }: Moment) => momentIn(zone, at, asOf);
  return [
    ...heading(explanation),
    '',
    'Who:',
    ...people.map(({ role, who, because }) => `  ${role}: ${who}. ${because}`),
    '',
    assumption(explanation),
    escalationsSaid[explanation.escalations],
    ...steps.flatMap((step) => ['', ...stepLines(step, when)]),
    '',
    closedAt
      ? `The handoff is complete ${when(closedAt)}.`
      : 'The handoff does not become complete: what stays open holds up the rest.',
    ...reminders.map(({ called, to, at, zone }) =>
      at === undefined
        ? `${capitalized(called)} is not sent: its date has passed.`
        : `${capitalized(called)} goes to ${someOf(to)} ${when({ at, zone })}.`,
    ),
  ].join('\n');
}

function heading({ handoff, customer, playbook, segment, industry, notes, package: pkg }: Explanation): string[] {
  const { percent, complete, gaps } = pkg;
  const variant = industry === undefined ? `segment ${segment}` : `segment ${segment}, industry ${industry}`;
  return [
    `${customer}: handoff ${handoff} by the playbook "${playbook}", ${variant}`,
    ...notes.map((note) => `  Note: ${note}`),
    complete
      ? 'The package is complete.'
      : `The package is ${percent}% complete. ${gaps.length === 1 ? '1 answer is' : `${gaps.length} answers are`} missing:`,
    ...gaps.map((gap) => `  ${gap}`),
  ];
}

const assumption = ({ answers }: Explanation): string =>
  answers === 'when due'
    ? 'Assumed: each step is done at the moment it is due (at once when that has passed), nothing is returned, and every score is high.'
    : 'Assumed: nobody ever acts.';

const escalationsSaid: Readonly<Record<Explanation['escalations'], string>> = {
  email: 'Escalations: managers and revenue operations get an email for each.',
  digest:
    'Escalations: managers and revenue operations read of them in their next daily digest; an email goes only where no digest comes before the next rung, or email to the owner bounces.',
};

type When = (moment: Moment) => string;

function stepLines({ step, title, left, asks, tells }: ExplainedStep, when: When): string[] {
  const head = `${title} (${step})`;
  if (left !== undefined) return [`${head}: ${left}.`];
  return [
    head,
    ...(asks ? asksLines(asks, when) : []),
    ...tells.map((telling) => `  ${tellingLine(telling, when, asks !== undefined)}`),
  ];
}

function asksLines(asks: NonNullable<ExplainedStep['asks']>, when: When): string[] {
  const { who, role, inPlaceOf, askedAt, dueAt, because, mails, nagsEvery, ends, offers, otherwise } = asks;
  const others = mails.filter(({ kind }) => kind !== 'ask');
  return [
    `  ${who} (${role}${inPlaceOf ? `, in place of ${inPlaceOf}, who is not there` : ''}) is asked ${when(askedAt)}`,
    `  due ${when(dueAt)}: ${reckoning(because, true)}`,
    ...(others.length > 0 ? ['  When nobody acts:'] : ['  When nobody acts, nobody is told.']),
    ...rungLines(others, nagsEvery, when),
    ends.how === 'unanswered'
      ? `    ${when(ends)}  ends as unanswered`
      : `    ${when(ends)}  the handoff is abandoned, and its people are told`,
    ...(offers
      ? [`  Its mail offers ${offers.who} "${offers.title}" until ${when(offers.dueAt)}; nobody is reminded.`]
      : []),
    ...otherwise.map((sentence) => `  ${sentence}`),
  ];
}

/** People told the same at the same moment stand on one line. */
function rungLines(mails: readonly ExplainedMail[], nagsEvery: string | undefined, when: When): string[] {
  const lines = new Map<string, string[]>();
  for (const mail of mails) {
    const line = `    ${when(mail)}  ${kindNames[mail.kind] ?? mail.kind}${mail.inDigest ? ' in the daily digest' : ''}`;
    lines.set(line, [...(lines.get(line) ?? []), `${mail.to} (${mail.as})`]);
  }
  return [...lines].map(([line, to]) => {
    const again = nagsEvery && line.endsWith(kindNames['nag'] ?? 'nag') ? `, and again ${everyWords(nagsEvery)}` : '';
    return `${line} → ${someOf(to)}${again}`;
  });
}

const kindNames: Readonly<Record<string, string>> = {
  ask: 'request',
  warn: 'warning',
  remind: 'reminder',
  breach: 'overdue',
  escalate: 'escalation',
  stall: 'stalled',
  nag: 'still stalled',
};

function tellingLine({ called, to, ...moment }: ExplainedTelling, when: When, follows: boolean): string {
  const whom = to.length > 0 ? ` → ${listed(to)}` : '; whom it goes to is not known yet';
  return follows ? `Then: ${called}${whom}` : `${when(moment)}  ${called}${whom}`;
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
