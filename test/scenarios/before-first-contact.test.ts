import { describe, expect, it } from 'vitest';
import { askStep, type Playbook } from '../../functions/domain/playbook/playbook.ts';
import { playbook as byDefault } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { type DealEvent, dealEvent, roster, sampleEvent } from '../support/deals.ts';
import { anna, daniel, klaus, lena, ruth } from '../support/handoff-record.ts';
import { play } from '../support/play.ts';
import { type OpenSystem, openSystem } from '../support/world.ts';

const playbook: Playbook = byDefault;
const won = '2026-11-17T08:30:00Z';
/** The meeting that the form suggests, Wed, Nov 18, 9 AM in Berlin, is over by then. */
const afterMeeting = '2026-11-18T08:35:00Z';

/** A deal on which everything before the introduction is done, by these answers. */
async function upToIntroduction(
  given: {
    readonly event?: DealEvent;
    readonly playbook?: Playbook;
    readonly meeting?: Readonly<Record<string, string>>;
    readonly review?: Readonly<Record<string, string>>;
  } = {},
): Promise<{ system: OpenSystem; id: string; meetingPage: string; page: string }> {
  const system = await openSystem({ at: won, playbook: given.playbook ?? playbook });
  const id = await system.win(given.event ?? dealEvent());
  await system.answer(anna, 'schedule-internal-meeting', 'scheduled', { personalLine: '', ...given.meeting });
  await system.answer(lena, 'review-brief', 'accept', { questions: '', ...given.review });
  if ((await system.load(id)).steps['draft-success-plan'])
    await system.answer(lena, 'draft-success-plan', 'drafted', { reviewedBy: daniel });
  await system.until(afterMeeting);
  const meetingPage = (await system.get(system.linkOf(lena, 'hold-internal-meeting'))).html;
  await system.answer(lena, 'hold-internal-meeting', 'held', { recording: '' });
  return { system, id, meetingPage, page: (await system.get(system.linkOf(lena, 'introduce-customer'))).html };
}

const text = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
const mailText = (system: OpenSystem, kind: string): string =>
  system.mails().findLast(({ tags }) => tags['kind'] === kind)?.text ?? '';

