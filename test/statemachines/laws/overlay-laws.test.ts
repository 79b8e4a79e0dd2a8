import { describe, expect, it } from 'vitest';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, sound, unchecked, withSegment } from './changed-playbook.ts';

const broken: Broken = {
  'a segment that leaves out what there is not': [
    withSegment({ without: ['celebrate'] }),
    'In the segment "enterprise": it leaves out "celebrate", which is not defined.',
  ],
  'a segment that changes what it leaves out': [
    withSegment({
      without: ['rate-handoff'],
      steps: { 'rate-handoff': { due: { after: 'opened', within: '2 days' } } },
    }),
    'In the segment "enterprise": it changes "rate-handoff", which it does not have.',
  ],
  'a segment that lets a step open': [
    withSegment({ steps: { 'hold-kickoff': { opens: { after: 'closedWon', within: '2 days' } } } }),
    'In the segment "enterprise": it lets "hold-kickoff" open later, which the state machine does not wait for.',
  ],
  'a segment that tells more': [
    withSegment({
      steps: {
        'close-availability': { tells: { feedback: { after: 'closedWon', within: '60 days' } } },
      },
    }),
    'In the segment "enterprise": "close-availability" never tells "feedback".',
  ],
  'a segment that asks for an unknown field': [
    withSegment({ fields: { 'contract.color': { required: true } } }),
    'In the segment "enterprise": "contract.color" is no field of the package.',
  ],
  'a segment that adds what there is not': [
    withSegment({ with: ['introduce-by-phone', 'celebrate'] }),
    'In the segment "enterprise": it adds "celebrate", which is not defined.',
  ],
  'a segment that both adds and leaves out a step': [
    withSegment({ without: ['introduce-by-phone'] }),
    'In the segment "enterprise": it both adds and leaves out "introduce-by-phone".',
  ],
  'a segment that changes a step that there is not': [
    withSegment({ steps: { celebrate: { title: 'Celebrate' } } }),
    'In the segment "enterprise": it changes "celebrate", which it does not have.',
  ],
  'a segment that changes a meeting that there is not': [
    withSegment({ meetings: { party: { title: 'Party' } } }),
    'In the segment "enterprise": it changes the meeting "party", which is not defined.',
  ],
  'a segment that changes a ladder that there is not': [
    withSegment({ ladders: { rope: { rungs: [], afterwards: { nagEvery: '7 days' } } } }),
    'In the segment "enterprise": it changes the ladder "rope", which is not defined.',
  ],
  'a segment that lets a step tell that somebody is asked to do': [
    withSegment({ steps: { 'hold-kickoff': { tells: { feedback: 'silent' } } } }),
    'In the segment "enterprise": it changes what "hold-kickoff" tells, but somebody is asked to do that.',
  ],
  'a segment that gives an owner to a step that tells': [
    withSegment({ steps: { 'close-availability': { owner: 'salesManager', ladder: 'standard' } } }),
    'In the segment "enterprise": it changes owner, ladder of "close-availability", which nobody is asked to do.',
  ],
  'a segment with a member that nobody understands': [
    withSegment(unchecked({ color: 'blue' })),
    'In the segment "enterprise": it says "color", which nothing in the code understands.',
  ],
  'a change with a member that nobody understands': [
    withSegment({ steps: { 'hold-kickoff': unchecked({ waitFor: 'party' }) } }),
    'In the segment "enterprise": "hold-kickoff" says "waitFor", which nothing in the code understands.',
  ],
  'an industry that leaves out what there is not': [
    { ...sound, industries: { toys: { without: ['celebrate'] } } },
    'In the industry "toys": it leaves out "celebrate", which is not defined.',
  ],
  'an industry whose promise comes before what it counts from': [
    {
      ...sound,
      industries: { toys: { steps: { 'confirm-handoff': { due: { after: 'closedWon', within: '-2 days' } } } } },
    },
    'In the industry "toys": "confirm-handoff" comes "-2 days" after "closedWon": only the renewal date is known beforehand.',
  ],
  'an industry whose own wording speaks of no rule': [
    { ...sound, industries: { toys: { steps: { 'confirm-handoff': { what: 'Play for {most} minutes.' } } } } },
    'In the industry "toys": "confirm-handoff" speaks of {most}, which none of its rules gives.',
  ],
  'a field that every handoff is asked for and that there is not': [
    { ...sound, fields: { ...sound.fields, ...unchecked<object>({ 'contract.color': { required: true } }) } },
    '"contract.color" is no field of the package.',
  ],
};

describe('the laws of segments and industries', () => {
  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
