import { capital, count, does, ended, sentences } from './grammar.ts';

export const asks = {
  /** The request of a step, and what is said again while it is open. */
  ask: {
    settle: (title: string): string => `settle “${title}”`,
    bring: (answers: string): string => `bring ${answers}`,
    item: {
      subject: '{title}, by {dueSoon}',
      preheader: 'It stays yours until it is settled.',
      body: 'Settle this by {due}:\n{title}. {what}',
      button: 'Say what came of it',
    },
    exception: {
      subject: 'go ahead without {answers}?',
      preheader: 'Grant it with an owner and a date, or decline.',
      body: 'Grant what the handoff can go ahead without, with an owner and a date, or decline, by {due}.',
      button: 'Decide',
      waits: 'Until this is decided, no one knows whether to go ahead or to keep asking.',
    },
    made: { subject: '{verb} by {dueSoon}', body: '{task} by {due}.\n{what} {why}' },
    task: (verb: string, customer: string): string => taskFor(verb, customer),
    /** The owner of a step, within a sentence. */
    you: 'you',
    asks: (who: string): string => `${who} asks. `,
    decide: (customer: string): string => `${customer}: decide on an exception`,
    paused: (until: string, reason: string): string => `Paused until ${until}, waiting for the customer: ${reason}`,
    several: (customer: string, steps: string, due: string): string => `${customer}: ${steps} for you, first by ${due}`,
    severalLead: (customer: string, steps: string): string => `${customer} has ${steps} for you:`,
    severalOpen: (customer: string, steps: string): string => `${customer} has ${steps} open:`,
    also: (verbs: string): string => `Also: ${verbs}`,
    headed: (verb: string, due: string): string => `${capital(verb)}, ${due}`,
    due: (time: string, isLate: boolean): string => `${isLate ? 'was due' : 'due'} ${time}`,
    /** `back`: when they work again. */
    stoodInFor: (name: string, back: string): string =>
      `${name} is away${back === '' ? '' : ` until ${back}`}, so you're told instead.`,
    yours: (isDecision: boolean): string =>
      `${isDecision ? 'This decision is yours' : 'This step is yours'}; so is the link, so don't forward it.`,
    told: (why: string): string => `You get this because ${why}. The link is yours, so don't forward it.`,
    toldWhy: {
      owner: (title: string): string => `"${title}" is yours`,
      manager: (owner: string): string => `you can help when ${owner} doesn't answer`,
      reviewer: 'you review this handoff',
      revenueOperations: 'you look after the handoff process',
      reader: 'this step matters to your part in the handoff',
      participant: 'you take part in this handoff',
    },
    hearingNow: (owner: string): string => `You're hearing now because email to ${owner} bounces.`,
  },

  /** A handoff that runs behind its promise. */
  behind: {
    /** `isNoStep`: the cause is no earlier step. */
    lead: (cause: string | undefined, isNoStep: boolean): string => {
      if (cause === undefined) return 'Earlier steps ran long.';
      return isNoStep ? `${capital(cause)}.` : `Earlier steps ran long: ${cause}.`;
    },
    until: (due: string): string => `You have until ${due}.`,
    promised: (customer: string, time: string): string => `${customer} was promised ${time}.`,
    notYou: "That's not on you.",
    dueAlready: (time: string): string =>
      `It was due ${time}, before it reached you: earlier steps ran long. That's not on you.`,
    reachedLate: (owner: string): string => `It reached ${owner} only after it was due: earlier steps ran long.`,
    received: (time: string): string => `the deal was received ${time}`,
    waited: (title: string, until: string): string => `"${title}" waited for the customer until ${until}`,
    became: (title: string, choice: string, time: string): string => `"${title}" ${became(choice)} ${time}`,
    returned: ({ title, from, choice, time }: { title: string; from: string; choice: string; time: string }): string =>
      `"${title}" was returned ${from}, and ${became(choice)} ${time}`,
    reviewed: (title: string, from: string, until: string): string =>
      `the exception for "${title}" was asked for ${from} and decided ${until}`,
    // Without a name the owner is the reader.
    away: (away: string, owner: string | undefined, time: string): string =>
      `${away} was away, and ${owner === undefined ? 'you were' : `${owner} was`} asked ${time}`,
    left: (left: string, owner: string | undefined, time: string): string =>
      `${left} has left, and ${owner === undefined ? 'you were' : `${owner} was`} asked ${time}`,
    back: (owner: string | undefined, time: string): string =>
      `${owner === undefined ? 'you were' : `${owner} was`} away until ${time}`,
    tookOver: (owner: string | undefined, from: string, time: string): string =>
      `${owner ?? 'you'} took over from ${from} ${time}`,
    meeting: (time: string): string => `the meeting was set for ${time}`,
  },

  /** What happens otherwise, and the escalation. */
  late: {
    helpStall: (when: string): string => `Still open ${when}? It counts as stalled.`,
    help: (when: string, helpers: string): string => `Still open ${when}? We'll ask ${helpers} to help.`,
    helpInDigest: (when: string, helpers: string, morning: string): string =>
      `Still open ${when}? We'll ask ${helpers} to help, in the daily digest${when === morning ? '' : ` of ${morning}`}.`,
    willBeAsked: (customer: string, names: readonly string[], morning: string): string =>
      `${customer}: ${does(names, 'will be', 'will be')} asked ${morning}`,
    inDigest: (helpers: string, morning: string, first: boolean): string =>
      `We'll ask ${helpers} to help${first ? '' : ', too,'} in the daily digest of ${morning}. ${beforeThen(first)}`,
    inMorning: (helpers: string, morning: string, first: boolean): string =>
      `We'll ask ${helpers} to help${first ? '' : ', too,'} ${morning}. ${beforeThen(first)}`,
    knows: (names: readonly string[]): string => `${does(names, 'knows', 'know')}.`,
    package: (percent: string, next: string): string => `The package is ${percent} done. Next: ${ended(next)}`,
    wasDue: (time: string): string => `It was due ${time}.`,
    isDue: (time: string): string => `Due ${time}.`,
    pauseOver: (customer: string, verb: string, due: string): string => `${customer} pause over: ${verb} by ${due}`,
    pauseHint: 'Heard nothing? Pause again.',
    pauseLead: (left: string): string => `You have ${left} left, as before the pause.`,
    leftSubject: (customer: string, left: string, verb: string): string => `${customer}: ${left} left to ${verb}`,
    left: (left: string, due: string): string => `${capital(left)} until ${due}.`,
    overdue: (customer: string, verb: string): string => `Overdue: ${taskFor(verb, customer)}`,
    overdueLead: (due: string, waits: string, act: string, help: string): string =>
      sentences(`This was due ${due}.`, waits, act, help),
    /** What the owner's page offers. */
    actNow: {
      owner: 'Finish it now, or reassign or pause it on the same page.',
      ownerAlone: 'Finish it now, or pause it on the same page.',
      reviewer: 'Decide now: grant it, or decline.',
    },
    canHelp: (customer: string, helper: string, first: boolean): string =>
      `${helper} can help${first ? '' : ' too'}: ${customer}`,
    stands: (verb: string, due: string): string => `You were asked to ${verb}; it was due ${due}.`,
    toldThem: (names: string): string =>
      `We've told ${names}, as announced. Finish it now, or agree on who takes over.`,
    canReassign: (names: string): string =>
      `${names} can now reassign it or clear the way. Tell them what blocks you: just reply.`,
    stalled: (customer: string, verb: string): string => `Stalled: ${customer} needs you to ${verb}`,
    stalledItem: (due: string, customer: string): string => `This was due ${due}. ${customer} is still without it.`,
    stalledLast: (due: string): string => `This was due ${due}. The handoff stays open until it's done.`,
    stalledStep: 'Everything after this step is on hold. Finishing it restarts the rest.',
    reminder: (customer: string, percent: string, missing: number): string =>
      `${customer}: package ${percent} done, ${missing} to go`,
    quickest: (next: string): string => `Quickest next: ${next}.`,
    leftAlone: (left: string): string => `${capital(left)} left.`,
    askReviewer: (reviewer: string, due: string): string =>
      `Can't get one? Ask ${reviewer} for an exception now rather than at ${due}.`,
  },

  /** To whoever can help. */
  others: {
    stalled: (customer: string, title: string): string => `Stalled: ${customer} at ${title}`,
    allKnow: (names: string, n: number): string =>
      `${names} ${n === 1 ? 'knows' : 'know'} as well, and it's still open. Agree on who acts.`,
    wasAsked: (customer: string, owner: string, verb: string): string => `${customer}: ${owner} was asked to ${verb}`,
    asked: (owner: string, time: string, verb: string): string => `${owner} was asked ${time} to ${verb}.`,
    overdue: (customer: string, verb: string, late: string): string => `${customer}: ${verb}, ${late} overdue`,
    help: (customer: string, owner: string, verb: string): string => `${customer}: help ${owner} ${verb}`,
    reassign: 'Reassign or skip it.',
    talkTo: (owner: string): string => `Talk to ${owner}, or add a note for everyone on the page.`,
    talkFirst: (owner: string): string => `Talk to ${owner} first, then skip or cancel.`,
    stranger: (owner: string): string => `${owner} isn't on the roster, so we don't know their manager and ask you.`,
    talk: 'Talk first, then reassign, skip, or cancel.',
  },

  weekly: {
    item: (time: string, customer: string): string => `${time}: ${customer} needs an answer`,
    step: (time: string, customer: string, title: string): string => `${time}: ${customer} on hold at ${title}`,
    /** How long it has been stalled. */
    week: (number: number): string => `Week ${number}`,
    day: (number: number): string => `Day ${number}`,
    closes: (date: string): string => `Closes as abandoned on ${date}.`,
    asked: (owner: string | undefined, verb: string, due: string): string =>
      `We asked ${owner ?? 'you'} to ${verb}; it was due ${due}.`,
    since: (changes: string): string => `Since last week: ${changes}.`,
    sinceLast: (changes: string): string => `Since our last email: ${changes}.`,
    /** What each reader can do about it. */
    pick: {
      owner: 'Pick one: do it, pause it until a date, or reassign it.',
      ownerAlone: 'Pick one: do it, or pause it until a date.',
      reviewer: 'Pick one: grant it, or decline.',
      helper: 'Pick one: reassign, skip, or cancel.',
      helperAlone: 'Pick one: skip or cancel.',
    },
    done: (steps: string): string => `${steps} done`,
    noChanges: 'no changes',
    everyWeek: 'We write weekly until someone acts.',
    every: (span: string): string => `We write every ${span.replace(/^1 /, '')} until someone acts.`,
  },

  /** What a request says because of where its handoff stands. */
  details: {
    whyNobody: 'Why the rules found no one',
    whyNobodyText: (text: string): string => text,
    plan: 'The success plan',
    yourQuestions: 'Your questions',
    questionsOf: (name: string): string => `Questions of ${name}`,
    beforeContact: 'Before the first contact',
    plannedFor: 'Planned for',
    calledOff: (who: string | undefined, when: string): string =>
      `${who ?? 'You'} called off the meeting on ${when}. Choose a new time.`,
    nobodyAnswered: 'nobody answered',
    answerWas: (label: string): string => `the answer was "${label}"`,
    question: (n: number, of: number, { when, said }: { when: string; said: string }): string =>
      `This is question ${n} of ${of}. On ${when} ${said}.`,
    lastQuestion: "We won't ask again.",
    lastBeforeItem: (no: string, isTheirs: boolean): string =>
      `This is the last time we ask: "${no}" becomes an open item${isTheirs ? ' of yours' : ''}.`,
    missing: (n: number): string => `${count(n, { one: 'answer is', other: 'answers are' })} missing or wrong:`,
    gapMissing: (label: string, hint: string): string => `${label}: ${hint}`,
    gapWrong: (_label: string, _found: string, wrong: string): string => wrong,
    returnedSubject: ({ customer, by, answers, due }: Record<'customer' | 'by' | 'answers' | 'due', string>): string =>
      `${customer}: ${by} needs ${answers} by ${due}`,
    returned: (by: string, when: string): string => `${by} returned the package on ${when}. To go:`,
    returnedHint: "Answer each one on the page, or say why you can't.",
    backSince: 'It is back since.',
    handedOverAgain: (who: string): string => `${who} has handed it over again.`,
    returnedIt: (by: string | undefined, when: string, since: string): string =>
      `${by ?? 'You'} returned it on ${when}. ${since} ${by ?? 'You'} had asked for:`,
    answer: (text: string): string => `Answer: ${text}`,
    now: (text: string): string => `Now: ${text}`,
    before: (text: string): string => `Before: ${text === '' ? 'nothing' : text}`,
    notAnswered: (granted: boolean): string => (granted ? 'Not answered: an exception was granted.' : 'Not answered.'),
  },

  /** What must be so before the first contact. */
  floor: {
    packageComplete: 'Package complete',
    handoffReady: 'Handoff ready',
    recordingsAttached: 'Recordings attached',
    planReviewed: 'Success plan reviewed',
    followUpScheduled: 'Follow-up scheduled',
    mend: (text: string): string => text,
  },

  exceptions: {
    returnedAnswers: 'answers to what was returned',
    asked: (since: string, without: string): string => `Asked ${since}: to go ahead without ${without}.`,
    decided: (who: string): string => `${who} decided on the exception:`,
    declined: (who: string): string => `${who} declined the exception.`,
    saved: 'What you typed is saved.',
    subjectNeeded: (customer: string, answers: string, due: string): string =>
      `${customer}: ${answers} still needed by ${due}`,
    granted: 'Granted',
    stillNeeded: 'Still needed',
    brings: (field: string, who: string, until: string): string => `${field}: ${who} brings it by ${until}`,
    subjectGranted: (customer: string): string => `${customer}: exception granted`,
    subjectDeclined: (customer: string): string => `${customer}: exception declined`,
    subjectBoth: (customer: string, granted: string, declined: number): string =>
      `${customer}: exception granted for ${granted}, declined for ${declined}`,
    notNeeded: (customer: string): string => `${customer}: no exception needed`,
    closed: (who: string, title: string): string =>
      `${who} closed "${title}" in the meantime. There is nothing left for you to decide.`,
    /** To whoever the step came to before that was decided. */
    decidesFirst: (customer: string, reviewer: string): string =>
      `${customer}: yours now, and ${reviewer} decides first`,
    nothingDue: (reviewer: string): string => `Nothing is due from you until ${reviewer} has decided.`,
    onceDecided: (reviewer: string): string => `once ${reviewer} has decided`,
    rests: ({ asker, reviewer, until, isLate }: Record<'asker' | 'reviewer' | 'until', string> & { isLate: boolean }) =>
      sentences(
        `${asker} asked to go ahead without the missing answers.`,
        isLate ? `${reviewer} was to decide by ${until}; we keep asking.` : `${reviewer} decides by ${until}.`,
        'If an answer is still needed after that, you hear from us, with a due time.',
      ),
    restsMeanwhile: 'Know an answer already? Add it on the page: it’s saved, and may make the exception unnecessary.',
  },
};

/** What is to be done, with the customer's name: 'send the introduction to Nordwind', 'review the brief for Nordwind'. */
function taskFor(verb: string, customer: string): string {
  if (verb.endsWith(' the customer')) return verb.replace(/the customer$/, () => customer);
  return /^(introduce (yourself|.*\bmanager)|send the introduction)$/.test(verb)
    ? `${verb} to ${customer}`
    : `${verb} for ${customer}`;
}

function became(choice: string): string {
  if (choice === 'skipped') return 'was left out';
  return choice === 'unanswered' ? 'ended without an answer' : 'was done';
}

const beforeThen = (first: boolean): string =>
  first
    ? "Finish it before then, and we won't. Or agree on who takes over."
    : 'Finish it before then, or say what blocks you: just reply.';
