import { describe, expect, it } from 'vitest';
import { announcements } from '../../../functions/domain/playbook/announcements.ts';
import { roleIds } from '../../../functions/domain/playbook/roles.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, call, ruleOf, saying, small, sound, unchecked, withSegment } from './changed-playbook.ts';

/** The words as a sentence offers them. */
const offered = (words: readonly string[]): string => {
  const quoted = words.map((word) => `"${word}"`);
  return `${quoted.slice(0, -1).join(', ')}, or ${quoted.at(-1)}`;
};
const noRole = `is no role; say ${offered(roleIds)}.`;
const noMail = `is no kind of mail; say ${offered(Object.keys(announcements))}.`;
const noAnchor =
  'is no moment of a handoff; say "closedWon", "packageReady", "internalMeetingHeld", "introductionSent", "kickoffHeld", "handoffConfirmed", "firstValueReached", "renewalDate", or "opened".';
const noFact =
  'is no fact that a handoff is measured by; say "acknowledged", "meetingRecorded", "positiveReply", "allKeyContacts", "clientAgreed", or "onboardingComplete".';
const nobody = 'which nothing in the code understands.';

// Rules as somebody writes them whom no compiler stops.
const choosing = (change: object) => saying({ choices: [{ id: 'called', label: 'Called', evidence: [], ...change }] });
const asking = (change: object) =>
  choosing({ evidence: [{ name: 'notes', label: 'Notes', kind: 'text', required: true, ...change }] });
const meeting = (change: object) =>
  small(
    { call },
    {
      meetings: {
        review: {
          title: 'Review',
          minutes: { usual: 30, least: 15, most: 60 },
          who: ['accountExecutive'],
          agenda: [{ title: 'All', minutes: 30 }],
          ...change,
        },
      },
    },
  );
const rung = (change: object) =>
  small(
    { call },
    {
      ladders: {
        plain: {
          rungs: [{ kind: 'breach', when: { afterDue: '0 hours' }, tell: ['owner'], ...change }],
          afterwards: { nagEvery: '7 days' },
        },
      },
    },
  );
const afterwards = (said: object) =>
  small({ call }, { ladders: { plain: { rungs: [], afterwards: unchecked(said) } } });
const roles = (change: object) => small({ call }, { roles: { ...sound.roles, ...change } });
const telling = (change: object) => ({
  ...sound,
  steps: { ...sound.steps, 'remind-of-renewal': { ...ruleOf('remind-of-renewal'), ...unchecked<object>(change) } },
});

