import type { Texts } from '../en/en.ts';
import { list } from './grammar.ts';

export const customer: Pick<Texts, 'toCustomer'> = {
  toCustomer: {
    meet: (name, company) => `${name}: Ihr Kontakt bei ${company}`,
    hi: (names, { customer }) =>
      names.length === 0 ? `Guten Tag an alle bei ${customer},` : `Guten Tag ${list.format(names)},`,
    thanks: ({ company, name, role, seller }) =>
      `danke, dass Sie sich für ${company} entschieden haben. Ich bin ${name}, bei uns als ${role} für Sie da. ${seller} (in Kopie) hat mir erzählt, was Sie besprochen haben, Sie fangen also nicht von vorn an.`,
    personal: (seller, line) => `Ein Wort von ${seller}:\n${line}`,
    start: (text) => `Womit Sie beginnen möchten: ${text}`,
    day30: (text) => `Bis Tag 30: ${text}`,
    anythingOff: 'Stimmt etwas nicht? Antworten Sie einfach.',
    kickoffNext:
      'Als Nächstes kommt unser Kickoff: Ihre Ziele, ein Plan und wer Ihnen hilft. Welche Termine passen Ihnen in den nächsten Tagen?',
    onboardingNext: (n) =>
      n === 0 ? '' : `Als Nächstes ${n === 1 ? 'kommt 1 kurze E-Mail' : `kommen ${n} kurze E-Mails`} für Ihren Start. `,
    ratherTalk: 'Möchten Sie lieber sprechen? Antworten Sie einfach, wir finden einen Termin.',
    stillHelp: (seller, window) =>
      `${seller} hilft Ihnen noch${window === '' ? ' weiter' : window}; ich bin ab jetzt für Sie da.`,
    signed: (name, seller, company) => `${name} und ${seller}, ${company}`,
    kickoffPreview: 'Wir freuen uns auf den Start mit Ihnen.',
    kickoff: 'Wir freuen uns auf den Start. Die Einladung hängt an.',
    someone: (name) => `Soll noch jemand dabei sein, oder passt der Termin nicht? Antworten Sie ${name}.`,
    hello: 'Guten Tag,',
    faq: (company) => `Ihre erste Woche mit ${company}: kurze Antworten`,
    faqPreview: 'Was zuerst kommt, und wer Ihnen hilft.',
    bought: 'Was haben wir gekauft?',
    first: 'Was kommt zuerst?',
    tools: 'Welche Systeme binden wir an?',
    data: 'Und unsere Daten?',
    stuck: (name) => `Kommen Sie nicht weiter? Antworten Sie; ${name} hilft.`,
    goal: (company) => `Ihr erstes Ziel mit ${company}`,
    goalPreview: 'Fangen Sie klein an, mit echten Daten.',
    startWith: 'Damit möchten Sie beginnen',
    byDay30: 'Bis Tag 30',
    works: 'Woran Sie sehen, dass es wirkt',
    company: (name) => `Möchten Sie Begleitung? Antworten Sie, und ${name} findet einen Termin.`,
    who: (company) => `Wer Ihnen bei ${company} hilft`,
    whoPreview: 'Ein Kontakt, und die Personen, die wir für Sie notiert haben.',
    goals: 'Ziele, Pläne und alles andere',
    dayToDay: 'Ihr Kontakt im Alltag, den wir kennen',
    technical: 'Ihr technischer Kontakt, den wir kennen',
    wrong: 'Stimmt hier etwas nicht? Antworten Sie einfach.',
  },
};
