import { describe, expect, it } from 'vitest';
import { checkedPackage } from '../../../../functions/domain/handoff/handoff-package.ts';
import type { MailRecord } from '../../../../functions/domain/handoff/mail-record.ts';
import type { StepRecord } from '../../../../functions/domain/handoff/step-record.ts';
import { askMessage } from '../../../../functions/domain/messages/ask.ts';
import type { AskInput } from '../../../../functions/domain/messages/ask-situation.ts';
import { asksMessage } from '../../../../functions/domain/messages/asks.ts';
import { escalationEntry } from '../../../../functions/domain/messages/digest-entries.ts';
import type { AskKind, Message } from '../../../../functions/domain/messages/message.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { stranger, withStrangers } from '../../../../functions/domain/people/stranger.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import { askStep, type Capacity } from '../../../../functions/domain/playbook/playbook.ts';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import { playbook } from '../../../../statemachines/playbooks/default.ts';
import {
  anna,
  askSteps,
  calendarOf,
  handoffRecord,
  klaus,
  lena,
  people,
  personAt,
  ruth,
  site,
  stepRecord,
} from '../../../support/handoff-record.ts';

const url = 'https://handoff.example.com/s/Zk3fQm2x0uJ8VhE5rTyWcA';

function ask(
  input: Partial<AskInput> & Pick<AskInput, 'record' | 'step'>,
  email = lena,
  as: Capacity = 'owner',
): Message {
  return askMessage({
    kind: 'ask',
    rungNumber: 0,
    to: { person: personAt(email), as, url },
    people,
    gaps: [],
    at: '2026-11-20T15:00:00Z',
    site,
    calendarOf,
    ...input,
  });
}
const textOf = (message: Message) => renderMail(message, { site }).text.replace(/\s+/g, ' ');

const meeting = handoffRecord({ steps: [stepRecord('schedule-internal-meeting', { owner: anna })] });
const step = 'schedule-internal-meeting';

