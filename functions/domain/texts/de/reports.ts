import type { Texts } from '../en/en.ts';
import { count, dative } from './grammar.ts';

const steps = { one: 'Schritt', other: 'Schritte' };
const handoffs = { one: 'Übergabe', other: 'Übergaben' };
const days = { one: 'Tag', other: 'Tage' };

export const reports: Texts['reports'] = {
  openReport: 'Bericht öffnen',
  openDesk: 'Schreibtisch öffnen',
  openAudit: 'Prüfung öffnen',
  stepOf: (customer, step) => `${customer}: ${step}`,
  more: (n) => `${n} weitere`,
  all: (n) => `Alle ${n} ansehen`,
  days: (n, written) => `${written} ${n === 1 ? 'Tag' : 'Tage'}`,
  ofTen: (score) => `${score} von 10`,
  ofHundred: (score) => `${score} von 100`,
  handoffs: (n) => count(n, handoffs),
  late: (span) => `${span} überfällig`,
  waitsForDecision: (since) => `wartet seit ${since} auf eine Entscheidung`,
  waitsForCustomer: (until) => `wartet bis ${until} auf den Kunden`,
  teamOf: (manager) => `Team ${manager}`,

  digest: {
    subject: (n, fresh, date) => `${count(n, steps)} überfällig, ${fresh} neu: ${date}`,
    longest: (step, late) => `Am längsten: ${step}, ${late}.`,
    what: 'Diese Schritte sind überfällig, die längsten zuerst.',
    overdue: 'Überfällig',
    decisions: 'Überfällige Entscheidungen über Ausnahmen',
    items: 'Überfällige offene Punkte',
    fresh: (n, since) => `${n} neu seit ${since}`,
    cleared: (n, since) => `${n} erledigt seit ${since}`,
    subjectHelp: (n, overdue, date) =>
      `${count(n, { one: 'Schritt braucht', other: 'Schritte brauchen' })} deine Hilfe, ${overdue} überfällig: ${date}`,
    subjectDone: (n, date) => `${count(n, steps)} erledigt, nichts überfällig: ${date}`,
    late: (span) => `Überfällig seit ${dative(span)}.`,
    needHelp: 'Hier wird deine Hilfe gebraucht',
    inPlace: 'Diese Schritte sind bei dir angekommen. Diese Liste ersetzt eine E-Mail zu jedem.',
    done: (since) => (since === '' ? 'Erledigt' : `Erledigt seit ${since}`),
    over: 'Davon hast du hier schon gelesen. Du musst nichts mehr tun.',
    bySteps: 'Nach Schritt',
    list: 'Die längsten zuerst',
    help: 'Sprich zuerst mit ihnen. Dann kannst du den Schritt vom Schreibtisch aus weitergeben oder überspringen.',
    scores: 'Vollständigkeit der Pakete in deinem Vertriebsteam',
  },

  week: {
    subject: (from, parts) => `Deine Woche ab ${from}: ${parts.join(', ')}`,
    overdue: (n) => `${n} überfällig`,
    due: (n) => `${n} fällig`,
    open: (n) => `${n} offen`,
    meetings: (n) => count(n, { one: 'Termin', other: 'Termine' }),
    what: 'Das wartet diese Woche auf dich, und das kommt auf dich zu.',
    headOverdue: 'Überfällig',
    headDue: 'Diese Woche fällig',
    headLater: 'Offen, später fällig',
    headMeetings: 'Termine',
    dueAt: (when) => `fällig ${when}`,
    meeting: (customer, title) => `${customer}: ${title}`,
    score: 'Vollständigkeit deiner Pakete',
    scoreOf: (n) =>
      `Median aus ${n === 1 ? 'einem Paket' : `${n} Paketen`} der letzten 90 Tage. Das sehen nur du und deine Führungskraft.`,
  },

  kpis: {
    subject: (week, parts) => `Übergaben ${week}: ${parts.join(', ')}`,
    onTime: (percent) => `${percent} pünktlich`,
    doneIn: (span) => `fertig in ${dative(span)}`,
    won: (n) => `${n} gewonnen`,
    completed: (n) => `${n} abgeschlossen`,
    preview: (won, completed, most) =>
      `${won} gewonnen, ${completed} abgeschlossen.${most === '' ? '' : ` Am häufigsten überfällig: ${most}.`}`,
    what: (week) => `Die Woche ${week}, jede Zahl neben der Vorwoche und den letzten vier Wochen.`,
    whatOfMonth: (month) => `${month}, jede Zahl neben dem Vormonat und den letzten vier Monaten.`,
    measures: {
      won: 'Gewonnen',
      completed: 'Abgeschlossen',
      stepsOnTime: 'Pünktliche Schritte',
      timeToCompletion: 'Tage bis zum Abschluss, Median',
      surveyScore: 'Bewertung der Übergaben',
    },
    lastWeek: (value) => `Vorwoche: ${value}`,
    lastMonth: (value) => `Vormonat: ${value}`,
    revisedFrom: (value, published) => `${value}, korrigiert von ${published}`,
    revised: (published) => `Korrigiert: gemeldet war ${published}.`,
    few: (n) => `Wenige Fälle: ${n}`,
    ofFew: (n) => ` (wenige Fälle: ${n})`,
    fewMark: '* Wenige Fälle: weniger als 10.',
    revisedMark:
      '† Korrigiert, seit es gesendet wurde. Eine Woche ändert sich meist noch ein paar Tage, weil Schritte später gemeldet werden.',
    mostOverdue: (step, n, longest) =>
      `Am häufigsten überfällig: ${step}, in ${n === 1 ? 'einer Übergabe' : `${n} Übergaben`}, bis zu ${dative(count(longest, days))} lang.`,
    noneOverdue: 'Kein Schritt ist überfällig.',
    undecided: (n, since) =>
      n === 1
        ? `Eine Übergabe wartet seit ${since} auf die Entscheidung über eine Ausnahme.`
        : `${n} Übergaben warten auf die Entscheidung über eine Ausnahme, die erste seit ${since}.`,
    stalled: 'Steht still',
    since: (date) => `seit ${date}`,
    need: 'Übergaben, die jemanden brauchen',
    stalledFor: (n, step) =>
      `steht seit ${n === 0 ? 'weniger als einem Tag' : dative(count(n, days))} still${step === '' ? '' : `: ${step}`}`,
    overdueFor: (n, step) => `seit ${dative(count(n, days))} überfällig: ${step}`,
    items: (n) => `${count(n, { one: 'offener Punkt', other: 'offene Punkte' })} über der Frist`,
    returned: (n) => `Paket ${n}-mal zurückgegeben`,
    notes: (n) =>
      n === 1
        ? 'Eine Maßnahme aus einer Prüfung ist über der Frist.'
        : `${n} Maßnahmen aus Prüfungen sind über der Frist.`,
    noNames: 'Schritte und Kunden, keine Namen: Die bleiben bei der jeweiligen Führungskraft.',
    measuredAt: (when) => `Stand: ${when}.`,
  },

  audit: {
    subject: (quarter, n) => `Prüfung ${quarter}: ${count(n, handoffs)} anzusehen`,
    quarter: (q, year) => `Q${q} ${year}`,
    preview: (n, total, date) => `Zufällig ${n} von ${total}. Trag Maßnahmen bis ${date} ein.`,
    what: (n, total) =>
      total === 1
        ? 'Die einzige Übergabe, die im Quartal geendet hat oder stehen geblieben ist, mit Verlauf, Nachweisen und Lücken.'
        : `Zufällig gezogen: ${n} von ${total} Übergaben, die im Quartal geendet haben oder stehen geblieben sind, jede mit Verlauf, Nachweisen und Lücken.`,
    notes: (date) => `Trag bis ${date} eine Maßnahme ein, wo sich etwas ändern soll: was, wer kümmert sich, bis wann.`,
    seed: 'Startwert',
    drawnFrom: 'Gezogen aus',
    again: 'Mit dem Startwert lassen sich dieselben noch einmal ziehen. In der Prüfung steht, wie.',
    sample: 'Anzusehen',
    signed: (date) => `unterschrieben ${date}`,
    open: (n) =>
      n === 1
        ? 'Eine Maßnahme aus einer früheren Prüfung ist über der Frist.'
        : `${n} Maßnahmen aus früheren Prüfungen sind über der Frist.`,
  },
};