describe('before the first contact', () => {
  it('the page says who made each thing so, and when; nothing is asked that is known', async () => {
    const { system, page } = await upToIntroduction();
    for (const fact of [
      'Package complete Yes The package was complete when the deal was won.',
      'Handoff ready Yes Lena Vogt accepted the handoff, Tue, Nov 17, 9:30 AM.',
      'Recordings attached Yes In the package: Closing call, 13 November, and 1 more.',
      'Success plan reviewed Yes Daniel Weiss reviewed it, says Lena Vogt, Tue, Nov 17, 9:30 AM.',
      'Follow-up scheduled Yes Asked for by itself: "Give feedback to the account executive", 14 days after kickoff held; "Record the first value", 30 days after kickoff held.',
    ])
      expect(text(page)).toContain(fact);
    expect(page).not.toMatch(/name="(checklist|recording|planReviewedBy)"/);
    // An answer of a script written for the checklist of earlier playbooks is passed over.
    expect((await system.answer(lena, 'introduce-customer', 'approved', { checklist: ['0', '1'] })).status).toBe(200);
    expect(mailText(system, 'customer-introduction')).not.toContain('A word from');
  });

  it('a missing recording blocks; a link given right there lands in the package', course, async () => {
    const { package: pkg } = dealEvent().detail as { package: { attachments: object } };
    const optional = { ...playbook, fields: { 'attachments.callRecordings': { required: false } } };
    const event = dealEvent({ package: { ...pkg, attachments: { ...pkg.attachments, callRecordings: [] } } });
    const { system, id, page } = await upToIntroduction({ event, playbook: optional });
    expect(text(page)).toContain('Recordings attached Not yet Add a link to a call recording or a meeting summary.');
    await system.until('2026-11-18T08:52:00Z');
    expect(mailText(system, 'ask')).toContain('Add a link to a call recording or a meeting summary.');
    const link = system.linkOf(lena, 'introduce-customer');
    const refused = await system.submit(link, 'approved', { recording: '' });
    expect(refused.status).toBe(422);
    expect(text(refused.html)).toContain('There is a problem Nothing you typed is lost. Add a link ');
    expect(system.mails().some(({ tags }) => tags['kind'] === 'customer-introduction')).toBe(false);
    expect((await system.submit(link, 'approved', { recording: 'https://calls.example.com/1' })).status).toBe(200);
    expect((await system.load(id)).package).toMatchObject({
      attachments: { callRecordings: [{ url: 'https://calls.example.com/1' }] },
    });
    expect(system.mails().filter(({ tags }) => tags['kind'] === 'customer-introduction')).toHaveLength(1);
  });

  it('is refused, with what to do, while something is not so that cannot be given there', async () => {
    // A plan that nobody answers for: the follow-up ladder lets the step end unanswered.
    const introduce = askStep(playbook, 'introduce-customer');
    const choices = introduce.choices.map(({ evidence, ...choice }) => ({
      ...choice,
      evidence: evidence.filter(({ name }) => name !== 'planReviewedBy'),
    }));
    const unanswered: Playbook = {
      ...playbook,
      steps: {
        ...playbook.steps,
        'draft-success-plan': { ...askStep(playbook, 'draft-success-plan'), ladder: 'follow-up' },
        'introduce-customer': { ...introduce, choices },
      },
    };
    const system = await openSystem({ at: won, playbook: unanswered });
    const id = await system.win(dealEvent());
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
    await system.answer(lena, 'review-brief', 'accept');
    await system.until(afterMeeting);
    await system.answer(lena, 'hold-internal-meeting', 'held');
    await system.until('2026-12-01T09:00:00Z');
    const refused = await system.answer(lena, 'introduce-customer', 'approved');
    expect(refused.status).toBe(422);
    expect(text(refused.html)).toContain(
      'Success plan reviewed: "Draft the success plan" ended without an answer: ask your manager to decide how to go on.',
    );
    expect((await system.load(id)).steps['introduce-customer']?.decision).toBeUndefined();
    expect(system.mails().some(({ tags }) => tags['kind'] === 'customer-introduction')).toBe(false);
  });

  it('a step that a manager left out counts, and says by whom and why', course, async () => {
    const reason = 'I have reviewed it with her.';
    const { report } = await play('complete-standard', {
      playbook,
      script: { 'review-brief': { by: daniel, choice: 'skip', evidence: { reason } } },
    });
    const outcomes = report.steps.map(({ id, outcome }) => `${id}: ${outcome}`);
    expect(outcomes).toContain('review-brief: skipped');
    expect(outcomes).toContain('introduce-customer: approved');
  });

  it('an exception counts for what it leaves out', course, async () => {
    const { report, mishaps } = await play('incomplete', {
      playbook,
      script: {
        'complete-package': [
          { choice: 'request-exception', evidence: { reason: 'They decide in January.' } },
          {
            by: ruth,
            choice: 'grant-exception',
            evidence: { reason: 'We start without it.', owner: anna, dueDate: '2026-12-15' },
          },
        ],
      },
    });
    expect(mishaps).toEqual([]);
    expect(report.steps.find(({ id }) => id === 'introduce-customer')).toMatchObject({ outcome: 'approved' });
  });

  it('a customer without a kickoff is followed up after the introduction', course, async () => {
    const { report } = await play(sampleEvent('self-serve'), { playbook });
    expect(report.steps.find(({ id }) => id === 'introduce-customer')).toMatchObject({ outcome: 'approved' });
    expect(report.steps.some(({ id }) => id === 'hold-kickoff')).toBe(false);
  });
});

describe('what one step gives to the next', () => {
  it(
    'is the account executive’s line in the introduction, and the reviewer’s questions in the meeting',
    course,
    async () => {
      const { system, meetingPage } = await upToIntroduction({
        meeting: { personalLine: 'It was a pleasure, Henrike.' },
        review: { questions: 'Who approves the migration?\nWhen is the works council back?' },
      });
      expect(text(meetingPage)).toContain(
        'Your questions for the meeting Who approves the migration? When is the works council back?',
      );
      await system.answer(lena, 'introduce-customer', 'approved');
      expect(mailText(system, 'customer-introduction')).toContain('Ein Wort von Anna:\nIt was a pleasure, Henrike.');
    },
  );

  it(
    'questions that come before the invitation stand in it, and in the agenda of the calendar entry',
    course,
    async () => {
      const system = await openSystem({ at: won, playbook });
      await system.win(dealEvent());
      await system.answer(lena, 'review-brief', 'accept', { questions: 'Who approves the migration?' });
      const brief = await system.get(`${system.linkOf(anna, 'schedule-internal-meeting')}/brief`);
      expect(text(brief.html)).toContain('Questions of Lena Vogt Who approves the migration?');
      await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
      const invitation = system.mails().findLast(({ tags }) => tags['kind'] === 'internal-meeting-invitation');
      expect(invitation?.text).toContain('Who approves the migration?');
      const unfolded = invitation?.calendar?.text.replace(/\r?\n /g, '');
      expect(unfolded).toContain('Questions of Lena Vogt\\n- Who approves the migration?');
    },
  );
});

