import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../../functions/domain/handoff/step-record.ts';
import { personAway } from '../../../../functions/domain/people/away-note.ts';
import type { AwayNote, Person } from '../../../../functions/domain/people/person.ts';
import { awayText } from '../../../../functions/domain/step/in-your-place.ts';
import { offeredAway } from '../../../../functions/domain/step/step-offers.ts';
import {
  calendarOf,
  daniel,
  handoffRecord,
  lena,
  people,
  personAt,
  ruth,
  stepRecord,
} from '../../../support/handoff-record.ts';

const record = handoffRecord();
const at = '2026-11-17T08:30:00Z';
const grace = 'grace.okafor@example.com';

type Changes = Readonly<Record<string, Partial<Person>>>;

const roster = (changes: Changes = {}): Person[] =>
  [...people.values()].map((person) => ({ ...person, ...changes[person.email] }));

const away = (email: string, from: string, to: string): Changes => ({
  [email]: { availability: { ...personAt(email).availability, away: [{ from, to }] } },
});

/** Revenue operations without anybody above them, in a company without such a lead. */
const alone = { ...record, state: { ...record.state, people: { revenueOperations: ruth } } };

describe('The form by which somebody says that they are away', () => {
  const formOf = (email: string, known: typeof record | undefined, changes: Changes = {}) => {
    const all = roster(changes);
    const { fields, says } = offeredAway(all.find((each) => each.email === email) ?? personAt(email), {
      record: known,
      roster: all,
    });
    const deputy = fields.find(({ name }) => name === 'deputy');
    return { says, hint: deputy?.hint, named: deputy?.options?.length };
  };

  it.each([
    ['names their manager', record, {}, 'we ask Daniel Weiss, or the next one who is there'],
    ['names them without a handoff, too', undefined, {}, 'we ask Daniel Weiss, or the next one who is there'],
    ['names their deputy', record, { [lena]: { deputy: grace } }, 'we ask Grace Okafor, or the next one who is there'],
    [
      'passes over a manager who has left',
      record,
      { [lena]: { manager: grace }, [grace]: { active: false } },
      'we ask each handoff’s customer success lead (such as Daniel Weiss), or the next one who is there',
    ],
  ])('%s', (_, known, changes, said) => {
    expect(formOf(lena, known, changes)).toEqual({
      says: undefined,
      hint: `If you leave it empty, ${said}.`,
      named: expect.any(Number),
    });
  });

  it.each([
    [
      'in a handoff',
      record,
      'In your place we ask each handoff’s customer success lead (such as Daniel Weiss), or the next one who is there.',
    ],
    [
      'without a handoff',
      undefined,
      'In your place we ask whoever leads your side of a handoff, or the next one who is there.',
    ],
    ['where there is nobody', alone, 'Nobody can stand in for you yet: your steps stay with you.'],
  ])('offers no empty list, and says who is asked: %s', (_, known, says) => {
    expect(formOf(ruth, known)).toEqual({ says, hint: undefined, named: undefined });
  });
});

describe('What is said to whoever has noted an absence', () => {
  const note: AwayNote = { from: '2026-11-18', to: '2026-11-20' };
  const saidTo = (email: string, { known, said = note, changes = {}, waiting = [] }: Said) => {
    const all = roster(changes);
    const person = all.find((each) => each.email === email) ?? personAt(email);
    const among = new Map(all.map((each) => [each.email, each]));
    // The roster may have it by now, or not yet.
    return [person, personAway(person, [said])].map((each) =>
      awayText(each, said, { record: known, people: among, at, calendarOf, waiting }),
    );
  };
  interface Said {
    readonly known: typeof record | undefined;
    readonly said?: AwayNote;
    readonly changes?: Changes;
    readonly waiting?: Parameters<typeof awayText>[2]['waiting'];
  }
  const asked = (who: string) => `${who} is asked in your place. What is still open then comes back to you.`;

  it.each<[string, string, Said, string]>([
    ['whom they named', lena, { known: record, said: { ...note, deputy: grace } }, asked('Grace Okafor')],
    ['their manager', lena, { known: record }, asked('Daniel Weiss')],
    [
      'the next one, if their manager is away then',
      lena,
      { known: record, changes: away(daniel, '2026-11-16', '2026-11-18') },
      asked('Ruth Lindqvist'),
    ],
    [
      'their manager, who is back by then',
      lena,
      { known: record, changes: away(daniel, '2026-11-16', '2026-11-17') },
      asked('Daniel Weiss'),
    ],
    [
      'whoever leads their side',
      ruth,
      { known: record },
      asked('each handoff’s customer success lead (such as Daniel Weiss)'),
    ],
    ['that, without a handoff', ruth, { known: undefined }, asked('whoever leads your side of a handoff')],
    [
      'nobody, if all of them are away',
      ruth,
      { known: record, changes: away(daniel, '2026-11-16', '2026-11-27') },
      'nobody is there who could stand in for you: what is open stays with you.',
    ],
  ])('names %s', (_, email, given, said) => {
    const whole = `From Wed, Nov 18 to Fri, Nov 20, ${said}`;
    expect(saidTo(email, given)).toEqual([whole, whole]);
  });

  it('names a single day once', () => {
    const [text] = saidTo(lena, { known: record, said: { from: '2026-11-18', to: '2026-11-18' } });
    expect(text).toBe(`On Wed, Nov 18, ${asked('Daniel Weiss')}`);
  });

  const open = (step: string, of: Partial<StepRecord>) => ({
    record: handoffRecord({ steps: [stepRecord(step, of)] }),
    step,
  });
  const before = { dueAt: '2026-11-17T15:00:00Z' };
  const stays = ' Due before you go, so it stays yours: ';
  it.each([
    [
      'what was due before',
      [open('review-brief', before)],
      `${stays}“Review the brief” for Nordwind Logistik. If that can’t wait for you, reassign it.`,
    ],
    ['nothing that is due later', [open('review-brief', { dueAt: '2026-11-18T15:00:00Z' })], ''],
    ['nothing that somebody else is asked', [open('review-brief', { ...before, owner: daniel })], ''],
    [
      'three, and how many more',
      ['review-brief', 'map-stakeholders', 'schedule-kickoff', 'hold-kickoff'].map((step) => open(step, before)),
      ' Due before you go, so they stay yours: “Review the brief” for Nordwind Logistik, “Verify the stakeholder map” for Nordwind Logistik, “Schedule the kickoff” for Nordwind Logistik, and 1 more. If that can’t wait for you, reassign them.',
    ],
  ])('says what stays theirs: %s', (_, waiting, said) => {
    const whole = `From Wed, Nov 18 to Fri, Nov 20, ${asked('Daniel Weiss')}${said}`;
    expect(saidTo(lena, { known: record, waiting })).toEqual([whole, whole]);
  });
});
