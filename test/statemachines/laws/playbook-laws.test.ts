import { describe, expect, it } from 'vitest';
import type { StepRule } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, call, ruleOf, small, sound, withFlow, withSteps } from './changed-playbook.ts';

const broken: Broken = {
  'a flow step that is not defined': [
    withFlow([...sound.flow, 'celebrate']),
    'The flow names "celebrate", which is not defined.',
  ],
  'a flow step that comes twice': [
    withFlow([...sound.flow, 'confirm-handoff']),
    'The flow comes to "confirm-handoff" twice.',
  ],
  'a step that nothing comes to': [
    withFlow(sound.flow.filter((item) => item !== 'assign-customer-success-manager')),
    '"assign-customer-success-manager" is neither in the flow nor optional.',
  ],
  'a part of the flow with an empty row': [
    small({ call }, { flow: [{ name: 'Both', beside: [['call'], []] }] }),
    'The part "Both" of the flow has a row without a step, or none at all.',
  ],
  'a part of the flow with no row': [
    small({ call }, { flow: [{ name: 'First', beside: [['call', { name: 'Both', beside: [] }]] }] }),
    'The part "Both" of the flow has a row without a step, or none at all.',
  ],
  'a step that tells nothing': [
    {
      ...sound,
      steps: { ...sound.steps, 'remind-of-renewal': { ...ruleOf('remind-of-renewal'), tells: [] } as StepRule },
    },
    '"remind-of-renewal" tells nothing.',
  ],
  'an optional step in the flow': [
    withFlow([...sound.flow, 'share-remarks']),
    '"share-remarks" is optional, and yet in the flow.',
  ],
  'a step id that is no id': [
    { ...sound, flow: [...sound.flow, 'Dance!'], steps: { ...sound.steps, 'Dance!': { ...call, ladder: 'standard' } } },
    '"Dance!" is no step id: say lower-case words joined by hyphens, each beginning with a letter.',
  ],
  'the same thing said twice': [
    withSteps({ 'schedule-kickoff': { announce: { say: 'feedback', state: 'Send feedback early' } } }),
    '"feedback" is said by two steps, but goes out only once.',
  ],
  'a duration that does not parse': [
    { ...sound, abandonAfter: '1.5 days' },
    '"abandonAfter": "1.5 days" is not a due rule: whole days.',
  ],
  'no time to answer': [
    { ...sound, atLeast: 0 },
    'The playbook leaves its owner at least 0 working hours: say more than 0, up to 40, as nobody is overdue when they are asked.',
  ],
  'a step without time to answer': [
    withSteps({ 'confirm-handoff': { atLeast: 0 } }),
    '"confirm-handoff" leaves its owner at least 0 working hours: say more than 0, up to 40, as nobody is overdue when they are asked.',
  ],
  'a negative duration': [
    withSteps({ 'confirm-handoff': { due: { after: 'closedWon', within: '-2 days' } } }),
    '"confirm-handoff" comes "-2 days" after "closedWon": only the renewal date is known beforehand.',
  ],
  'a mail of the scheduler beside other steps': [
    small(
      { call, 'remind-of-renewal': ruleOf('remind-of-renewal') },
      { flow: [{ name: 'Call beside the reminder', beside: [['call'], ['remind-of-renewal']] }] },
    ),
    '"remind-of-renewal" is left to the scheduler, and yet stands beside other steps.',
  ],
  'links that work too long': [{ ...sound, linkDays: 31 }, 'Links work for 31 days: say 1 to 30.'],
  'links that never work': [{ ...sound, linkDays: 0 }, 'Links work for 0 days: say 1 to 30.'],
  'abandoning after Step Functions has given up': [
    { ...sound, abandonAfter: '366 days' },
    'Handoffs are abandoned after "366 days": at most a year, because Step Functions ends them then.',
  ],
  'abandoning at once': [
    { ...sound, abandonAfter: '0 days' },
    'Handoffs are abandoned after "0 days": at most a year, because Step Functions ends them then.',
  ],
  'segments that a deal cannot tell apart': [
    { ...sound, segments: { ...sound.segments, selfserve: {} } },
    'The segment "selfserve" is read as "self-serve": case, spaces, and hyphens do not count.',
  ],
  'industries that a deal cannot tell apart': [
    { ...sound, industries: { ...sound.industries, 'Health Care': {} } },
    'The industry "Health Care" is read as "healthcare": case, spaces, and hyphens do not count.',
  ],
  'falling back to a segment that there is not': [
    { ...sound, fallbackSegment: 'platinum' },
    'A deal of an unknown segment falls back to "platinum", which is no segment of this playbook.',
  ],
};

describe('the laws of a playbook', () => {
  it('find nothing wrong with a sound playbook', () => {
    expect(playbookProblems(sound)).toEqual([]);
  });

  it('tell an industry from a segment of the same name', () => {
    expect(playbookProblems({ ...sound, industries: { ...sound.industries, enterprise: {} } })).toEqual([]);
  });

  it('list every problem together', () => {
    const changed = withSteps({ 'hold-kickoff': { ladder: 'rope' } }, { ...sound, linkDays: 99 });
    expect(playbookProblems(changed)).toHaveLength(2);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
