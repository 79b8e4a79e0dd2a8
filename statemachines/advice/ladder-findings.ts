import type { AskedOutlook } from '../../functions/domain/handoff/outlook.ts';
import { reachedOwnerLate } from '../../functions/domain/handoff/step-record.ts';
import type { Finding } from './findings.ts';
import { askedIn, type Seen } from './seen.ts';

/** Ladders under which an open step is forgotten, and rungs that no step ever reaches. */
export function ladderFindings(seen: readonly Seen[]): readonly Finding[] {
  const byStep = Map.groupBy(
    seen.flatMap((each) => askedIn(each).map((outlook) => ({ outlook, seen: each }))),
    ({ outlook }) => outlook.step,
  );
  return [...byStep].flatMap(([step, found]) => [
    ...found.flatMap(({ outlook }) => silence(outlook)),
    ...unreached(step, found),
  ]);
}

function silence({ step, rule, asked, ladder, owner }: AskedOutlook): readonly Finding[] {
  const afterDue = ladder.mails.filter(
    ({ at, kind }) => kind !== 'ask' && kind !== 'nag' && Date.parse(at) >= Date.parse(asked.dueAt),
  );
  if (afterDue.some(({ person }) => person !== owner)) return [];
  const what =
    afterDue.length === 0 ? 'nobody hears that it is overdue' : 'nobody but its owner hears that it is overdue';
  return [
    {
      rule: 'silent-ladder',
      about: [step],
      sentence: `When "${step}" stays open, ${what}.`,
      remedy: `Give the ladder "${rule.ladder}" rungs after the due time that tell the manager or another role.`,
    },
  ];
}

/** Rungs that come in no sample in which the step was asked for in time. */
function unreached(
  step: string,
  found: readonly { readonly outlook: AskedOutlook; readonly seen: Seen }[],
): readonly Finding[] {
  const inTime = found.filter(({ outlook: { asked } }) => !reachedOwnerLate(asked));
  const [first] = inTime;
  if (!first) return [];
  const { ladder: name } = first.outlook.rule;
  const rungs = first.seen.sample.record.playbook.ladders[name]?.rungs ?? [];
  return rungs.flatMap(({ kind }, i): Finding[] => {
    if (inTime.some(({ outlook }) => outlook.ladder.mails.some(({ rung }) => rung === i + 1))) return [];
    return [
      {
        rule: 'unreached-rung',
        about: [step, `${name} ${i + 1}`],
        sentence: `Rung ${i + 1} (${kind}) of the ladder "${name}" never comes for "${step}": the step is over by then, or not asked for early enough.`,
        remedy: `Move the rung, give "${step}" another ladder, or let that ladder end later.`,
      },
    ];
  });
}