const values: Broken = {
  'an owner': [saying({ owner: 'board' }), `"call", "owner": "board" ${noRole}`],
  'who answers for the handoff': [
    small({ call }, { accountable: unchecked('board') }),
    `"accountable": "board" ${noRole}`,
  ],
  'a reviewer': [saying({ reviewedBy: ['board'] }), `"call", "reviewedBy": "board" ${noRole}`],
  'a role that a step names': [saying({ names: 'board' }), `"call", "names": "board" ${noRole}`],
  'a role that a person is chosen from': [
    asking({ kind: 'person', from: { role: 'board' } }),
    `"call", choice "called", field "notes", "from", "role": "board" ${noRole}`,
  ],
  'where a person is chosen from': [
    asking({ kind: 'person', from: 'everybody' }),
    '"call", choice "called", field "notes", "from": "everybody" is not "colleagues".',
  ],
  'the owner in a segment': [
    withSegment({ steps: { 'hold-kickoff': { owner: unchecked('board') } } }),
    `In the segment "enterprise": "hold-kickoff", "owner": "board" ${noRole}`,
  ],
  'who takes part in a meeting': [meeting({ who: ['board'] }), `The meeting "review", "who": "board" ${noRole}`],
  'who takes part in a meeting of a segment': [
    withSegment({ meetings: { kickoff: { who: [unchecked('board')] } } }),
    `In the segment "enterprise": The meeting "kickoff", "who": "board" ${noRole}`,
  ],
  'a pillar of an agenda': [
    meeting({ agenda: [{ title: 'All', minutes: 30, pillar: 'budget' }] }),
    'The agenda of "review", "pillar": "budget" is no pillar of the brief; say "context", "relationships", "goals", or "risks".',
  ],
  'who may choose': [
    choosing({ by: ['owner', 'customer'] }),
    '"call", choice "called", "by": "customer" is no capacity to choose in; say "owner", "reviewer", "manager", or "revenueOperations".',
  ],
  'what a choice does': [
    choosing({ does: 'celebrate' }),
    '"call", choice "called", "does": "celebrate" is no thing that a choice can do; say "complete-package", "grant-exception", "supply-answers", or "give-up".',
  ],
  'what a choice proves': [
    choosing({ proves: 'happiness' }),
    `"call", choice "called", "proves": "happiness" ${noFact}`,
  ],
  'what a field proves': [
    asking({ kind: 'yesNo', proves: 'happiness' }),
    `"call", choice "called", field "notes", "proves": "happiness" ${noFact}`,
  ],
  'what a field suggests': [
    asking({ suggest: 'weather' }),
    '"call", choice "called", field "notes", "suggest": "weather" is no suggestion; say "meetingSlot", "scheduledMeeting", "introductionText", "customerContacts", "stakeholderMap", or "successPlan".',
  ],
  'what a choice of a field offers': [
    asking({ kind: 'choice', options: 'industries' }),
    '"call", choice "called", field "notes", "options": "industries" is not "segments".',
  ],
  'what a request shows': [
    saying({ shows: 'photo' }),
    '"call", "shows": "photo" is no thing that a request can show; say "brief" or "plan".',
  ],
  'what a step fills': [saying({ fills: 'cup' }), '"call", "fills": "cup" is no form; say "package".'],
  'what a step marks': [saying({ marks: 'partyHeld' }), `"call", "marks": "partyHeld" ${noAnchor}`],
  'what a promise counts from': [
    saying({ due: { after: 'partyHeld', within: '1 day' } }),
    `"call", "due", "after": "partyHeld" ${noAnchor}`,
  ],
  'what an opening counts from': [
    saying({ opens: { after: 'partyHeld', within: '1 day' } }),
    `"call", "opens", "after": "partyHeld" ${noAnchor}`,
  ],
  'what a rung counts from': [
    rung({ when: { after: 'partyHeld', within: '1 day' } }),
    `A rung of the ladder "plain", "when", "after": "partyHeld" ${noAnchor}`,
  ],
  'a kind of rung': [
    rung({ kind: 'shout' }),
    'A rung of the ladder "plain", "kind": "shout" is no kind of rung; say "warn", "remind", "breach", "escalate", or "stall".',
  ],
  'a mail that a step announces': [
    saying({ announce: { say: 'greeting', state: 'Greet' } }),
    `"call", "announce", "say": "greeting" ${noMail}`,
  ],
  'a mail that a step tells': [
    telling({ tells: [{ say: 'greeting', state: 'Greet', opens: { after: 'renewalDate', within: '-9 days' } }] }),
    `What "remind-of-renewal" tells, "say": "greeting" ${noMail}`,
  ],
  'who sends a mail': [telling({ by: 'pigeon' }), '"remind-of-renewal", "by": "pigeon" is no sender; say "scheduler".'],
  'what a segment tells': [
    withSegment({ steps: { 'close-availability': { tells: { 'availability-ended': unchecked('quiet') } } } }),
    'In the segment "enterprise": What it tells as "availability-ended": "quiet" is not "silent".',
  ],
  'a kind of step': [saying({ kind: 'wait' }), '"call", "kind": "wait" is no kind of step; say "ask" or "tell".'],
  'the side of a role': [
    roles({ salesManager: { name: 'sales manager', side: 'north' } }),
    '"roles", "salesManager", "side": "north" is no side; say "sales", "success", or "operations".',
  ],
};

const members: Broken = {
  'what is announced': [
    saying({ announce: { say: 'feedback', state: 'Tell it', offer: 'write' } }),
    `"call", "announce", says "offer", ${nobody}`,
  ],
  'a return': [
    saying({ returns: { choice: 'called', to: 'call', within: '1 day', times: 2 } }),
    `"call", "returns", says "times", ${nobody}`,
  ],
  'a repeat': [
    saying({ repeat: { choice: 'called', every: '1 day', times: 2, until: 'Friday' } }),
    `"call", "repeat", says "until", ${nobody}`,
  ],
  'a score': [
    saying({ scores: { field: 'score', atLeast: 8, say: 'low-score', state: 'Alert', atMost: 9 } }),
    `"call", "scores", says "atMost", ${nobody}`,
  ],
  'a promise': [
    saying({ due: { after: 'closedWon', within: '1 day', zone: 'UTC' } }),
    `"call", "due", says "zone", ${nobody}`,
  ],
  'when a rung is reached': [
    rung({ when: { afterDue: '0 hours', beforeDue: '4 hours' } }),
    `A rung of the ladder "plain", "when", says "afterDue", ${nobody}`,
  ],
  'the end of a ladder': [
    afterwards({ nagEvery: '7 days', times: 3 }),
    `The ladder "plain", "afterwards", says "times", ${nobody}`,
  ],
  'the minutes of a meeting': [
    meeting({ minutes: { usual: 30, least: 15, most: 60, best: 20 } }),
    `The meeting "review", "minutes", says "best", ${nobody}`,
  ],
  roles: [roles({ board: { name: 'board', side: 'sales' } }), `"roles" says "board", ${nobody}`],
  'a role': [
    roles({ salesManager: { name: 'sales manager', side: 'sales', floor: 3 } }),
    `"roles", "salesManager", says "floor", ${nobody}`,
  ],
  'a row of the flow': [
    small({ call }, { flow: [unchecked({ name: 'Both', beside: [['call']], inTurn: true })] }),
    `"flow" says "inTurn", ${nobody}`,
  ],
};

describe('the laws of values', () => {
  it.each(Object.entries(values))('refuse %s that nobody knows', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });

  it.each(Object.entries(members))('refuse a member of %s that nobody understands', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
