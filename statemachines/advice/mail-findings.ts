import type { LadderMail } from '../../functions/domain/handoff/ladder-outlook.ts';
import type { AskedOutlook } from '../../functions/domain/handoff/outlook.ts';
import type { Finding } from './findings.ts';
import { askedIn, momentOf, type Seen, sampleName } from './seen.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Mails that come too close together for one person, or so far apart that the link in the one before has expired. */
export function mailFindings(seen: Seen): readonly Finding[] {
  const asked = askedIn(seen);
  return [
    ...asked.flatMap((outlook) => [...closeRungs(outlook, seen), ...expiredLinks(outlook, seen)]),
    ...closeSteps(asked, seen),
  ];
}

/** Two rungs of one step. */
function closeRungs(outlook: AskedOutlook, seen: Seen): readonly Finding[] {
  const { step, rule, ladder } = outlook;
  return inTurn(ladder.mails)
    .filter(([a, b]) => isClose(a, b))
    .map(([a, b]) => ({
      rule: 'two-mails-at-once',
      about: [step, a.kind, b.kind],
      sentence: `"${step}" writes twice to ${a.person.name} within the hour: ${a.kind} ${momentOf(outlook, a.at)}, ${b.kind} ${momentOf(outlook, b.at)} (${sampleName(seen)}).`,
      remedy: `Set the rungs of the ladder "${rule.ladder}" further apart.`,
    }));
}

interface Written {
  readonly outlook: AskedOutlook;
  readonly mail: LadderMail;
}

/** Two steps that are open beside each other; what is sent until each is done. */
function closeSteps(asked: readonly AskedOutlook[], seen: Seen): readonly Finding[] {
  // What reaches its owner too late is over at once here, and found for that.
  const inTime = asked.filter(({ asked: { askedAt, dueAt } }) => Date.parse(askedAt) < Date.parse(dueAt));
  const written = inTime.flatMap((outlook): Written[] =>
    outlook.ladder.mails
      .filter(({ at }) => outlook.over === undefined || Date.parse(at) < Date.parse(outlook.over))
      .map((mail) => ({ outlook, mail })),
  );
  return written.flatMap((one, i) =>
    written.slice(i + 1).flatMap((other): Finding[] => {
      if (one.outlook === other.outlook || one.mail.person !== other.mail.person) return [];
      // What falls together is one mail.
      if (!isClose(one.mail, other.mail) || one.mail.at === other.mail.at) return [];
      const [a, b] = [one.outlook.step, other.outlook.step];
      return [
        {
          rule: 'two-mails-at-once',
          about: [a, b],
          sentence: `"${a}" and "${b}" both write to ${one.mail.person.name} within the hour: ${one.mail.kind} ${momentOf(one.outlook, one.mail.at)}, ${other.mail.kind} ${momentOf(other.outlook, other.mail.at)} (${sampleName(seen)}).`,
          remedy: `Let one of them be asked or due at another time, or make them one step.`,
        },
      ];
    }),
  );
}

/** Each mail carries a link of its own; until the next one comes, that is the reader's only way to answer. */
function expiredLinks(outlook: AskedOutlook, seen: Seen): readonly Finding[] {
  const { step, rule, ladder, owner } = outlook;
  const { linkDays, ladders } = seen.sample.record.playbook;
  const toOwner = ladder.mails.filter(({ person }) => person === owner);
  const until = ladder.ends.how === 'unanswered' ? [ladder.ends.at] : [];
  const times = [...toOwner.map(({ at }) => at), ...until].map((at) => Date.parse(at));
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at));
  const afterwards = ladders[rule.ladder]?.afterwards;
  const nags = afterwards && 'nagEvery' in afterwards ? Number.parseInt(afterwards.nagEvery, 10) * day : 0;
  const longest = Math.max(0, nags, ...gaps);
  if (longest <= linkDays * day) return [];
  return [
    {
      rule: 'link-expires',
      about: [step],
      sentence: `Links work for ${linkDays} days, but "${step}" leaves its owner ${Math.ceil(longest / day)} days without another mail (${sampleName(seen)}).`,
      remedy: `Add a rung to the ladder "${rule.ladder}", or let links work longer ("linkDays", at most 30).`,
    },
  ];
}

const isClose = (a: LadderMail, b: LadderMail): boolean => Math.abs(Date.parse(a.at) - Date.parse(b.at)) < hour;

/** What each person gets, each mail with the one after it. */
function inTurn(mails: readonly LadderMail[]): readonly (readonly [LadderMail, LadderMail])[] {
  return mails.flatMap((mail, i) => {
    const next = mails.slice(i + 1).find(({ person }) => person === mail.person);
    return next ? [[mail, next] as const] : [];
  });
}
