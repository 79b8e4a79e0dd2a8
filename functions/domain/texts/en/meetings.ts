import { capital, does, list } from './grammar.ts';

/** A meeting's name behind a colon: 'Handoff: Nordwind' is the 'Nordwind handoff'. */
const inSentence = (name: string): string =>
  name.replace(
    /^([^:]+): (.+)$/,
    (_, what: string, whose: string) =>
      `${whose} ${what.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())}`,
  );

export const meetings = {
  meeting: {
    when: 'When',
    length: 'Length',
    who: 'Who',
    agenda: 'Agenda',
    minutes: (title: string, minutes: number): string => `${title}, ${minutes} min`,
    nothingGiven: 'Nothing given yet: ask.',
    seeBrief: 'See the brief.',
    contact: (name: string, email: string): string => `Your contact: ${name}, ${email}`,
    handoffOf: (customer: string, from: string, to: string): string =>
      `Handoff of ${customer} from the ${from} to the ${to}.`,
    subject: (name: string, when: string): string => `${name}, ${when}`,
    updated: (name: string, when: string): string => `Updated: ${inSentence(name)}, ${when}`,
    moved: (name: string, when: string): string => `Moved: ${inSentence(name)}, now ${when}`,
    questions: (name: string, when: string): string => `Questions: ${inSentence(name)}, ${when}`,
    canceled: (name: string, when: string): string => `Canceled: ${inSentence(name)}, ${when}`,
    offYourList: (name: string, when: string): string => `Off your list: ${inSentence(name)}, ${when}`,
    before: 'Before',
    movedIt: (who: string): string => (who === '' ? 'This meeting has a new time.' : `${who} moved it.`),
    placeChanged: (who: string): string =>
      who === '' ? 'This meeting has another place. The time stays.' : `${who} changed the place. The time stays.`,
    lengthChanged: (who: string): string =>
      who === '' ? 'This meeting has another length.' : `${who} changed how long it takes.`,
    accept: 'Accept the update to refresh your calendar.',
    joined: (joined: readonly string[], left: string): string =>
      `${does(joined, 'takes part', 'take part')}${left === '' ? ', too' : ` in place of ${left}`}.`,
    left: (left: readonly string[]): string =>
      `${list.format(left)} no longer ${left.length > 1 ? 'take part' : 'takes part'}.`,
    addedQuestions: (who: string): string =>
      `${who} added questions to the agenda. Accept the update to see them in your calendar.`,
    isCanceled: 'This meeting is canceled.',
    willSuggest: (name: string): string => `${name} will suggest another time.`,
    takesOut: 'The update takes it out of your calendar.',
    reply: 'Questions? Just reply.',
    canceledIt: (who: string): string => `${who} canceled it.`,
    picksNew: (who: string, due: string): string => `Next: ${who} picks a new time by ${due}.`,
    withoutYou: 'This meeting takes place without you.',
    inYourPlace: (names: readonly string[]): string =>
      `${does(names, 'takes', 'take')} part in this meeting in your place.`,
    cameUp: 'Something came up? Move or cancel it on any page you have about this customer.',
    cameUpOwn: 'Something came up? Move or cancel it; everyone invited gets the update.',
    youMeet: (when: string): string => `You're meeting ${when}. The invitation is attached.`,
    youJoin: (names: string): string => `You join in place of ${names}.`,
    change: 'Change the meeting',
    shared: (who: string): string => `${who} shared the notes.`,
    held: 'Held',
    answerQuestions: (who: string): string => `${who}: answer the open questions. Just reply.`,
    notes: (customer: string): string => `${customer}: notes from the handoff meeting`,
  },

  begins: {
    /** The email's only reader, where somebody hands over to somebody. */
    you: 'you',
    /** Without a name it is the reader who takes over. */
    takesOver: (name: string | undefined, from: string): string =>
      `${name === undefined ? 'you take' : `${name} takes`} over${from === '' ? '' : ` from ${from}`}`,
    subject: (customer: string, takesOver: string): string => `${customer}: ${takesOver}`,
    lead: (customer: string, takesOver: string, isToOne: boolean): string =>
      `${customer} has signed. ${capital(takesOver)}. ${isToOne ? 'You get' : 'Each of you gets'} an email when a step is yours.`,
    ahead: 'The dates ahead',
    /** Of a deal that was received when some of them had passed. */
    received: (time: string): string =>
      `The deal reached us ${time}. What was due before that counts from then, at the earliest.`,
    relative: (when: string, title: string, who: string): string => `${when} "${title}", ${who}`,
    dated: (when: string, who: string): string => `${when}, ${who}`,
    standIn: (name: string, holder: string): string => `${name} for ${holder}`,
  },

  availability: {
    you: 'you',
    subject: (customer: string, successor: string): string => `${customer}: everyday questions now go to ${successor}`,
    /** To the seller alone. */
    untilYou: (date: string, successor: string): string =>
      `Until ${date}, ${successor} comes to you only with a disputed promise, a silent contact, or a contract risk.`,
    until: (date: string, seller: string): string =>
      `Until ${date}, escalate to ${seller} only a disputed promise, a silent contact, or a contract risk.`,
    fromNow: (successor: string): string => `From now on, every question about this customer goes to ${successor}.`,
    thanks: (seller: string): string => `Thank you, ${seller}.`,
    /** Without a name it is the reader. */
    ended: (customer: string, successor: string | undefined): string =>
      `${customer} is now fully with ${successor ?? 'you'}`,
    offCall: (day: number, seller: string, tell: string): string =>
      `Day ${day}: ${seller} is off call. If sales must know something, tell ${tell}.`,
    /** To the one who is off call, alone. */
    youAreOff: (day: number, successor: string): string =>
      `Day ${day}: you're off call. Every question about this customer goes to ${successor} now.`,
    theirManager: 'their manager',
  },

  followUp: {
    onTheDay: 'on the day of signing',
    after: (days: string): string => `${days} after signing`,
    skipped: (who: string, took: string): string => `${who} skipped the sign-off, ${took}; the handoff is complete.`,
    signedOff: (who: string, took: string, customer: string): string =>
      `${who} signed off, ${took}. ${customer} is theirs now.`,
    stay: (date: string): string => `Stay available for questions until ${date}. We tell you when that ends.`,
    stillOpen: 'Still open',
    whyLate: (title: string): string => `Why "${title}" was late`,
    subject: (customer: string, seller: string): string =>
      `${customer} is handed off${seller === '' ? '' : `. Thank you, ${seller}`}`,
    looksBack: (who: string, customer: string): string => `${who} looks back on the handoff of ${customer}, for you:`,
    talk: (who: string): string => `Reply to talk to ${who}.`,
    feedback: (customer: string, who: string): string => `${customer}: what ${who} wants you to know`,
    feedbackPreview: 'What went well, what was missing, early signs.',
    reachedSubject: (customer: string): string => `${customer} reached first value`,
    reached: (customer: string, date: string, after: string): string =>
      `${customer} reached their first milestone on ${date}, ${after}.`,
    rated: (who: string, { score, scale, target }: Record<'score' | 'scale' | 'target', number>): string =>
      `${who} rated this handoff ${score} of ${scale}; the target is ${target}.`,
    ratedSubject: (customer: string, score: number, scale: number): string =>
      `${customer}: handoff rated ${score} of ${scale}`,
    atSigning: 'Package at signing',
    complete: (percent: string): string => `${percent} complete`,
    lateSteps: 'Steps that were late',
    talkBoth: (date: string): string => `Talk with both by ${date}; agree on one change.`,
  },

  renewal: {
    subject: (customer: string, date: string, days: string): string =>
      `${customer} renews ${date}${days === '' ? '' : `: ${days} to go`}`,
    lead: (customer: string, date: string, days: string): string =>
      `${customer}'s contract renews on ${date}${days === '' ? '' : `, in ${days}`}. Agree this week who leads the renewal.`,
    plan: 'Plan',
    value: 'Value',
    bought: 'Bought',
    term: 'Term',
    success: 'Success for them',
    promised: 'Promised',
    promise: (what: string, byWhen: string): string => `${what} (${byWhen})`,
  },
};