describe('the ask', () => {
  it('says in its subject what is asked, for whom, and by when', () => {
    expect(ask({ record: meeting, step }, anna).subject).toBe(
      'Nordwind Logistik: book the handoff meeting by Mon 4 PM',
    );
  });

  it('says what to do and why in the words of the table where that has no wording of its own for the request', () => {
    const { steps } = freezePlaybook(playbook, { segment: 'standard' });
    const { mail: _, ...plain } = askStep({ steps }, step);
    const words = { title: 'Termin', ask: 'Termin planen' };
    const said = (language: object, locale: string) => {
      const record = { ...meeting, playbook: { ...meeting.playbook, steps: { ...steps, [step]: plain }, ...language } };
      return textOf(ask({ record, step, site: { ...site, locale } }, anna));
    };
    expect(said({}, 'en-US')).toContain(
      'Book the handoff meeting for Nordwind Logistik by Mon, Nov 23, 4 PM Berlin time. Choose a time for the internal handoff meeting, 15 to 30 minutes. Both of you get an invitation with the agenda. A live handoff catches what no form asks for.',
    );
    // Of another language nothing stands in for what it doesn't say.
    const roles = Object.fromEntries(Object.keys(meeting.playbook.roles).map((role) => [role, role]));
    const german = { languages: { de: { roles, steps: { [step]: words }, meetings: {} } } };
    expect(said(german, 'de-DE')).toContain('Nordwind Logistik: Termin planen');
    expect(said(german, 'de-DE')).not.toMatch(/Choose a time|live handoff|Book the/);
  });

  it('proposes a time that is in the working hours of both, and none where they do not meet', () => {
    const within = (accountExecutive: string, customerSuccessManager: string) => {
      const record = handoffRecord({
        steps: [stepRecord(step, { owner: accountExecutive })],
        state: { people: { ...meeting.state.people, accountExecutive, customerSuccessManager } },
      });
      const playbookRecord = { ...record, playbook: freezePlaybook(playbook, { segment: 'standard' }) };
      return textOf(ask({ record: playbookRecord, step }, accountExecutive));
    };
    expect(within(anna, lena)).toContain('9 AM is inside both your working hours.');
    const apart = within('james.carter@example.com', 'chloe.nguyen@example.com');
    expect(apart).not.toContain('working hours');
    expect(apart).toContain("It's your chance to pass on what no form asks.");
  });

  it('tells the due time in the zone of the reader, and how it is counted', () => {
    const facts = ask({ record: meeting, step }, 'marcus.reed@example.com', 'manager').blocks.flatMap((block) =>
      'facts' in block ? block.facts : [],
    );
    expect(facts).toContainEqual({ label: 'Due', value: 'Mon, Nov 23, 10 AM New York time' });
    const { signature } = ask({ record: meeting, step }, 'marcus.reed@example.com', 'manager');
    expect(signature).toContain(
      "don't forward it. Due Mon, Nov 23, 4 PM Berlin time: 24 h after Fri, Nov 20, 4 PM (closed won), weekend skipped.",
    );
    expect(signature).not.toContain('because: due');
    // Read a year later, days without a year would be told wrong.
    const late = ask({ record: meeting, step, kind: 'nag', rungNumber: 8, at: '2027-11-15T15:00:00Z' }, anna);
    expect(late.signature).not.toContain('Due then');
    expect(ask({ record: meeting, step, kind: 'nag', rungNumber: 8 }, anna).signature).toContain(
      'Due then because: 24 h',
    );
  });

  it('tells what falls together before the brief, which stands there once and last', () => {
    const shipped = freezePlaybook(playbook, { segment: 'standard' });
    const record = { ...handoffRecord({ steps: [stepRecord('review-brief')] }), playbook: shipped };
    const to = { person: personAt(lena), as: 'owner' as const, url };
    const at = '2026-11-20T15:00:00Z';
    const asking = {
      record,
      step: 'review-brief',
      kind: 'ask' as const,
      rungNumber: 0,
      to,
      people,
      gaps: [],
      at,
      site,
      calendarOf,
    };
    const brief = askMessage(asking).blocks.filter((block) => 'brief' in block);
    const granted = { subject: 'Exception granted', blocks: [{ paragraph: 'Ruth agreed.' }, ...brief] };
    const { blocks } = asksMessage([asking], [granted]).message;
    expect(blocks.filter((block) => 'brief' in block)).toEqual(brief);
    expect(blocks.slice(-3)).toEqual([{ heading: 'Exception granted' }, { paragraph: 'Ruth agreed.' }, ...brief]);
  });

  it('tells of each of several steps why it is due then, and at the foot of none', () => {
    const steps = [stepRecord('review-brief'), stepRecord('map-stakeholders', { because: 'due Tue: Why not' })];
    const record = handoffRecord({ steps });
    const to = { person: personAt(lena), as: 'owner' as const, url };
    const at = '2026-11-20T15:00:00Z';
    const asks = steps.map((each) => ({
      ...{ record, step: each.step, kind: 'ask' as const, rungNumber: 0, to, people, gaps: [], at, site, calendarOf },
    }));
    const { message } = asksMessage(asks);
    expect(message.signature).not.toContain('Due then');
    const said = message.blocks.flatMap((block) => ('paragraph' in block ? [block.paragraph] : []));
    expect(said.filter((text) => `${text}`.startsWith('Due then because: '))).toEqual([
      'Due then because: 24 h after Fri, Nov 20, 4 PM (closed won), weekend skipped.',
      'Due then because: Why not.',
    ]);
  });

  it('says in another locale, too, that waiting moved a time, also where what everybody has at least leads to the same', () => {
    const pauses = [{ from: meeting.deal.closedWonAt, until: '2026-11-24T15:00:00Z', reason: 'Away.', by: lena }];
    const decided = { choice: 'scheduled', at: '2026-11-24T15:00:00Z' };
    // Four working hours after the request, as everybody has at least.
    const asked = { owner: anna, askedAt: '2026-11-25T11:00:00Z', dueAt: '2026-11-25T15:00:00Z' };
    const record = handoffRecord({
      steps: [stepRecord('schedule-kickoff', { pauses, decided }), stepRecord(step, asked)],
    });
    const { signature } = ask({ record, step, at: asked.askedAt, site: { ...site, locale: 'en-GB' } }, anna);
    expect(signature).toMatch(
      /because: 24 h after Tue,? 17 Nov, 09:30 \(closed won\), moved on by 46 hours of waiting for the customer\.$/,
    );
  });

  it('says nothing of how a due time was counted where nobody knows the clock of its owner', () => {
    const record = handoffRecord({ steps: [stepRecord(step, { owner: 'nobody@example.com' })] });
    const { signature } = ask(
      { record, step, kind: 'escalate', rungNumber: 3, at: '2026-11-24T15:00:00Z' },
      klaus,
      'manager',
    );
    expect(signature).toMatch(/^You get this because you can help/);
    expect(signature).not.toContain('Due then because');
  });

  it('has one button, with the link', () => {
    const buttons = ask({ record: meeting, step }, anna).blocks.filter((block) => 'button' in block);
    expect(buttons).toEqual([{ button: { label: 'Book the meeting', url } }]);
  });

  it('is fair when the step reached its owner too late', () => {
    const record = handoffRecord({ steps: [stepRecord('hold-kickoff', { askedAt: '2026-11-25T09:00:00Z' })] });
    const message = ask({ record, step: 'hold-kickoff', at: '2026-11-25T09:00:00Z' });
    expect(textOf(message)).toContain(
      "It was due Mon, Nov 23, 4 PM, before it reached you: earlier steps ran long. That's not on you.",
    );
  });

  it('says what was promised and why it runs behind, and how much time there is only while there is some', () => {
    const record = handoffRecord({
      steps: [
        stepRecord(step, {
          dueAt: '2026-11-18T08:30:00Z',
          decided: { choice: 'scheduled', at: '2026-11-20T14:00:00Z' },
        }),
        stepRecord('hold-internal-meeting', { promisedAt: '2026-11-19T08:30:00Z' }),
      ],
    });
    const held = { record, step: 'hold-internal-meeting' };
    const cause =
      'Earlier steps ran long: "Schedule the internal handoff meeting" was done Fri, Nov 20, 3 PM Berlin time.';
    const promised = 'Nordwind Logistik was promised Thu, Nov 19, 9:30 AM Berlin time.';
    expect(textOf(ask(held))).toContain(
      `${cause} You have until Mon, Nov 23, 4 PM Berlin time. ${promised} That's not on you.`,
    );
    const late = { ...held, rungNumber: 1, at: '2026-11-23T15:00:00Z' };
    for (const message of [
      ask({ ...late, kind: 'breach' }),
      ask({ ...late, kind: 'escalate' }, ruth, 'revenueOperations'),
    ]) {
      expect(textOf(message)).toContain(`${cause} ${promised}`);
      expect(textOf(message)).not.toContain('until Mon, Nov 23, 4 PM');
    }
  });

  it('calls no earlier step slow where the deal was received late, and says when that was', () => {
    const askedAt = '2026-11-24T08:00:00Z';
    const late = { owner: anna, askedAt, promisedAt: '2026-11-17T16:00:00Z', dueAt: '2026-11-24T12:00:00Z' };
    const record = handoffRecord({ steps: [stepRecord(step, late)], state: { startedAt: askedAt } });
    expect(textOf(ask({ record, step, at: askedAt }, anna))).toContain(
      "The deal was received Tue, Nov 24, 9 AM Berlin time. You have until Tue, Nov 24, 1 PM Berlin time. Nordwind Logistik was promised Tue, Nov 17, 5 PM Berlin time. That's not on you.",
    );
    expect(textOf(ask({ record, step, at: askedAt }, anna))).not.toContain('Earlier steps');
  });

  it('says to whoever took over that they did, and nothing of a meeting that they were not in', () => {
    const shipped = freezePlaybook(playbook, { segment: 'standard' });
    const handed = { from: lena, by: lena, at: '2026-11-23T13:00:00Z', why: 'asked' as const };
    const tom = 'tom.hughes@example.com';
    const mailTo = (hosts: readonly string[]) => {
      const asked = stepRecord('hold-internal-meeting', {
        ...{ owner: tom, handed, promisedAt: '2026-11-23T10:00:00Z', openedAt: '2026-11-23T09:00:00Z' },
        askedAt: '2026-11-23T13:00:00Z',
      });
      const stands = { meeting: 'internal-meeting', round: 1, status: 'planned' as const, minutes: 30, sequence: 0 };
      const held = {
        ...stands,
        at: '2026-11-23T08:00:00Z',
        hosts,
        guests: [],
        by: anna,
        changedAt: '2026-11-20T15:00:00Z',
      };
      const record = {
        ...handoffRecord({
          steps: [stepRecord('schedule-internal-meeting', { owner: anna, decided: { choice: 'scheduled' } }), asked],
        }),
        playbook: shipped,
        meetings: { 'internal-meeting': held },
      };
      return textOf(ask({ record, step: 'hold-internal-meeting', at: '2026-11-23T13:00:00Z' }, tom));
    };
    expect(mailTo([lena, anna])).not.toContain('You met');
    expect(mailTo([lena, anna])).toContain('You took over from Lena Mon, Nov 23, 1 PM London time. You have until');
    expect(mailTo([lena, anna])).not.toContain('Earlier steps');
    expect(mailTo([tom, anna])).toContain('You met Anna on Mon, Nov 23, 8 AM London time.');
  });

  it('says by when in the subject of what was handed over, also where a long one has no room for whose it was', () => {
    const handed = { from: lena, by: lena, at: '2026-11-20T15:00:00Z', why: 'asked' as const };
    const item = {
      key: 'map-stakeholders/1',
      title: 'Find the missing key contacts',
      what: 'Find out who they are.',
      from: 'map-stakeholders',
      by: lena,
      due: '2026-12-02',
      openedAt: '2026-11-20T15:00:00Z',
    };
    const subject = (title: string) => {
      const of = { owner: anna, handed, dueAt: '2026-12-02T16:00:00Z', item: { ...item, title } };
      const record = {
        ...handoffRecord({ steps: [stepRecord('settle-open-item-1', of)] }),
        playbook: freezePlaybook(playbook, { segment: 'standard' }),
      };
      return ask({ record, step: 'settle-open-item-1' }, anna).subject;
    };
    expect(subject('Win a reply')).toBe('Nordwind Logistik: settle “Win a reply” by Dec 2, from Lena');
    expect(subject(item.title)).toBe('Nordwind: settle “Find the missing key contacts” by Dec 2');
  });

  it('says once to a new owner that somebody’s whole part is theirs: with what was asked then, not with what comes later', () => {
    const handed = { from: lena, by: lena, at: '2026-11-23T13:00:00Z', why: 'asked' as const, side: true as const };
    const tom = 'tom.hughes@example.com';
    const mailOf = (openedAt: string, also: readonly StepRecord[]) => {
      const of = { owner: tom, handed, openedAt, askedAt: '2026-11-24T09:00:00Z', dueAt: '2026-11-24T16:00:00Z' };
      const record = handoffRecord({ steps: [stepRecord('hold-internal-meeting', of), ...also] });
      const message = ask({ record, step: 'hold-internal-meeting', at: '2026-11-24T09:00:00Z' }, tom);
      return [message.subject.includes('from Lena'), textOf(message).includes('Lena asked you to take over')];
    };
    const review = stepRecord('review-brief', { owner: tom, handed, openedAt: '2026-11-23T09:00:00Z' });
    expect(mailOf('2026-11-24T09:00:00Z', [review])).toEqual([false, false]);
    expect(mailOf('2026-11-23T09:00:00Z', [review])).toEqual([true, true]);
    // Nothing else came with it: nobody has told them.
    expect(mailOf('2026-11-24T09:00:00Z', [])).toEqual([true, true]);
  });

  it('says to a new owner that the step waits for the customer, for what, and until when', () => {
    const wait = { from: '2026-11-20T10:00:00Z', until: '2026-11-23T08:00:00Z', reason: 'They travel.', by: lena };
    const record = handoffRecord({ steps: [stepRecord('review-brief', { pauses: [wait] })] });
    expect(textOf(ask({ record, step: 'review-brief' }))).toContain(
      'Paused until Mon, Nov 23, 9 AM, waiting for the customer: They travel. Review the brief for Nordwind Logistik by Mon, Nov 23, 4 PM Berlin time.',
    );
  });

  it('asks to report on a meeting that is over, and names the customer once', () => {
    const steps = ['hold-kickoff', 'introduce-customer', 'introduce-by-phone', 'settle-open-item-1'];
    const item = {
      key: 'reply',
      title: 'Win the customer’s first reply',
      what: 'Call them.',
      from: 'schedule-kickoff',
      by: lena,
      due: '2026-11-23',
      openedAt: '2026-11-20T15:00:00Z',
    };
    const record = {
      ...handoffRecord({ steps: steps.map((id) => stepRecord(id, id.startsWith('settle') ? { item } : {})) }),
      playbook: freezePlaybook(playbook, { segment: 'enterprise' }),
    };
    const [kickoff, introduction, call, open] = steps.map((id) => ask({ record, step: id }));
    expect(kickoff?.subject).toBe('Nordwind Logistik: how did the kickoff go? By Mon 4 PM');
    expect(kickoff?.blocks).toContainEqual({ button: { label: 'Share the outcome', url } });
    expect(introduction && textOf(introduction)).toContain('so Nordwind Logistik meets someone who knows them.');
    expect(call && textOf(call)).toContain('introduce Lena, and note what they said.');
    expect(open?.subject).toBe('Nordwind: Win the customer’s first reply, by Mon 4 PM');
    expect(open && textOf(open)).toContain('Call them.');
  });

  it('says who works without the answers, but not to that one themself', () => {
    const item = {
      ...{ key: 'exception/1', title: 'Contract: Term length', what: 'Bring the answer.', from: 'complete-package' },
      ...{ paths: ['contract.termMonths' as const], by: ruth, due: '2026-11-27', openedAt: '2026-11-20T15:00:00Z' },
    };
    const name = 'settle-open-item-1';
    const mailTo = (owner: string) => {
      const record = handoffRecord({ sample: 'incomplete', steps: [stepRecord(name, { owner, item })] });
      const gaps = checkedPackage(record).gaps.filter(({ path }) => path === 'contract.termMonths');
      const shipped = { ...record, playbook: freezePlaybook(playbook, { segment: 'standard' }) };
      return textOf(ask({ record: shipped, step: name, gaps }, owner));
    };
    expect(mailTo(anna)).toContain('Lena works without until then.');
    expect(mailTo(lena)).not.toContain('works without');
    expect(mailTo(lena)).toContain('Bring 1 answer by Mon, Nov 23, 4 PM Berlin time.');
  });

  it('names what is missing field by field', () => {
    const record = handoffRecord({ sample: 'incomplete', steps: [stepRecord('complete-package', { owner: anna })] });
    const { gaps } = checkedPackage(record);
    const text = textOf(ask({ record, step: 'complete-package', gaps }, anna));
    expect(gaps.length).toBeGreaterThan(5);
    for (const gap of gaps) expect(text).toContain(`${gap.label}: `);
    expect(text).toContain('Primary use case: "tbd" isn\'t an answer yet: What will they do with it first?');
  });

  it('names what the customer success manager asked for when it came back', () => {
    const record = handoffRecord({
      steps: [
        stepRecord('complete-package', { owner: anna, round: 2 }),
        stepRecord('review-brief', {
          decided: { choice: 'return', evidence: { gaps: 'Who is the technical contact?\nWhich SSO?' } },
        }),
      ],
    });
    const text = textOf(ask({ record, step: 'complete-package', at: '2026-11-23T12:00:00Z' }, anna));
    expect(text).toContain('Lena returned the package on Mon, Nov 23, 11 AM');
    expect(text).toContain('- Who is the technical contact? - Which SSO?');
  });

  it('carries the whole brief to whoever reviews it (S4)', () => {
    const record = handoffRecord({ steps: [stepRecord('review-brief')] });
    const text = textOf(ask({ record, step: 'review-brief' }));
    expect(text).toContain('Brief: Nordwind Logistik GmbH');
    expect(text).toContain("Do not mention last year's failed telematics project.");
  });

  it('says which time it asks, and what was said before', () => {
    const earlier = {
      round: 1,
      owner: lena,
      because: 'due Mon, Jan 4, 2027, 10 AM Berlin time: 15 days after Sun, Dec 20, 10 AM (asked)',
      askedAt: '2026-12-20T09:00:00Z',
      dueAt: '2027-01-04T09:00:00Z',
      decision: {
        choice: 'not-yet',
        by: lena,
        as: 'owner' as const,
        at: '2026-12-21T09:00:00Z',
        evidence: { remark: 'Data import is late.' },
      },
    };
    const record = handoffRecord({ steps: [stepRecord('record-first-value', { round: 2, earlier: [earlier] })] });
    const text = textOf(ask({ record, step: 'record-first-value' }));
    expect(text).toContain('This is question 2 of 3. On Mon, Dec 21, 10 AM the answer was "Not yet".');
    expect(text).toContain('> Data import is late.');
    expect(text).not.toContain('last time we ask');

    // What was written at length, such as a success plan, stands behind the button, under its question.
    const remark = 'The import of the old tours takes longer than anybody thought. '.repeat(8).trim();
    const long = { ...earlier, decision: { ...earlier.decision, evidence: { remark } } };
    const atLength = handoffRecord({ steps: [stepRecord('record-first-value', { round: 2, earlier: [long] })] });
    const [before = '', behind = ''] = textOf(ask({ record: atLength, step: 'record-first-value' })).split(url);
    expect(before).toContain('This is question 2 of 3.');
    expect(before).not.toContain('old tours');
    expect(behind).toMatch(/: > The import of the old tours/);

    const lastTime = handoffRecord({ steps: [stepRecord('record-first-value', { round: 3, earlier: [earlier] })] });
    const asked = { record: lastTime, step: 'record-first-value' };
    expect(textOf(ask(asked))).toContain(
      'This is question 3 of 3. On Mon, Dec 21, 10 AM the answer was "Not yet". This is the last time we ask: "Not yet" becomes an open item of yours.',
    );
    const { steps } = lastTime.playbook;
    const rule = askStep(lastTime.playbook, 'record-first-value');
    const choices = rule.choices.map(({ negative: _item, ...choice }) => choice);
    const playbook = { ...lastTime.playbook, steps: { ...steps, 'record-first-value': { ...rule, choices } } };
    const without = textOf(ask({ ...asked, record: { ...lastTime, playbook } }));
    expect(without).toContain('the answer was "Not yet". We won\'t ask again.');
    expect(without).not.toContain('open item');
  });

  it('throws for a step that was never asked', () => {
    expect(() => ask({ record: meeting, step: 'hold-kickoff' })).toThrow('has not been asked');
  });
});

