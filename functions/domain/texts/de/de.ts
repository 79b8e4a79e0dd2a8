import type { Texts } from '../en/en.ts';
import { asks } from './asks.ts';
import { customer } from './customer.ts';
import { answers, capital, count, dative, days, list, months, sentences, workingDays } from './grammar.ts';
import { meetings } from './meetings.ts';
import { news } from './news.ts';
import { packageWords } from './package.ts';
import { reports } from './reports.ts';

// What emails say in German: „du“ to colleagues, „Sie“ to customers. What a step asks for is an infinitive: „Paket vervollständigen“.

export const de: Texts = {
  language: 'de',
  sentences,
  capital,

  listed: (names) => list.format(names),

  quoted: (text) => `„${text}“`,

  percent: (of100) => `${of100} %`,

  inUnit: (figure, unit) => `${figure} ${unit}`,

  count: {
    answers: (n) => count(n, answers),
    moreAnswers: (n) => count(n, { one: 'weitere Antwort', other: 'weitere Antworten' }),
    gaps: (n) => count(n, { one: 'Lücke', other: 'Lücken' }),
    steps: (n) => count(n, { one: 'Schritt', other: 'Schritte' }),
    notes: (n) => count(n, { one: 'Notiz', other: 'Notizen' }),
    minutes: (n) => count(n, { one: 'Minute', other: 'Minuten' }),
    hours: (n) => count(n, { one: 'Stunde', other: 'Stunden' }),
    workingMinutes: (n) => count(n, { one: 'Arbeitsminute', other: 'Arbeitsminuten' }),
    workingHours: (n) => count(n, { one: 'Arbeitsstunde', other: 'Arbeitsstunden' }),
    days: (n) => count(n, days),
    businessDays: (n) => count(n, workingDays),
    months: (n) => count(n, months),
    people: (n) => count(n, { one: 'Person', other: 'Personen' }),
  },

  // Spans are told in the nominative: „3 Tage“; behind „in“, days and months take an n.
  in: (span) => `in ${dative(span)}`,

  within: {
    sameDay: 'am selben Tag wie',
    of: (span) => `binnen ${dative(span)} nach`,
    for: (span) => ` ${span} lang`,
  },

  time: {
    moment: (time, place) => `${time} (${place})`,
    moments: (main, also) => [main, ...also].join(', '),
    places: {
      Athens: 'Athen',
      Brussels: 'Brüssel',
      Bucharest: 'Bukarest',
      Copenhagen: 'Kopenhagen',
      Lisbon: 'Lissabon',
      Luxembourg: 'Luxemburg',
      Prague: 'Prag',
      Rome: 'Rom',
      Singapore: 'Singapur',
      Tokyo: 'Tokio',
      Vienna: 'Wien',
      Warsaw: 'Warschau',
      Zurich: 'Zürich',
    },
    noTime: 'keine Zeit',
  },

  due: {
    anchors: {
      closedWon: 'Abschluss',
      packageReady: 'Paket vollständig',
      internalMeetingHeld: 'Übergabegespräch',
      introductionSent: 'Vorstellung beim Kunden',
      kickoffHeld: 'Kickoff',
      handoffConfirmed: 'Übernahme',
      firstValueReached: 'erster Nutzen',
      renewalDate: 'Verlängerung',
      opened: 'Anfrage',
      returned: 'Rückgabe',
      calledOff: 'Absage des Gesprächs',
    },
    asPromise: (because) => because.replace(/^fällig /, 'zugesagt '),
    dated: (time, how) => `fällig ${time}: ${how}`,
    hours: (n) => `${n} Std. nach`,
    elapsedHours: (n) => `${n} Std. rund um die Uhr nach`,
    workingHours: (n) => `${count(n, { one: 'Arbeitsstunde', other: 'Arbeitsstunden' })} nach`,
    businessDays: (n) => `zum Feierabend, ${count(n, workingDays)} nach`,
    onTheDay: 'zum Feierabend am Tag von',
    nextDay: 'zum Feierabend am nächsten Arbeitstag nach',
    days: (n) => `${count(Math.abs(n), days)} ${n < 0 ? 'vor' : 'nach'}`,
    months: (n) => `${count(Math.abs(n), months)} ${n < 0 ? 'vor' : 'nach'}`,
    from: (distance, time, anchor) => `${distance} ${time} (${anchor})`,
    countedFrom: (time) => `gezählt ab ${time}, Beginn der nächsten Arbeitszeit`,
    endOfMonth: (date) => `auf ${date}, das Ende jenes Monats`,
    skipped: (off) => `ohne ${off}`,
    moved: 'verschoben in die nächste Arbeitszeit',
    waited: (span) => `um ${span} Warten auf den Kunden verschoben`,
    away: (off) => `Abwesenheit ${off}`,
    weekends: (n) => (n === 1 ? 'Wochenende' : `${n} Wochenenden`),
    weekdays: (day, n) => {
      const name = ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'][day] ?? '';
      return n === 1 ? name : `${n} ${name}e`;
    },
    // The calendars name holidays in English.
    holidays: (_name, n) => (n === 1 ? 'Feiertag' : `${n} Feiertage`),
    clockChange: 'einen Tag ohne Arbeitszeit (Zeitumstellung)',
    because: (why) => `Fällig dann, weil: ${why}.`,
    promisedBecause: (why) => `Zugesagt, weil: ${why}.`,
  },

  desk: {
    link: 'Mein Schreibtisch',
    rest: ': alle deine offenen Schritte an einem Ort. Der Link gilt 7 Tage und nur für dich, leite ihn nicht weiter.',
    subject: 'Dein neuer Link zu deinem Schreibtisch',
    shows: 'Dein Schreibtisch zeigt, was auf dich wartet, was auf andere wartet, und deine Kunden.',
    days: 'Er gilt 7 Tage. Nicht angefordert? Dann ist nichts zu tun; es hat sich nichts geändert.',
    open: 'Schreibtisch öffnen',
  },

  words: {
    hi: (name) => `Hallo ${name},`,
    hello: 'Hallo,',
    you: 'Du',
    why: 'Warum',
    dealOver: (reason) =>
      reason
        .replace(/^Deal reopened: It is at "(.*)" again\.$/, 'Deal wieder offen: Er steht wieder auf „$1“.')
        .replace(/^Deal reopened/, 'Deal wieder offen')
        .replace(/^Deal cancell?ed/, 'Deal abgesagt')
        .replace(/^Deal lost/, 'Deal verloren'),
    where: 'Wo',
    customer: 'Kunde',
    deal: 'Deal',
    step: 'Schritt',
    owner: 'Zuständig',
    asked: 'Angefragt',
    due: 'Fällig',
    promised: 'Zugesagt',
    openStep: 'Schritt öffnen',
    seeStep: 'Schritt ansehen',
    the: (role) => role,
    system: 'das System',
    crm: 'das CRM',
    exception: (title) => `Ausnahme: ${title}`,
  },

  brief: {
    title: (customer) => `Briefing: ${customer}`,
    won: (deal, date) => `${deal}, gewonnen am ${date}`,
    unsigned: (deal) => `${deal}, noch nicht unterschrieben`,
    website: 'Website',
    country: 'Land',
    notAssigned: 'noch niemand',
    notGiven: (what) => `fehlt${what === '' ? '' : `: ${what}`}`,
    notYet: (found) => `noch offen („${found}“)`,
    full: '(ganzer Text im Paket)',
    until: (label, date) => `${label}, bis ${date}`,
    inCrm: (label, date) => `${label}, im CRM seit ${date}`,
    promisedTo: (name) => `Zugesagt: ${name}`,
    promise: ({ what, byWhen, certainty, where }) => `${what}; fällig: ${byWhen}; ${certainty}; gesagt: ${where}`,
    none: () => 'keine',
    choices: {
      'decision-maker': 'entscheidet',
      champion: 'wirbt für uns',
      blocker: 'bremst',
      'day-to-day': 'im Alltag',
      technical: 'technisch',
      'end user': 'nutzt es',
      'executive sponsor': 'Förderer in der Leitung',
      'influence high': 'großer Einfluss',
      'influence medium': 'mittlerer Einfluss',
      'influence low': 'kleiner Einfluss',
      'stays involved': 'bleibt dabei',
      'leaves after the signature': 'geht nach der Unterschrift',
      confirmed: 'bestätigt',
      assumed: 'angenommen',
    },
  },
  reports,
  ...asks,
  ...news,
  ...meetings,
  ...customer,
  ...packageWords,
};
