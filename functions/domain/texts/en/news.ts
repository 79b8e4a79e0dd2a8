import { capital, count, does, list } from './grammar.ts';

const theAnswers = (n: number): string => (n === 1 ? 'it' : 'them');

const until = (n: number, still: boolean): string =>
  still ? `as long as ${n === 1 ? 'it is' : 'they are'} missing` : 'until then';

export const news = {
  owed: {
    subject: ({
      customer,
      answers,
      date,
      still,
    }: Record<'customer' | 'answers' | 'date', string> & { still: boolean }): string =>
      `${customer}: ${answers} ${still ? 'still to come' : 'from you'} by ${date}`,
    still: (customer: string, answers: string, date: string): string =>
      `${customer} still needs ${answers} from you by ${date}.`,
    named: (who: string | undefined, answers: string, date: string): string =>
      `${who ?? 'You'} let the handoff go ahead and named you for ${answers}, by ${date}.`,
    works: (role: string, n: number, still: boolean): string =>
      `The ${role} works without ${theAnswers(n)} ${until(n, still)}.`,
    giveTo: (who: string, n: number, still: boolean): string =>
      `Give ${theAnswers(n)} to ${who}, who works without ${theAnswers(n)} ${until(n, still)}.`,
    toCome: 'Still to come',
    whyWait: 'Why it could wait',
    open: 'Open the package',
    by: (name: string, until: string): string => `Owed by ${name} until ${until}`,
  },

  items: {
    answered: (who: string | undefined, title: string, said: string): string =>
      `${who ?? 'You'} answered "${title}": ${said}.`,
    said: 'What was said about it',
    goneAhead: (who: string | undefined, forOwner: boolean): string =>
      `${who ?? 'You'} let the handoff go ahead${forOwner ? ' and named you for this' : ''}.`,
    worksWithout: (who: string, n: number): string => `${who} works without ${theAnswers(n)} until then.`,
    skipped: (who: string): string => `${who} decided to do without it.`,
    unanswered: 'Nobody brought it, and it is not asked for any more.',
    notPossible: (who: string): string => `${who} found that it is not possible.`,
    answersIn: 'The answers are in.',
    settledBy: (who: string): string => `${who} settled it.`,
    subject: (customer: string, what: string, settled: boolean): string =>
      `${customer}: ${settled ? 'settled' : 'closed'}: ${what}`,
    over: ({
      title,
      customer,
      how,
      inBrief,
    }: Record<'title' | 'customer' | 'how', string> & { inBrief: boolean }): string =>
      `"${title}" of ${customer} is no longer open. ${how}${inBrief ? ' The brief has it.' : ''}`,
    ended: (customer: string): string => `${customer}: open items closed`,
    dealOver: (customer: string, who: string): string => `The deal with ${customer} is over, says ${who}.`,
    notAsked: 'Not asked for any more',
    nothingMore: 'Nothing more is asked of you here.',
    field: (section: string, label: string): string => `${section}: ${label}`,
    more: (first: string, n: number): string =>
      list.format([first, count(n, { one: 'more answer', other: 'more answers' })]),
    handIn: (names: readonly string[]): string => `Hand in what is still missing: ${names.join('; ')}.`,
  },

  /** What is still open at the sign-off. */
  open: {
    by: (who: string, when: string): string => `${who}${when === '' ? '' : `, by ${when}`}.`,
    givenUp: (who: string, reason: string): string => `Given up by ${who}${reason === '' ? '.' : `: ${reason}`}`,
    answered: (title: string, said: string): string => `"${title}": ${said}.`,
    leftOpen: (title: string): string => `Left open in "${title}".`,
    said: (label: string, no: boolean): string => (no ? `${label} No` : label),
  },

  /** Somebody else has a step now. */
  handing: {
    /** When whoever is away works again: in a subject the day, in a text the moment. */
    back: (time: string): string => ` until ${time}`,
    standsIn: ({
      customer,
      owner,
      name,
      back,
    }: Record<'customer' | 'owner' | 'back', string> & { name: string | undefined }): string =>
      `${customer}: ${owner} stands in for ${name ?? 'you'}${back}`,
    bothAway: (name: string, owner: string): string =>
      `You stood in for ${name}, and are away too. ${owner} is asked now:`,
    goesBack: (name: string): string => `What is still open when ${name} is back goes back to ${name}.`,
    inYourPlace: (owner: string): string => `While you are away, ${owner} is asked in your place:`,
    backToYou: 'What is still open when you are back comes back to you.',
    isBack: (customer: string, owner: string): string => `${customer}: ${owner} is back, and takes over from you`,
    thanks: 'Thank you for standing in. This is off your list:',
    oldLink: 'Your old link only shows progress.',
    fromYou: (customer: string, owner: string): string => `${customer}: ${owner} takes over from you`,
    offYourList: (by: string, owner: string): string => `${by} asked ${owner} to take over. This is off your list:`,
    answers: (owner: string): string => `${owner} answers for it from now on.`,
    away: (name: string, back: string): string => `${name} is away${back}.`,
    stoodIn: (from: string, isTheirs: boolean): string =>
      `${from}, who stood in for ${isTheirs ? 'you' : 'them'}, is away too.`,
    asked: (owner: string, isTheirs: boolean): string => `${owner} is asked in ${isTheirs ? 'your' : 'their'} place:`,
    thenBack: (name: string): string => `What is still open then goes back to ${name}.`,
    from: (customer: string, owner: string, from: string): string => `${customer}: ${owner} takes over from ${from}`,
    left: (from: string, owner: string): string => `${from} has left. ${owner} is asked in their place:`,
    forGood: (owner: string, from: string): string =>
      `${owner} can hand everything of ${from} in this handoff to a colleague for good.`,
    again: (customer: string, owner: string, from: string): string =>
      `${customer}: ${owner} takes over again from ${from}`,
    backAgain: (from: string, owner: string): string =>
      `${from} stood in for ${owner}, who is back and has this again:`,
    took: ({ by, owner, from, all }: { by: string; owner: string; from: string | undefined; all: boolean }): string =>
      `${by} asked ${owner} to take over${from === undefined ? '' : ` from ${from}`}${all ? ', in all of this handoff' : ''}:`,
    /** To whoever took it over and is asked for nothing yet. */
    toYou: (customer: string, from: string): string => `${customer}: you take over from ${from}`,
    tookYou: ({ by, from, all }: { by: string; from: string | undefined; all: boolean }): string =>
      `${by} asked you to take over${from === undefined ? '' : ` from ${from}`}${all ? ', in all of this handoff' : ''}:`,
    later: 'Nothing is due now. You get a request when the time comes.',
    subjectFrom: ({ customer, verb, due, from }: Record<'customer' | 'verb' | 'due' | 'from', string>): string =>
      `${customer}: ${verb} by ${due}${from === '' ? '' : `, from ${from}`}`,
    subjectFor: ({ customer, verb, due, holder }: Record<'customer' | 'verb' | 'due' | 'holder', string>): string =>
      `${customer}: ${verb} for ${holder} by ${due}`,
    leadAway: (holder: string, back: string, named: boolean): string =>
      `${holder} is away${back}${named ? ' and named you' : ''}, so you are asked in their place. It returns to ${holder} then, if it is still open.`,
    leadLeft: (holder: string, customer: string): string =>
      `${holder} has left, so you are asked in their place. On the page you can hand it to a colleague, with everything else of theirs for ${customer}.`,
    leadBack: (from: string): string => `${from} stood in for you. It is still open, and yours again.`,
    crmOffYourList: (owner: string): string =>
      `Your CRM names ${owner} in your place now. What was yours here is off your list.`,
    crmTook: (owner: string, from: string): string =>
      `Your CRM names ${owner} in place of ${from} now, in all of this handoff.`,
    crmYours: (from: string): string =>
      `Your CRM names you in place of ${from} now. Nothing of theirs is open; what comes next in this handoff is yours.`,
    crmAsked: (from: string): string => `Your CRM names you in place of ${from} now.`,
    yours: (customer: string, from: string): string => `${customer} is yours now, from ${from}`,
    leadAsked: (by: string, from: string | undefined): string =>
      `${by} asked you to take over${from === undefined ? '' : ` from ${from}`}.`,
  },

  news: {
    waiting: (customer: string, until: string): string => `${customer}: waiting on them until ${until}`,
    paused: (who: string, title: string): string => `${who} paused "${title}":`,
    noReminders: 'No reminders until then.',
    nothingLeft: 'There is nothing left for you to do.',
    skippedSubject: (customer: string, title: string): string => `${customer}: "${title}" is skipped`,
    noHelp: (customer: string, verb: string): string => `${customer}: no more help needed to ${verb}`,
    decideException: 'decide on the exception',
    declined: (who: string, title: string, when: string): string =>
      `${who} declined the exception for "${title}" ${when}.`,
    skipped: (who: string, title: string, when: string): string => `${who} skipped "${title}" ${when}.`,
    answered: ({ who, title, when, label }: Record<'who' | 'title' | 'when' | 'label', string>): string =>
      `${who} answered "${title}" ${when}${label === '' ? '.' : `: ${label}.`}`,
    nobody: (customer: string, verb: string): string => `${customer}: nobody is there to ${verb}`,
    nobodyThere: (name: string, back: string): string =>
      `We asked ${name}, who is away, as is everybody who could stand in.${back === '' ? '' : ` The first of them is back ${back}.`} Agree on who acts, and reassign the step.`,
    stranger: (customer: string, email: string): string => `${customer}: ${email} isn't on the roster`,
    strangerText: (email: string, verb: string): string =>
      `The CRM says ${email} sold this deal, so we asked them to ${verb}. We know neither their hours nor their manager. Import them, or reassign the step.`,
    newLink: (customer: string, title: string): string => `Your new link: ${customer}, ${title}`,
    opens: (title: string): string => `This opens "${title}". The old link no longer works.`,
    ignore: "Didn't ask? Ignore this; nothing changed.",
    canceled: (customer: string): string => `${customer}: handoff canceled`,
    ended: (who: string, customer: string): string => `${who} ended the handoff of ${customer}.`,
    nothingMore: 'Nothing more to do.',
    customerUnaware: "The customer wasn't told; decide who does.",
    knowOff: (names: readonly string[], when: string): string =>
      `${does(names, 'was told', 'were told')} that the meeting on ${when} is off.`,
    knowNotWhy: "They weren't told why; decide who does.",
    /** What the records say of it, in American English. */
    abandonedWhy: (reason: string): string => reason,
    abandoned: (customer: string): string => `${customer}: handoff closed without an owner`,
    tooLong: (title: string, customer: string): string =>
      `"${title}" stayed open too long. Name someone for ${customer}, or win the deal again in the CRM to restart.`,
    held: (customer: string): string => `${customer}: check whether our email arrived`,
    heldText: (called: string): string =>
      `${capital(called)} may not have gone out. Ask someone in copy before sending it yourself. We won't send it twice.`,
  },

  /** A deal that is not signed yet. */
  drafts: {
    may: (customer: string): string => `${customer} may be yours: see the draft`,
    expects: (who: string, customer: string, date: string): string => `${who} expects ${customer} to sign on ${date}.`,
    because: (reason: string): string => `Why you: ${reason}`,
    complete: (percent: string, who: string): string =>
      `The draft is ${percent} complete; ask ${who} now for what you'd miss. Nothing is due.`,
    read: 'Read the draft',
    start: (customer: string): string => `${customer}: start the package while it's fresh`,
    came: (k: number, total: number): string => `${k} of ${total} answers came from your CRM.`,
    later: (percent: string): string =>
      `What you add now won't be asked later. Target by signing: ${percent}. Nothing is due.`,
    takes: (who: string): string => `${who} takes over if it's signed, and reads the draft.`,
    /** The seller sets the time. `time`: in the working hours of both; '' where there is none. */
    meet: (minutes: string, who: string, time: string): string =>
      `Meet ${who} for ${minutes} before it's signed. ${time === '' ? `Ask ${who} for a time.` : `${time} could suit you both.`}`,
    meets: (minutes: string, who: string, time: string): string =>
      `${who} will ask you for ${minutes} before it's signed.${time === '' ? '' : ` ${time} could suit you both.`}`,
    open: 'Start the draft',
    whole: (customer: string): string => `${customer}: the package is complete already`,
    all: (answers: string): string => `All ${answers} came from your CRM. There's nothing to add.`,
    ready: "Look through it if you like; nothing is due. If it's won like this, you won't be asked for the package.",
  },

  /** The CRM changed a deal that is won. */
  changed: {
    one: (customer: string, label: string): string => `${customer}: changed in your CRM: ${label}`,
    more: (customer: string, answers: string): string => `${customer}: ${answers} changed in your CRM`,
    lead: (customer: string): string => `The deal with ${customer} changed in your CRM:`,
    was: (now: string, was: string): string => (was === '' ? now : `${now}, before: ${was}`),
    kept: ({ now, was, who }: Record<'now' | 'was' | 'who', string>): string =>
      `${was} stays, because ${who} wrote it later. The CRM says ${now}`,
    contacts: (sort: 'added' | 'gone' | 'changed', names: string): string =>
      `${{ added: 'New', gone: 'Gone', changed: 'Changed' }[sort]}: ${names}.`,
    sells: (owner: string): string => `${owner} answers for sales now.`,
    checkPlans: 'Check that what you planned for them still fits.',
    explain: (who: string): string => `Tell ${who} what is behind it.`,
    next: 'Nothing else is asked of you.',
    read: 'Read the brief',
  },

  /** Email that did not arrive. */
  bounced: {
    unsent: (called: string): string => `${capital(called)} wasn't sent there.`,
    again: "We don't write there again, unless someone enters the address in a later step.",
    back: (customer: string, contacts: string): string => `${customer}: email to ${contacts} came back`,
    backText: "It didn't arrive.",
    backHint: 'Ask for the right address and write yourself.',
    spam: (customer: string): string => `${customer}: email reported as spam`,
    spamHint: 'Call before writing again.',
    refused: (customer: string, contacts: string): string => `${customer}: email to ${contacts} was refused`,
    refusedText: 'The email service refused it because of its content.',
    refusedHint: 'Check what it says and links to, and write yourself.',
    colleague: (customer: string, address: string): string => `Email isn't reaching ${address}: ${customer}`,
    colleagueText: (customer: string, address: string, operations: string): string =>
      `An email about ${customer} came back. Tell ${address} what's waiting. They aren't on the roster: ask ${operations} to add them.`,
  },

  /** How colleagues call the emails that tell. */
  called: {
    'handoff-begins': 'the note on who takes over',
    'internal-meeting-invitation': 'the invitation to the internal meeting',
    'internal-meeting-notes': 'the notes from the internal meeting',
    'customer-introduction': 'the introduction',
    'kickoff-invitation': 'the kickoff invitation',
    'handoff-confirmation': 'the confirmation',
    'availability-closes': 'the note that availability closes',
    'availability-ended': 'the note that availability has ended',
    feedback: 'the feedback',
    'first-value': 'the news of first value',
    'low-score': 'the alert about a low score',
    'onboarding-faq': 'the onboarding email on frequent questions',
    'onboarding-features': 'the onboarding email on key features',
    'onboarding-contacts': 'the onboarding email on contacts and resources',
    'renewal-reminder': 'the renewal reminder',
  },
};