describe('the ladder', () => {
  it('says how much working time is left', () => {
    const message = ask({ record: meeting, step, kind: 'warn', rungNumber: 1, at: '2026-11-23T11:30:00Z' }, anna);
    expect(message.subject).toBe('Nordwind: 3 hours left to schedule the internal meeting');
    expect(textOf(message)).toContain(
      '3 hours 30 minutes until Mon, Nov 23, 4 PM Berlin time. The questions of Lena wait',
    );
  });

  it('says plainly that it is late, and what comes next', () => {
    const message = ask({ record: meeting, step, kind: 'breach', rungNumber: 2, at: '2026-11-23T15:00:00Z' }, anna);
    expect(message.subject).toMatch(/^Overdue: /);
    expect(textOf(message)).toContain(
      'This was due Mon, Nov 23, 4 PM Berlin time. The questions of Lena wait for a time.',
    );
    expect(textOf(message)).toContain("Still open Tue 4 PM? We'll ask Klaus to help.");
  });

  it('tells the owner that the manager was told, and the manager what to do', () => {
    const rung = { record: meeting, step, kind: 'escalate', rungNumber: 3, at: '2026-11-24T15:00:00Z' } as const;
    expect(ask(rung, anna).subject).toBe('Klaus can help: Nordwind Logistik');
    expect(textOf(ask(rung, anna))).toContain("We've told Klaus, as announced.");
    const toManager = ask(rung, klaus, 'manager');
    expect(toManager.subject).toBe('Nordwind Logistik: help Anna schedule the internal meeting');
    const text = textOf(toManager);
    expect(text).toContain('Anna was asked Fri, Nov 20, 4 PM Berlin time to schedule the internal meeting.');
    expect(text).toContain("Talk first, then reassign, skip, or cancel. Still open Wed 4 PM? We'll ask Ruth to help.");
  });

  it('tells the owner when the manager will be asked, where that waits for their morning', () => {
    const marcus = 'marcus.reed@example.com';
    const known = new Map(people).set(anna, { ...personAt(anna), manager: marcus });
    const rung = { record: meeting, step, kind: 'escalate', rungNumber: 3, people: known } as const;
    // 10 AM in Berlin, and 4 AM where Marcus is.
    const there = { ...rung, at: '2026-11-24T15:00:00Z' };
    const early = stepRecord(step, { owner: anna, dueAt: '2026-11-23T09:00:00Z' });
    const morning = { ...rung, record: handoffRecord({ steps: [early] }), at: '2026-11-24T09:00:00Z' };
    expect(textOf(ask(there, anna))).toContain("We've told Marcus, as announced.");
    const message = ask(morning, anna);
    expect(message.subject).toBe('Nordwind Logistik: Marcus will be asked Tue 3 PM');
    expect(textOf(message)).toContain("We'll ask Marcus to help Tue 3 PM. Finish it before then, and we won't.");
    expect(textOf(message)).not.toContain("We've told");
  });

  it('claims nothing of a seller whom the roster does not know, and tells the manager of their side why they are asked', () => {
    const unknown = 'nobody@example.com';
    const known = withStrangers(people, [unknown], 'Europe/Berlin');
    const holders = { ...meeting.state.people, accountExecutive: unknown };
    const record = {
      ...handoffRecord({ steps: [stepRecord(step, { owner: unknown })], state: { people: holders } }),
      playbook: freezePlaybook(playbook, { segment: 'standard' }),
    };
    const said = (kind: AskKind, to: Person, as: Capacity, at: string) =>
      textOf(
        askMessage({
          ...{ record, step, kind, rungNumber: kind === 'ask' ? 0 : 3, people: known, gaps: [], at, site, calendarOf },
          to: { person: to, as, url },
        }),
      );
    expect(said('ask', stranger(unknown, 'Europe/Berlin'), 'owner', '2026-11-20T15:00:00Z')).not.toContain(
      'working hours',
    );
    const late = '2026-11-24T15:00:00Z';
    const why = "nobody@example.com isn't on the roster, so we don't know their manager and ask you.";
    expect(said('escalate', personAt(klaus), 'manager', late)).toContain(why);
    expect(
      textOf(ask({ record: meeting, step, kind: 'escalate', rungNumber: 3, at: late }, klaus, 'manager')),
    ).not.toContain('roster');
  });

  it('takes nobody for a helper who was only reminded of what is not due yet', () => {
    const { standard, ...ladders } = meeting.playbook.ladders;
    const rungs = [
      { kind: 'remind', when: { after: 'closedWon', within: '4 hours' }, tell: ['owner', 'customerSuccessManager'] },
      ...(standard?.rungs.slice(1) ?? []),
    ] as const;
    const changed = { ...ladders, standard: { rungs, afterwards: { nagEvery: '7 days' } } } as const;
    const record = { ...meeting, playbook: { ...meeting.playbook, ladders: changed } };
    expect(textOf(ask({ record, step }, anna))).toContain("Still open Tue 4 PM? We'll ask Klaus to help.");
    const reminder = { record, step, kind: 'remind', rungNumber: 1, at: '2026-11-23T08:00:00Z' } as const;
    expect(textOf(ask(reminder, anna))).toContain("We'll ask Klaus to help.");
    const escalation = { record, step, kind: 'escalate', rungNumber: 3, at: '2026-11-24T15:00:00Z' } as const;
    expect(ask(escalation, anna).subject).toBe('Klaus can help: Nordwind Logistik');
    expect(textOf(ask(escalation, anna))).toContain("We've told Klaus, as announced.");
  });

  it('tells revenue operations, one rung further', () => {
    const rung = { record: meeting, step, kind: 'escalate', rungNumber: 4, at: '2026-11-25T15:00:00Z' } as const;
    expect(ask(rung, anna).subject).toBe('Ruth can help too: Nordwind Logistik');
    expect(textOf(ask(rung, anna))).toContain('Ruth can now reassign it or clear the way.');
    const toOperations = ask(rung, ruth, 'revenueOperations');
    expect(toOperations.subject).toBe('Nordwind: schedule the internal meeting, 2 days overdue');
    expect(textOf(toOperations)).toContain(
      'Anna and Klaus know. Reassign or skip it. Still open Thu 4 PM? It counts as stalled.',
    );
  });

  it('names nobody where a rung tells nobody beside the owner, and says what comes then', () => {
    const name = 'assign-customer-success-manager';
    const holders = { accountExecutive: anna, salesManager: klaus, revenueOperations: ruth };
    const record = handoffRecord({ steps: [stepRecord(name, { owner: ruth })], state: { people: holders } });
    const toOwner = (kind: AskKind, rungNumber: number, at: string) =>
      ask({ record, step: name, kind, rungNumber, at }, ruth);
    expect(textOf(toOwner('breach', 2, '2026-11-23T15:00:00Z'))).toContain(
      'Still open Thu 4 PM? It counts as stalled.',
    );
    for (const [rungNumber, at] of [
      [3, '2026-11-24T15:00:00Z'],
      [4, '2026-11-25T15:00:00Z'],
    ] as const) {
      const message = toOwner('escalate', rungNumber, at);
      expect(message.subject).toBe('Overdue: name the customer success manager for Nordwind');
      expect(textOf(message)).toContain('it was due Mon, Nov 23, 4 PM Berlin time.');
      expect(textOf(message)).toMatch(/Still open Thu 4 PM\? It counts as stalled\./);
      expect(textOf(message)).not.toMatch(/can (now|help)|We've told/);
    }
  });

  it('tells whoever is the manager and revenue operations in one that it is due, and announces them once', () => {
    const owned = stepRecord(step, { owner: anna });
    const record = handoffRecord({ steps: [owned] });
    const known = new Map(people).set(anna, { ...personAt(anna), manager: ruth });
    const said = (kind: AskKind, rungNumber: number, at: string, of: readonly [string, Capacity] = [anna, 'owner']) =>
      textOf(ask({ record, step, people: known, kind, rungNumber, at }, ...of));
    expect(said('breach', 2, '2026-11-23T15:00:00Z')).toContain("Still open Tue 4 PM? We'll ask Ruth to help.");
    const first = said('escalate', 3, '2026-11-24T15:00:00Z');
    expect(first).toContain("We've told Ruth, as announced.");
    expect(first).toContain('Still open Thu 4 PM? It counts as stalled.');
    const second = said('escalate', 4, '2026-11-25T15:00:00Z');
    expect(second).not.toMatch(/Ruth (can|will)|told Ruth/);
    expect(second).toContain('Still open Thu 4 PM? It counts as stalled.');
    expect(said('escalate', 3, '2026-11-24T15:00:00Z', [ruth, 'manager'])).toContain('Still open Thu 4 PM? It counts');
  });

  it('says to all that nobody has acted, and who was asked', () => {
    const rung = { record: meeting, step, kind: 'stall', rungNumber: 5, at: '2026-11-26T15:00:00Z' } as const;
    const text = textOf(ask(rung, ruth, 'revenueOperations'));
    expect(text).toContain("Anna and Klaus know as well, and it's still open. Agree on who acts.");
    expect(textOf(ask(rung, anna))).toContain('Klaus and Ruth know.');
  });

  it('says of a step after which nothing comes that it keeps the handoff open, and not that something waits', () => {
    const rung = { step: 'align-success-plan', kind: 'stall', rungNumber: 5, at: '2026-11-26T15:00:00Z' } as const;
    const aligning = handoffRecord({ steps: [stepRecord('align-success-plan', { owner: lena })] });
    expect(textOf(ask({ ...rung, record: aligning }))).toContain('Everything after this step is on hold.');
    const flow = [...aligning.playbook.flow].slice(0, 2);
    const last = { ...aligning, playbook: { ...aligning.playbook, flow: [...flow, 'remind-of-renewal'] } };
    const text = textOf(ask({ ...rung, record: last }));
    expect(text).toContain("The handoff stays open until it's done.");
    expect(text).not.toContain('on hold');
  });

  it('says of an exception that nobody decides on that this is what has stalled', () => {
    const at = '2026-11-20T15:00:00Z';
    const request = {
      at,
      by: anna,
      reason: 'They decide in January.',
      paths: ['contract.termMonths' as const],
      reviewer: ruth,
    };
    const exceptions = [{ ...request, askedAt: at, dueAt: '2026-11-23T15:00:00Z', because: '24 h later' }];
    const record = handoffRecord({ steps: [stepRecord('complete-package', { owner: anna, exceptions })] });
    const rung = { record, step: 'complete-package', rungNumber: 5, at: '2026-11-26T15:00:00Z' } as const;
    const { subject } = ask({ ...rung, kind: 'stall' }, 'marcus.reed@example.com', 'manager');
    expect(subject).toBe('Stalled: Nordwind Logistik at Decide on the exception');
  });

  it('says of what is overdue only what its page offers', () => {
    const naming = 'assign-customer-success-manager';
    const late = (name: string, owner: string, as: Capacity = 'owner', exceptions: StepRecord['exceptions'] = []) => {
      const record = handoffRecord({
        steps: [stepRecord(name, { owner: as === 'reviewer' ? anna : owner, exceptions })],
      });
      const said = (kind: AskKind, rungNumber: number, at: string) =>
        textOf(ask({ record, step: name, kind, rungNumber, at }, owner, as));
      return [said('breach', 2, '2026-11-23T15:00:00Z'), said('nag', 1001, '2026-12-03T15:00:00Z')];
    };
    const [here, weekly] = late(step, anna);
    expect(here).toContain('Finish it now, or reassign or pause it on the same page.');
    expect(weekly).toContain('Pick one: do it, pause it until a date, or reassign it.');
    const [alone, weeklyAlone] = late(naming, ruth);
    expect(alone).toContain('Finish it now, or pause it on the same page.');
    expect(weeklyAlone).toContain('Pick one: do it, or pause it until a date.');
    const at = '2026-11-20T15:00:00Z';
    const request = { at, by: anna, reason: 'Soon.', paths: ['contract.termMonths' as const], reviewer: ruth };
    const asking = [{ ...request, askedAt: at, dueAt: '2026-11-23T15:00:00Z', because: '24 h later' }];
    const [deciding] = late('complete-package', ruth, 'reviewer', asking);
    expect(deciding).toContain('Decide now: grant it, or decline.');
    for (const said of [alone, weeklyAlone, deciding]) expect(said).not.toContain('reassign');
  });

  it('tells whoever has no say what they can do, and no more', () => {
    const rung = { record: meeting, step, kind: 'breach', rungNumber: 2, at: '2026-11-23T15:00:00Z' } as const;
    const text = textOf(ask(rung, lena, 'reader'));
    expect(text).toContain('Talk to Anna, or add a note for everyone on the page.');
    expect(text).not.toMatch(/\b(reassign|skip|cancel)\b|Open the step/);
  });

  it.each([
    ['7 days', 'weekly'],
    ['1 day', 'every day'],
    ['10 days', 'every 10 days'],
  ] as const)('says how often it nags: every %s', (nagEvery, said) => {
    const { standard, ...ladders } = meeting.playbook.ladders;
    const changed = { ...ladders, standard: { rungs: standard?.rungs ?? [], afterwards: { nagEvery } } };
    const record = { ...meeting, playbook: { ...meeting.playbook, ladders: changed } };
    const rung = { record, step, kind: 'nag', rungNumber: 1001, at: '2026-12-03T15:00:00Z' } as const;
    for (const mail of [ask(rung, anna), ask(rung, klaus, 'manager')])
      expect(textOf(mail)).toContain(`We write ${said} until someone acts.`);
  });

  it('nags every week', () => {
    const rung = { record: meeting, step, kind: 'nag', rungNumber: 1001, at: '2026-12-03T15:00:00Z' } as const;
    expect(ask(rung, anna).subject).toMatch(/^Week 1: Nordwind.* on hold at Schedule the internal handoff/);
    expect(textOf(ask(rung, anna))).toContain('Since last week: no changes. Pick one: ');
  });

  it.each([
    ['3 days', 1, 'en-US', 'Day 3: ', 'Since our last email: ', 'We write every 3 days'],
    ['3 days', 2, 'de-DE', 'Tag 6: ', 'Seit unserer letzten E-Mail: ', 'Wir schreiben alle 3 Tage'],
    ['1 day', 4, 'de-DE', 'Tag 4: ', 'Seit unserer letzten E-Mail: ', 'Wir schreiben jeden Tag'],
    ['14 days', 2, 'en-US', 'Day 28: ', 'Since our last email: ', 'We write every 14 days'],
  ] as const)('counts days and no weeks where it nags every %s', (nagEvery, n, locale, subject, since, every) => {
    const { steps, ladders, ...others } = freezePlaybook(playbook, { segment: 'standard' });
    const { ladder } = askStep({ steps }, step);
    const changed = { ...ladders, [ladder]: { rungs: [], ...ladders[ladder], afterwards: { nagEvery } } };
    const record = { ...meeting, playbook: { ...others, steps, ladders: changed } };
    const nag = ask(
      {
        record,
        step,
        kind: 'nag',
        rungNumber: 1000 + n,
        at: '2026-12-03T15:00:00Z',
        site: { ...site, locale },
      },
      anna,
    );
    expect(nag.subject.startsWith(subject)).toBe(true);
    expect(textOf(nag)).toContain(since);
    expect(textOf(nag)).toContain(every);
  });

  it('says every week what has happened since the week before, also where one was left out', () => {
    const at = '2026-12-14T15:00:00Z';
    const decided = stepRecord('complete-package', { decided: { choice: 'complete', at: '2026-12-04T10:00:00Z' } });
    const mail = (person: string): MailRecord => ({
      key: `${step}/2026-11-20T15:00:00Z/6/nag/${person}`,
      status: 'sent',
      at: '2026-12-03T15:00:00Z',
    });
    const steps = { ...meeting.steps, [decided.step]: decided };
    const told = Object.fromEntries([mail(anna)].map((each) => [each.key, each]));
    const rung = { record: { ...meeting, steps, mails: told }, step, kind: 'nag', rungNumber: 1002, at } as const;
    expect(textOf(ask(rung, anna))).toContain('Since last week: 1 step done.');
    // Nothing was written to Klaus then.
    expect(textOf(ask(rung, klaus, 'manager'))).toContain('Since last week: no changes.');
  });

  it.each([
    [anna, 'owner', 'Pick one: do it, pause it until a date, or reassign it.'],
    [klaus, 'manager', 'Pick one: reassign, skip, or cancel.'],
    [ruth, 'revenueOperations', 'Pick one: reassign, skip, or cancel.'],
    [lena, 'reader', undefined],
  ] as const)('says every week to %s as %s what they can do', (email, as, said) => {
    const rung = { record: meeting, step, kind: 'nag', rungNumber: 1001, at: '2026-12-03T15:00:00Z' } as const;
    const text = textOf(ask(rung, email, as));
    if (said === undefined) expect(text).not.toContain('Pick one');
    else expect(text).toContain(said);
  });

  it('says every week to whoever reviews an exception, and to their manager, what they can do', () => {
    const at = '2026-11-20T15:00:00Z';
    const request = {
      by: anna,
      at,
      askedAt: at,
      dueAt: '2026-11-23T15:00:00Z',
      because: 'x',
      reason: 'x',
      reviewer: ruth,
    };
    const exceptions = [{ ...request, paths: ['contract.termMonths' as const] }];
    const record = handoffRecord({
      sample: 'incomplete',
      steps: [stepRecord('complete-package', { owner: anna, exceptions })],
    });
    const rung = {
      record,
      step: 'complete-package',
      kind: 'nag',
      rungNumber: 1001,
      at: '2026-12-03T15:00:00Z',
    } as const;
    expect(textOf(ask(rung, ruth, 'reviewer'))).toContain('Pick one: grant it, or decline.');
    expect(textOf(ask(rung, klaus, 'manager'))).toContain('Pick one: skip or cancel.');
  });

  it.each([
    ['2026-11-23T11:00:00Z', '4 hours left', '4 hours until Mon, Nov 23, 4 PM Berlin time.'],
    ['2026-11-20T13:00:00Z', '10 working hours left', '10 working hours until Mon, Nov 23, 4 PM Berlin time.'],
    ['2026-11-17T11:00:00Z', '4 business days left', '4 business days until Mon, Nov 23, 4 PM Berlin time.'],
    ['2026-11-20T15:50:00Z', '7 working hours left', '7 working hours until Mon, Nov 23, 4 PM Berlin time.'],
    ['2026-11-20T21:00:00Z', '7 working hours left', '7 working hours until Mon, Nov 23, 4 PM Berlin time.'],
  ])('says at %s how much time is left, and whether nights and days off count', (at, inSubject, said) => {
    const record = handoffRecord({ steps: [stepRecord(step, { owner: anna, askedAt: '2026-11-17T08:00:00Z' })] });
    const mail = ask({ record, step, kind: 'warn', rungNumber: 1, at }, anna);
    expect(mail.subject).toContain(inSubject);
    expect(mail.subject.length).toBeLessThanOrEqual(60);
    expect(textOf(mail)).toContain(said);
  });

  it('tells helpers that the owner, who keeps what was due before, is away: by email and in the digest', () => {
    const availability = { ...personAt(lena).availability, away: [{ from: '2026-11-24', to: '2026-11-27' }] };
    const known = new Map(people).set(lena, { ...personAt(lena), availability });
    const record = handoffRecord({ steps: [stepRecord('review-brief')] });
    const told = (at: string) => {
      const of = { record, step: 'review-brief', rungNumber: 3, people: known, at };
      const to = { person: personAt(klaus), as: 'manager' as const };
      return [
        textOf(ask({ ...of, kind: 'escalate' }, klaus, 'manager')),
        escalationEntry({ ...of, to, site, calendarOf }).said,
      ];
    };
    for (const said of told('2026-11-25T15:00:00Z'))
      expect(said).toContain('Lena is away until Mon, Nov 30, 9 AM Berlin time.');
    for (const said of told('2026-11-23T20:00:00Z')) expect(said).not.toContain('is away');
  });

  it('calls an introduction one to the customer', () => {
    const shipped = freezePlaybook(playbook, { segment: 'standard' });
    const record = { ...handoffRecord({ steps: [stepRecord('introduce-customer')] }), playbook: shipped };
    const mail = ask({ record, step: 'introduce-customer', kind: 'breach', rungNumber: 2, at: '2026-11-23T15:00:00Z' });
    expect(mail.subject).toBe('Overdue: send the introduction to Nordwind Logistik');
    const escalated = {
      record,
      step: 'introduce-customer',
      kind: 'escalate' as const,
      rungNumber: 3,
      at: '2026-11-24T15:00:00Z',
    };
    const toManager = ask(escalated, klaus, 'manager');
    expect(toManager.subject).toBe('Nordwind Logistik: help Lena send the introduction');
    expect(textOf(toManager)).not.toContain('yourself');
  });

  it('ends the next answer with one stop', () => {
    const record = handoffRecord({ sample: 'incomplete', steps: [stepRecord('complete-package', { owner: anna })] });
    const { gaps } = checkedPackage(record);
    const at = '2026-11-23T11:00:00Z';
    for (const gap of gaps)
      expect(
        textOf(ask({ record, step: 'complete-package', kind: 'warn', rungNumber: 1, gaps: [gap], at }, anna)),
      ).not.toMatch(/[.?!][.](?![.])/);
  });

  it.each([
    [1, 'bring 1 answer', 'Lena works without it until then.'],
    [3, 'bring 3 answers', 'Lena works without them until then.'],
  ])('counts %d open answers, and names them in its text', (n, verb, works) => {
    const paths = (['contract.termMonths', 'contract.discounts', 'redFlags.knownRisks'] as const).slice(0, n);
    const item = {
      ...{ key: 'answers', title: 'Contract: Term length and 2 more answers', what: 'Hand in what is missing.', paths },
      ...{ from: 'complete-package', by: ruth, due: '2026-11-23', openedAt: '2026-11-20T15:00:00Z' },
    };
    const id = 'settle-open-item-1';
    const shipped = freezePlaybook(playbook, { segment: 'standard' });
    const record = {
      ...handoffRecord({ sample: 'incomplete', steps: [stepRecord(id, { owner: anna, item })] }),
      playbook: shipped,
    };
    const known = {
      record,
      step: id,
      gaps: checkedPackage(record).gaps.filter(({ path }) => paths.some((each) => each === path)),
    };
    const warned = ask({ ...known, kind: 'warn', rungNumber: 1, at: '2026-11-23T11:00:00Z' }, anna);
    expect(warned.subject).toBe(`Weberhaus Möbel: 4 hours left to ${verb}`);
    expect(textOf(warned)).toContain(works);
    const late = { ...known, at: '2026-11-25T15:00:00Z' };
    expect(ask({ ...late, kind: 'breach', rungNumber: 2 }, anna).subject).toBe(`Overdue: ${verb} for Weberhaus Möbel`);
    expect(ask({ ...late, kind: 'escalate', rungNumber: 4 }, ruth, 'revenueOperations').subject).toBe(
      `Weberhaus Möbel: ${verb}, 2 days overdue`,
    );
    const asked = textOf(ask(known, anna));
    expect(asked.match(/Lena works without/g)).toHaveLength(1);
  });

  it('says that a wait for the customer is over', () => {
    const pause = { from: '2026-11-20T16:00:00Z', until: '2026-11-23T08:00:00Z', reason: 'Holiday', by: anna };
    const record = handoffRecord({ steps: [stepRecord(step, { owner: anna, pauses: [pause] })] });
    const message = ask({ record, step, kind: 'remind', rungNumber: 100, at: '2026-11-23T08:00:00Z' }, anna);
    expect(message.subject).toMatch(/^Nordwind pause over: schedule the internal meeting by Mon$/);
    expect(textOf(message)).toContain('You have 7 hours left, as before the pause. Heard nothing? Pause again.');
  });

  it('says what was overdue before the pause that it was', () => {
    const pause = { from: '2026-11-23T16:00:00Z', until: '2026-11-25T08:00:00Z', reason: 'Holiday', by: anna };
    const record = handoffRecord({ steps: [stepRecord(step, { owner: anna, pauses: [pause] })] });
    const message = ask({ record, step, kind: 'remind', rungNumber: 100, at: '2026-11-25T08:00:00Z' }, anna);
    expect(textOf(message)).toContain('It was due Mon, Nov 23, 4 PM Berlin time. Heard nothing? Pause again.');
    expect(textOf(message)).not.toContain('no time');
  });
});

describe('who is waited for', () => {
  const input = {
    record: {
      ...handoffRecord({ steps: [stepRecord('review-brief', { owner: lena })] }),
      playbook: freezePlaybook(playbook, { segment: 'enterprise' }),
    },
    step: 'review-brief',
    rungNumber: 2,
    at: '2026-11-24T15:00:00Z',
  };
  const textOf = (kind: AskKind, email: string, as: Capacity) =>
    renderMail(ask({ ...input, kind }, email, as), { site }).text.replace(/\s+/g, ' ');

  it.each(['stall', 'escalate'] as const)('is named to whoever is not meant: %s', (kind) => {
    for (const [email, as] of [
      [klaus, 'manager'],
      [ruth, 'revenueOperations'],
    ] as const) {
      expect(textOf(kind, email, as)).toContain('waits for Lena.');
      expect(textOf(kind, email, as)).not.toContain('waits for you.');
    }
  });

  it('is “you” to the owner', () => {
    expect(textOf('remind', lena, 'owner')).toContain('waits for you.');
  });
});

describe('every kind of ask, of every step, to everybody', () => {
  const kinds: readonly AskKind[] = ['ask', 'warn', 'remind', 'breach', 'escalate', 'stall', 'nag'];
  const readers: readonly (readonly [string, Capacity])[] = [
    ['', 'owner'],
    [klaus, 'manager'],
    [lena, 'reviewer'],
    [ruth, 'revenueOperations'],
    [lena, 'reader'],
  ];
  const samples = ['enterprise-across-zones', 'incomplete', 'awkward-text'] as const;

  it.each(samples)('reads well for %s', (sample) => {
    for (const { id, owner } of askSteps()) {
      const record = handoffRecord({ sample, steps: [stepRecord(id, { owner })] });
      if (record.playbook.steps[id] === undefined) continue;
      const { gaps } = checkedPackage(record);
      for (const kind of kinds) {
        for (const [email, as] of readers) {
          const reader = email === '' ? owner : email;
          const input = { record, step: id, kind, rungNumber: kinds.indexOf(kind), gaps, at: '2026-11-24T15:00:00Z' };
          const mail = renderMail(ask(input, reader, as), { site });
          for (const part of [mail.subject, mail.text, mail.html])
            expect(part).not.toMatch(/undefined|\[object|\bnull\b|NaN/);
          expect(mail.text).toContain(url);
          expect(mail.html).toContain(`href="${url}"`);
          expect(mail.html).not.toMatch(/<script|<img|<b>GmbH/);
          expect(mail.subject).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
          expect(mail.subject.length).toBeLessThanOrEqual(60);
        }
      }
    }
  });

  it.each(['en-US', 'de-DE'])(
    'has no gap where somebody would be named, also of an owner with nobody above, in %s',
    (locale) => {
      const alone = new Map([...people].filter(([email]) => [anna, lena, ruth].includes(email)));
      for (const owner of [anna, ruth]) {
        const holders = { accountExecutive: anna, customerSuccessManager: lena, revenueOperations: ruth };
        const record = handoffRecord({ steps: [stepRecord(step, { owner })], state: { people: holders } });
        for (const [rungNumber, kind] of (
          ['ask', 'warn', 'breach', 'escalate', 'escalate', 'stall'] as const
        ).entries()) {
          const at = new Date(Date.parse('2026-11-20T15:00:00Z') + rungNumber * 86_400_000).toISOString();
          const input = { record, step, kind, rungNumber, people: alone, at, site: { ...site, locale } };
          const { subject, blocks } = ask(input, owner);
          for (const text of [subject, ...blocks.flatMap((block) => ('paragraph' in block ? [block.paragraph] : []))])
            expect(text).not.toMatch(/ {2}| [.,:?]|^\W|^kann /);
        }
      }
    },
  );
});
