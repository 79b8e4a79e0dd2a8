import { list } from './grammar.ts';

export const customer = {
  /** What the customer reads. */
  toCustomer: {
    meet: (name: string, company: string): string => `Meet ${name}, your contact at ${company}`,
    /** To people by their full names; `firstOf` makes a first name of one. */
    hi: (
      names: readonly string[],
      { firstOf, customer }: { firstOf: (name: string) => string; customer: string },
    ): string => `Hi ${names.length === 0 ? `everyone at ${customer}` : list.format(names.map(firstOf))},`,
    thanks: ({ company, name, role, seller }: Record<'company' | 'name' | 'role' | 'seller', string>): string =>
      `Thank you for choosing ${company}. I'm ${name}, your ${role}. ${seller} (copied) told me what you discussed, so you won't start over.`,
    personal: (seller: string, line: string): string => `A word from ${seller}:\n${line}`,
    start: (text: string): string => `Where you want to start: ${text}`,
    day30: (text: string): string => `By day 30: ${text}`,
    anythingOff: 'Anything off? Just reply.',
    kickoffNext: 'Next is our kickoff: your goals, a plan, who helps you. Which times in the coming days suit you?',
    onboardingNext: (n: number): string =>
      n === 0 ? '' : `Next come ${n} short ${n === 1 ? 'email' : 'emails'} to get you going. `,
    ratherTalk: 'Would you rather talk? Just reply, and we find a time.',
    stillHelp: (seller: string, window: string): string => `${seller} will still help${window}; I'm here from now on.`,
    signed: (name: string, seller: string, company: string): string => `${name} and ${seller}, ${company}`,
    kickoffPreview: "We're looking forward to starting with you.",
    kickoff: "We're looking forward to starting. The invitation is attached.",
    someone: (name: string): string => `Someone to add, or another time? Reply to ${name}.`,
    hello: 'Hello,',
    faq: (company: string): string => `Your first week with ${company}: quick answers`,
    faqPreview: 'What comes first, and whom to ask.',
    bought: 'What did we buy?',
    first: 'What comes first?',
    tools: 'Which tools connect?',
    data: 'And our data?',
    stuck: (name: string): string => `Stuck? Reply; ${name} answers.`,
    goal: (company: string): string => `Your first goal with ${company}`,
    goalPreview: 'Start small, with real data.',
    startWith: 'You want to start with',
    byDay30: 'By day 30',
    works: 'How you see that it works',
    company: (name: string): string => `Want company? Reply, and ${name} finds a time.`,
    who: (company: string): string => `Who to ask at ${company}`,
    whoPreview: 'One contact, and the people we have down for you.',
    goals: 'Goals, plans, and anything else',
    dayToDay: 'Day-to-day contact we have for you',
    technical: 'Technical contact we have for you',
    wrong: 'Something wrong here? Reply.',
  },
};
