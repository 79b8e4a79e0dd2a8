import { describe, expect, it } from 'vitest';
import type { MeetingRule } from '../../../functions/domain/playbook/meetings.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, call, ruleOf, small, sound, unchecked } from './changed-playbook.ts';

/** A rule with a mistyped capability, which no compiler stopped. */
const mistyped = <T extends object>(rule: T): T => unchecked({ ...rule, aproves: 'letters' });

const meeting: MeetingRule = {
  title: 'Review',
  minutes: { usual: 30, least: 15, most: 60 },
  who: ['accountExecutive'],
  agenda: [{ title: 'All', minutes: 30 }],
};
const withMeeting = (change: Partial<MeetingRule>) =>
  small({ call }, { meetings: { review: { ...meeting, ...change } } });

const telling = ruleOf('close-availability');

const broken: Broken = {
  'a member of the playbook': [mistyped(sound), 'The playbook says "aproves", which nothing in the code understands.'],
  'a member of a step': [
    small({ call: mistyped(call) }),
    '"call" says "aproves", which nothing in the code understands.',
  ],
  'a member of a step that tells': [
    { ...sound, steps: { ...sound.steps, 'close-availability': mistyped(telling) } },
    '"close-availability" says "aproves", which nothing in the code understands.',
  ],
  'a member of what a step tells': [
    {
      ...sound,
      steps: {
        ...sound.steps,
        'close-availability':
          telling.kind === 'tell'
            ? { ...telling, tells: telling.tells.map((tell, i) => (i === 0 ? mistyped(tell) : tell)) }
            : telling,
      },
    },
    'What "close-availability" tells says "aproves", which nothing in the code understands.',
  ],
  'a member of a choice': [
    small({ call: { ...call, choices: [mistyped({ id: 'called', label: 'Called', evidence: [] })] } }),
    '"call", choice "called", says "aproves", which nothing in the code understands.',
  ],
  'a member of a field': [
    small({
      call: {
        ...call,
        choices: [
          {
            id: 'called',
            label: 'Called',
            evidence: [mistyped({ name: 'notes', label: 'Notes', kind: 'text' as const, required: true })],
          },
        ],
      },
    }),
    '"call", choice "called", field "notes", says "aproves", which nothing in the code understands.',
  ],
  'a member of a meeting': [
    small({ call }, { meetings: { review: mistyped(meeting) } }),
    'The meeting "review" says "aproves", which nothing in the code understands.',
  ],
  'a member of an agenda': [
    withMeeting({ agenda: [mistyped({ title: 'All', minutes: 30 })] }),
    'The agenda of "review" says "aproves", which nothing in the code understands.',
  ],
  'a member of a ladder': [
    small({ call }, { ladders: { plain: mistyped({ rungs: [], afterwards: { nagEvery: '7 days' as const } }) } }),
    'The ladder "plain" says "aproves", which nothing in the code understands.',
  ],
  'a member of a rung': [
    small(
      { call },
      {
        ladders: {
          plain: {
            rungs: [mistyped({ kind: 'breach', when: { afterDue: '0 hours' }, tell: ['owner'] } as const)],
            afterwards: { nagEvery: '7 days' },
          },
        },
      },
    ),
    'A rung of the ladder "plain" says "aproves", which nothing in the code understands.',
  ],
};

const meetings: Broken = {
  'an agenda that is shorter than the meeting': [
    withMeeting({ agenda: [{ title: 'All', minutes: 25 }] }),
    'The agenda of "review" takes 25 minutes, the meeting 30.',
  ],
  'an agenda that is longer than the meeting': [
    withMeeting({ agenda: [...meeting.agenda, { title: 'More', minutes: 5 }] }),
    'The agenda of "review" takes 35 minutes, the meeting 30.',
  ],
  'a meeting that usually takes longer than it may': [
    withMeeting({ minutes: { usual: 30, least: 15, most: 25 } }),
    'The meeting "review" takes 30 minutes, 15 to 25.',
  ],
  'a meeting that usually takes less than it may': [
    withMeeting({ minutes: { usual: 30, least: 40, most: 60 } }),
    'The meeting "review" takes 30 minutes, 40 to 60.',
  ],
  'a meeting of no time': [
    withMeeting({ minutes: { usual: 30, least: 0, most: 60 } }),
    'The meeting "review" takes 30 minutes, 0 to 60.',
  ],
  'a meeting of half a minute more': [
    withMeeting({ minutes: { usual: 30, least: 15, most: 60.5 } }),
    'The meeting "review" takes 30 minutes, 15 to 60.5.',
  ],
  'an agenda that gives time back': [
    withMeeting({
      agenda: [
        { title: 'All', minutes: 40 },
        { title: 'End', minutes: -10 },
      ],
    }),
    'The agenda of "review" gives -10 minutes to "End".',
  ],
  'a meeting that speaks of nothing we know': [
    withMeeting({ title: 'Review: {custmer} and {company}' }),
    'The title of the meeting "review" speaks of {custmer}; it may speak of {customer} and {company}.',
  ],
  'an agenda that speaks of anything': [
    withMeeting({ agenda: [{ title: 'Meet {customer}', minutes: 30 }] }),
    'The agenda of "review" speaks of {customer}, which nothing fills in.',
  ],
  'a meeting without anybody': [withMeeting({ who: [] }), 'Nobody takes part in the meeting "review".'],
};

describe('the laws of members', () => {
  it.each(Object.entries(broken))('refuse %s that nobody understands', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});

describe('the laws of a meeting', () => {
  it('find nothing wrong with a sound one', () => {
    expect(playbookProblems(withMeeting({}))).toEqual([]);
  });

  it.each(Object.entries(meetings))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
