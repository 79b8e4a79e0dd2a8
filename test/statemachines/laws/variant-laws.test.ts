import { describe, expect, it } from 'vitest';
import type { LadderRule, Overlay } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, sound, unchecked, withSegment } from './changed-playbook.ts';

const withIndustry = (rules: Overlay) => ({ ...sound, industries: { ...sound.industries, toys: rules } });

/** A ladder that no overlay of the sound playbook changes. */
const withLadder = (change: unknown) =>
  withSegment({
    ladders: { patient: { ...(sound.ladders['patient'] as LadderRule), ...unchecked<Partial<LadderRule>>(change) } },
  });

const field = { name: 'notes', label: 'Notes', kind: 'text', required: true } as const;

const broken: Broken = {
  'a segment that offers no choice': [
    withSegment({ steps: { 'introduce-by-phone': { choices: [] } } }),
    'In the segment "enterprise": "introduce-by-phone" offers its owner no choice.',
  ],
  'an industry that offers no choice': [
    withIndustry({ steps: { 'introduce-by-phone': { choices: [] } } }),
    'In the industry "toys" of the segment "enterprise": "introduce-by-phone" offers its owner no choice.',
  ],
  'a segment that renames the choice that goes back': [
    withSegment({
      steps: {
        'review-brief': {
          choices: [
            { id: 'accept', label: 'Accept', evidence: [] },
            { id: 'send-back', label: 'Send back', evidence: [{ ...field, name: 'gaps', kind: 'gaps' }] },
          ],
        },
      },
    }),
    'In the segment "enterprise": "review-brief" goes back after "return", which is none of its choices.',
  ],
  'a segment that renames the choice that is asked again': [
    withSegment({
      steps: {
        'record-first-value': {
          choices: [
            { id: 'reached', label: 'Reached', evidence: [] },
            { id: 'later', label: 'Later', evidence: [] },
          ],
        },
      },
    }),
    'In the segment "enterprise": "record-first-value" repeats after "not-yet", which is none of its choices.',
  ],
  'a segment that scores without a score': [
    withSegment({ steps: { 'rate-handoff': { choices: [{ id: 'rated', label: 'Rate', evidence: [field] }] } } }),
    'In the segment "enterprise": "rate-handoff" scores by "score", which is no score it asks for.',
  ],
  'a segment whose ladder tells nobody': [
    withLadder({
      rungs: [{ kind: 'breach', when: { afterDue: '0 hours' }, tell: [] }],
      afterwards: { nagEvery: '7 days' },
    }),
    'In the segment "enterprise": The ladder "patient", rung 1 (breach) tells nobody.',
  ],
  'a segment whose ladder nags as it likes': [
    withLadder({ afterwards: { nagEvery: 'often' } }),
    `In the segment "enterprise": The ladder "patient", "afterwards", "nagEvery": "often" is not a due rule: '24 hours', '24 elapsed hours', '3 business days', '14 days', '-90 days', '3 months' or 'same day'.`,
  ],
  'a segment whose ladder tells whom nobody knows': [
    withLadder({ rungs: [{ kind: 'breach', when: { afterDue: '0 hours' }, tell: ['board'] }] }),
    'In the segment "enterprise": A rung of the ladder "patient", "tell": "board" is no reader of a ladder; say "owner", "manager", "accountExecutive", "customerSuccessManager", "salesManager", "successManager", or "revenueOperations".',
  ],
  'a segment whose links work too long': [
    withSegment({ linkDays: 400 }),
    'In the segment "enterprise": Links work for 400 days: say 1 to 30.',
  ],
  'a segment whose meeting has impossible minutes': [
    withSegment({ meetings: { kickoff: { minutes: { usual: 60, least: 90, most: 15 } } } }),
    'In the segment "enterprise": The meeting "kickoff" takes 60 minutes, 90 to 15.',
  ],
  'a segment whose agenda does not add up': [
    withSegment({ meetings: { kickoff: { agenda: [{ title: 'All', minutes: 45 }] } } }),
    'In the segment "enterprise": The agenda of "kickoff" takes 45 minutes, the meeting 60.',
  ],
  'an industry whose meeting is longer than its agenda': [
    withIndustry({ meetings: { kickoff: { minutes: { usual: 90, least: 15, most: 180 } } } }),
    'In the industry "toys": The agenda of "kickoff" takes 60 minutes, the meeting 90.',
  ],
  'a segment whose meeting nobody attends': [
    withSegment({ meetings: { kickoff: { who: [] } } }),
    'In the segment "enterprise": Nobody takes part in the meeting "kickoff".',
  ],
  'a change of a meeting with a member that nobody understands': [
    withSegment({ meetings: { kickoff: unchecked({ color: 'blue' }) } }),
    'In the segment "enterprise": The meeting "kickoff" says "color", which nothing in the code understands.',
  ],
  'a change of a package field with a member that nobody understands': [
    withSegment({ fields: { 'contract.startDate': unchecked({ needed: true }) } }),
    'In the segment "enterprise": The field "contract.startDate" says "needed", which nothing in the code understands.',
  ],
  'a segment that asks with a field that nobody understands': [
    withSegment({
      steps: {
        'introduce-by-phone': {
          choices: [{ id: 'called', label: 'Called', evidence: [unchecked({ ...field, color: 'blue' })] }],
        },
      },
    }),
    'In the segment "enterprise": "introduce-by-phone", choice "called", field "notes", says "color", which nothing in the code understands.',
  ],
  'a promise in an overlay that no one can parse': [
    withSegment({ steps: { 'hold-kickoff': { due: { after: 'closedWon', within: unchecked('1.5 days') } } } }),
    'In the segment "enterprise": "hold-kickoff", "due", "within": "1.5 days" is not a due rule: whole days.',
  ],
  'a segment that leaves out what a mail offers': [
    withSegment({ without: ['share-remarks'] }),
    'In the segment "enterprise": "confirm-handoff" offers "share-remarks", which is left out.',
  ],
  'a step that every segment leaves out': [
    {
      ...sound,
      segments: Object.fromEntries(
        Object.entries(sound.segments).map(([name, { without = [], ...rules }]) => [
          name,
          { ...rules, without: [...without, 'map-stakeholders'] },
        ]),
      ),
    },
    '"map-stakeholders" is left out of every variant: no handoff has it.',
  ],
};

describe('the laws of a playbook with its overlays', () => {
  it('find nothing wrong with a step that only an industry has', () => {
    const { with: _, ...rules } = sound.segments['enterprise'] ?? {};
    const moved = {
      ...sound,
      segments: { ...sound.segments, enterprise: rules },
      industries: { ...sound.industries, toys: { with: ['introduce-by-phone'] } },
    };
    expect(playbookProblems(moved)).toEqual([]);
  });

  it('say what is wrong without any overlay once', () => {
    expect(playbookProblems({ ...sound, linkDays: 31, industries: { toys: {}, games: { linkDays: 20 } } })).toEqual([
      'Links work for 31 days: say 1 to 30.',
    ]);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
