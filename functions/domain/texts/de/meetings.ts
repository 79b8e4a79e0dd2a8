import type { Texts } from '../en/en.ts';
import { capital, dative, does, ended } from './grammar.ts';

/** Hinter einem Doppelpunkt steht kein zweiter: „Übergabe Nordwind“. */
const inSentence = (name: string): string => name.replace(': ', ' ');

export const meetings: Pick<Texts, 'meeting' | 'begins' | 'availability' | 'followUp' | 'renewal'> = {
  meeting: {
    when: 'Wann',
    length: 'Dauer',
    who: 'Wer',
    agenda: 'Agenda',
    minutes: (title, minutes) => `${title}, ${minutes} Min.`,
    nothingGiven: 'Noch nichts bekannt: Frag nach.',
    seeBrief: 'Siehe Briefing.',
    contact: (name, email) => `Ihr Kontakt: ${name}, ${email}`,
    handoffOf: (customer, from, to) => `Übergabe von ${customer}: ${from} an ${to}.`,
    subject: (name, when) => `${name}, ${when}`,
    updated: (name, when) => `Geändert: ${inSentence(name)}, ${when}`,
    moved: (name, when) => `Verschoben: ${inSentence(name)}, jetzt ${when}`,
    questions: (name, when) => `Fragen: ${inSentence(name)}, ${when}`,
    canceled: (name, when) => `Abgesagt: ${inSentence(name)}, ${when}`,
    offYourList: (name, when) => `Ohne dich: ${inSentence(name)}, ${when}`,
    before: 'Vorher',
    movedIt: (who) => (who === '' ? 'Dieser Termin hat eine neue Zeit.' : `${who} hat den Termin verschoben.`),
    placeChanged: (who) =>
      who === ''
        ? 'Dieser Termin hat einen anderen Ort. Die Zeit bleibt.'
        : `${who} hat den Ort geändert. Die Zeit bleibt.`,
    lengthChanged: (who) =>
      who === '' ? 'Dieser Termin dauert anders als geplant.' : `${who} hat geändert, wie lange der Termin dauert.`,
    accept: 'Mit der angehängten Einladung ist der Kalender wieder aktuell.',
    joined: (joined, left) => `${does(joined, 'nimmt', 'nehmen')}${left === '' ? ' auch' : ` statt ${left}`} teil.`,
    left: (left) => `${does(left, 'nimmt', 'nehmen')} nicht mehr teil.`,
    addedQuestions: (who) => `${who} hat Fragen zur Agenda ergänzt. Mit der Einladung stehen sie in deinem Kalender.`,
    isCanceled: 'Dieser Termin findet nicht statt.',
    willSuggest: (name) => `${name} schlägt Ihnen einen neuen vor.`,
    takesOut: 'Die angehängte Absage nimmt ihn aus dem Kalender.',
    reply: 'Fragen? Antworten Sie einfach.',
    canceledIt: (who) => `${who} hat den Termin abgesagt.`,
    picksNew: (who, due) => `Als Nächstes sucht ${who} bis ${due} einen neuen Termin.`,
    withoutYou: 'Dieser Termin findet ohne dich statt.',
    inYourPlace: (names) => `${does(names, 'nimmt', 'nehmen')} statt dir an diesem Termin teil.`,
    cameUp: 'Etwas dazwischengekommen? Verschieb den Termin oder sag ihn ab, auf jeder Seite zu diesem Kunden.',
    cameUpOwn: 'Etwas dazwischengekommen? Verschieb den Termin oder sag ihn ab; alle Eingeladenen erfahren es.',
    youMeet: (when) => `Ihr trefft euch ${when}. Die Einladung hängt an.`,
    youJoin: (names) => `Du nimmst statt ${names} teil.`,
    change: 'Termin ändern',
    shared: (who) => `${who} hat die Notizen geteilt.`,
    held: 'Fand statt',
    answerQuestions: (who) => `${who}: Beantworte die offenen Fragen. Antworte einfach.`,
    notes: (customer) => `${customer}: Notizen aus dem Übergabegespräch`,
  },

  begins: {
    you: 'dir',
    takesOver: (name, from) =>
      `${name === undefined ? 'du übernimmst' : `${name} übernimmt`}${from === '' ? '' : ` von ${from}`}`,
    subject: (customer, takesOver) => `${customer}: ${takesOver}`,
    lead: (customer, takesOver, isToOne) =>
      `${customer} hat unterschrieben. ${capital(takesOver)}. ${isToOne ? 'Du bekommst' : 'Ihr bekommt jeweils'} eine E-Mail, sobald ${isToOne ? 'du dran bist' : 'ihr dran seid'}.`,
    ahead: 'Die nächsten Termine',
    received: (time) => `Der Deal kam am ${time} bei uns an. Was vorher fällig war, zählt frühestens ab da.`,
    relative: (when, title, who) => `${when} „${title}“, ${who}`,
    dated: (when, who) => `${when}, ${who}`,
    standIn: (name, holder) => `${name} für ${holder}`,
  },

  availability: {
    you: 'dich',
    subject: (customer, successor) => `${customer}: Alltagsfragen jetzt an ${successor}`,
    untilYou: (date, successor) =>
      `Bis ${date} kommt ${successor} nur noch mit dem zu dir, was eskalieren muss: strittige Zusagen, Funkstille beim Kunden, Vertragsrisiken.`,
    until: (date, seller) =>
      `Bis ${date} geht an ${seller} nur noch, was eskalieren muss: strittige Zusagen, Funkstille beim Kunden, Vertragsrisiken.`,
    fromNow: (successor) => `Ab jetzt geht jede Frage zu diesem Kunden an ${successor}.`,
    thanks: (seller) => `Danke, ${seller}.`,
    ended: (customer, successor) => `${customer} liegt jetzt ganz bei ${successor ?? 'dir'}`,
    offCall: (day, seller, tell) =>
      `Tag ${day}: ${seller} hilft nicht mehr mit. Muss der Vertrieb etwas wissen, sag es ${tell}.`,
    youAreOff: (day, successor) =>
      `Tag ${day}: Du bist nicht mehr gefragt. Alle Fragen zu diesem Kunden gehen jetzt an ${successor}.`,
    theirManager: 'die Vertriebsleitung',
  },

  followUp: {
    onTheDay: 'am Tag der Unterschrift',
    after: (span) => `${span} nach der Unterschrift`,
    skipped: (who, took) => `${who} hat die Übernahme ${took} übersprungen; die Übergabe ist abgeschlossen.`,
    signedOff: (who, took, customer) => `${who} hat ${took} übernommen. ${customer} ist übergeben.`,
    stay: (date) => `Bleib bis ${date} für Fragen erreichbar. Wir sagen dir, wann das endet.`,
    stillOpen: 'Noch offen',
    whyLate: (title) => `Warum „${title}“ zu spät war`,
    subject: (customer, seller) => `${customer} ist übergeben${seller === '' ? '' : `. Danke, ${seller}`}`,
    looksBack: (who, customer) => `${who} blickt für dich auf die Übergabe von ${customer} zurück:`,
    talk: (who) => `Deine Antwort geht direkt an ${who}.`,
    feedback: (customer, who) => `${customer}: Feedback von ${who} für dich`,
    feedbackPreview: 'Was gut lief, was fehlte, erste Anzeichen.',
    reachedSubject: (customer) => `${customer} hat den ersten Nutzen erreicht`,
    reached: (customer, date, after) => `${customer} hat den ersten Meilenstein am ${date} erreicht, ${after}.`,
    rated: (who, { score, scale, target }) =>
      `${who} bewertet diese Übergabe mit ${score} von ${scale}; Ziel ist ${target}.`,
    ratedSubject: (customer, score, scale) => `${customer}: Übergabe mit ${score} von ${scale} bewertet`,
    atSigning: 'Paket bei Unterschrift',
    complete: (percent) => `zu ${percent} vollständig`,
    lateSteps: 'Schritte, die zu spät waren',
    talkBoth: (date) => `Sprich bis ${date} mit beiden; einigt euch auf eine Änderung.`,
  },

  renewal: {
    subject: (customer, date, left) => `${customer}: Verlängerung am ${date}${left === '' ? '' : `, noch ${left}`}`,
    lead: (customer, date, left) =>
      `${ended(`Der Vertrag mit ${customer} verlängert sich am ${date}${left === '' ? '' : `, in ${dative(left)}`}`)} Sprecht diese Woche ab, wer die Verlängerung führt.`,
    plan: 'Tarif',
    value: 'Wert',
    bought: 'Gekauft',
    term: 'Laufzeit',
    success: 'Erfolg heißt für sie',
    promised: 'Zugesagt',
    promise: (what, byWhen) => `${what} (${byWhen})`,
  },
};