describe('the success plan', () => {
  it('is drafted, edited, reviewed, shown to be agreed, and changed at the customer’s wish', course, async () => {
    const { system, id } = await upToIntroduction();
    const drafting = system.linkOf(lena, 'draft-success-plan');
    const plan = await system.get(`${drafting}/plan`);
    expect(plan.status).toBe(200);
    expect(text(plan.html)).toContain('Success plan: Nordwind Logistik');
    expect(text(plan.html)).toContain('Saved by Lena Vogt, Tue, Nov 17, 9:30 AM Berlin time. Reviewed by Daniel Weiss');
    await system.answer(lena, 'introduce-customer', 'approved');
    await system.answer(lena, 'schedule-kickoff', 'scheduled', { meetingAt: '2026-11-19T10:00' });
    await system.until('2026-11-19T11:00:00Z');
    await system.answer(lena, 'hold-kickoff', 'held');
    const aligning = system.linkOf(lena, 'align-success-plan');
    expect(text((await system.get(aligning)).html)).toContain('Depot Bremen plans every tour in the product.');
    await system.until('2026-11-19T11:16:00Z');
    expect(mailText(system, 'ask')).toContain('The success plan');
    const changed = { changes: 'Kassel first', plan: 'Goals\n- Kassel by day 30' };
    expect((await system.submit(aligning, 'changes-wanted', changed)).status).toBe(200);
    await system.until('2026-11-25T09:00:00Z');
    const again = await system.get(`${system.linkOf(lena, 'align-success-plan')}/plan`);
    expect(text(again.html)).toContain('Kassel by day 30');
    expect(text(again.html)).toContain('changed since');
    await system.answer(lena, 'align-success-plan', 'aligned');
    expect((await system.load(id)).steps['align-success-plan']?.decision?.choice).toBe('aligned');
  });

  it('is a draft until somebody saves it, behind a link that is good', async () => {
    const system = await openSystem({ at: won, playbook });
    await system.win(dealEvent());
    const link = system.linkOf(lena, 'review-brief');
    expect((await system.get(link)).html).not.toContain(`${link}/plan`);
    expect(text((await system.get(`${link}/plan`)).html)).toContain('A draft, made from the handoff package.');
    expect((await system.get('/s/unknown/plan')).status).toBe(404);
    await system.answer(lena, 'review-brief', 'accept');
    const drafting = system.linkOf(lena, 'draft-success-plan');
    expect((await system.get(drafting)).html).toContain(`href="${drafting}/plan"`);
    const alone = await system.submit(drafting, 'drafted', { reviewedBy: lena });
    expect(alone.status).toBe(422);
  });

  it('is reviewed by whoever else takes part where nobody of the side is there', async () => {
    const small = roster().filter(({ email }) => [anna, klaus, lena, daniel, ruth].includes(email));
    const system = await openSystem({ at: won, playbook, roster: small });
    const id = await system.win(dealEvent());
    await system.answer(lena, 'review-brief', 'accept');
    await system.answer(lena, 'draft-success-plan', 'away', { from: '2026-11-18', until: '2026-11-27' });
    await system.until('2026-11-18T08:30:00Z');
    const { owner = '' } = (await system.load(id)).steps['draft-success-plan'] ?? {};
    expect(owner).toBe(daniel);
    const page = (await system.get(system.linkOf(daniel, 'draft-success-plan'))).html;
    const [list = ''] = /<select[^>]*name="reviewedBy"[\s\S]*?<\/select>/.exec(page) ?? [];
    for (const each of [anna, ruth, lena]) expect(list).toContain(`value="${each}"`);
    expect(list).not.toContain(daniel);
    expect((await system.answer(daniel, 'draft-success-plan', 'drafted', { reviewedBy: anna })).status).toBe(200);
  });

  it('is handed in without a reviewer by somebody who is alone', async () => {
    const alone = roster()
      .filter(({ email }) => email === lena)
      .map(({ manager: _, deputy: __, ...person }) => person);
    const system = await openSystem({ at: won, playbook, roster: alone });
    const id = await system.win(dealEvent());
    await system.answer(lena, 'review-brief', 'accept');
    const page = (await system.get(system.linkOf(lena, 'draft-success-plan'))).html;
    expect(page).not.toContain('name="reviewedBy"');
    expect((await system.answer(lena, 'draft-success-plan', 'drafted')).status).toBe(200);
    expect((await system.load(id)).steps['draft-success-plan']?.decision?.evidence['reviewedBy']).toBeUndefined();
  });
});
