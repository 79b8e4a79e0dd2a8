import type { MailKind, mailKinds, Pair, WhatIf } from '../../../functions/domain/reports/what-if.ts';

/** What the text says beside the numbers. */
export interface WhatIfSaid {
  /** What would have been followed, as it was named. */
  readonly playbook: string;
  /** `YYYY-MM-DD`. */
  readonly since: string;
  /** When the handoffs were measured, UTC. */
  readonly asOf: string;
  /** In USD. */
  readonly mailPrice: number;
  /** Handoffs since then that follow a playbook of another name. */
  readonly others: number;
  /** What a step is called. */
  readonly titleOf: (step: string) => string;
}

/** What would have been of handoffs, for a terminal. */
export function whatIfText(found: WhatIf, said: WhatIfSaid): string {
  const { handoffs, rounds, standing, steps, newGaps, dropped, added } = found;
  if (handoffs === 0)
    return `There is nothing to replay: no handoff was signed since ${said.since}${othersText(said.others)}.`;
  const emails = sum(Object.values(found.mails));
  const cost = ({ was, would }: Pair): readonly string[] =>
    [was, would].map((count) => `$${(count * said.mailPrice).toFixed(2)}`);
  return [
    `What if ${counted(handoffs, 'handoff')} signed since ${said.since} had followed ${said.playbook}?`,
    `As measured ${said.asOf.slice(0, 10)}${othersText(said.others)}. Everybody acts as they did, when they did.`,
    '',
    ...table([
      ['', 'was', 'would be', ''],
      row('Steps late by their owner', found.late),
      row('Promises missed', found.missed),
      row('Handoffs with a late step', found.lateHandoffs),
      row('Packages complete at signing', found.packageComplete),
      row('Emails of steps', emails),
      ...kinds.map(([kind, title]) => row(`  ${title}`, found.mails[kind])),
      ['Cost of these emails', ...cost(emails), ''],
    ]),
    ...section(
      'Steps that come out differently',
      steps.map(
        ({ step, rounds: of, late, missed }) =>
          `${said.titleOf(step)}: late ${change(late)}, promise missed ${change(missed)}, of ${counted(of, 'request')}`,
      ),
    ),
    ...section('Answers that would have been missing as well', newGaps.map(inHandoffs)),
    ...section('Steps that would not have been asked', dropped.map(inHandoffs)),
    ...section('Steps that would have been asked as well: not counted, as nobody did them', added.map(inHandoffs)),
    '',
    `${rounds.replayed} of ${counted(rounds.all, 'request')} were replayed: by the rules they had, the replay gives the times on record.`,
    ...standing.map(
      ({ because, rounds: count }) =>
        `${count} ${count === 1 ? 'stands as it was' : 'stand as they were'}: ${because}.`,
    ),
    '',
    ...limits,
  ].join('\n');
}

/** What no replay can tell. */
const limits = [
  'What this cannot know:',
  '- People would have acted differently: who has less time often hurries, and who is reminded sooner answers sooner.',
  '- A step that ends sooner lets the next one begin sooner. Here each begins when it did.',
  '- A package that lacks another answer would have been asked for longer. How long, nobody knows.',
  '- Working hours are those on the roster now. Emails that go out together count one by one, and those while a reviewer decides count too.',
];

const kinds: readonly (readonly [MailKind, string])[] = [
  ['requests', 'requests'],
  ['reminders', 'reminders'],
  ['overdue', 'overdue'],
  ['escalations', 'escalations'],
  ['stalled', 'stalled, and each week after'],
] satisfies readonly (readonly [keyof typeof mailKinds, string])[];

const othersText = (others: number): string =>
  others === 0 ? '' : `; ${counted(others, 'handoff')} of another playbook left out`;

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

const sum = (pairs: readonly Pair[]): Pair =>
  pairs.reduce((total, { was, would }) => ({ was: total.was + was, would: total.would + would }), { was: 0, would: 0 });

const change = ({ was, would }: Pair): string => (was === would ? `${was} both ways` : `${was} → ${would}`);

const inHandoffs = ({ name, handoffs }: { readonly name: string; readonly handoffs: number }): string =>
  `${name}: ${counted(handoffs, 'handoff')}`;

const row = (title: string, { was, would }: Pair): readonly string[] => [
  title,
  `${was}`,
  `${would}`,
  signed(would - was),
];

const signed = (difference: number): string => {
  if (difference === 0) return 'same';
  return difference > 0 ? `+${difference}` : `−${-difference}`;
};

/** The first column to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
