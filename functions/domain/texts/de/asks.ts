import type { Texts } from '../en/en.ts';
import { capital, count, dative, does, ended, sentences } from './grammar.ts';

export const asks: Pick<Texts, 'ask' | 'behind' | 'late' | 'others' | 'weekly' | 'details' | 'floor' | 'exceptions'> = {
  ask: {
    settle: (title) => `„${title}“ klären`,
    bring: (answers) => `${answers} liefern`,
    item: {
      subject: '{title}, bis {dueSoon}',
      preheader: 'Es bleibt bei dir, bis es geklärt ist.',
      body: 'Kläre das bis {due}:\n{title}. {what}',
      button: 'Ergebnis eintragen',
    },
    exception: {
      subject: 'Ohne {answers} weiter?',
      preheader: 'Gewähre sie mit Namen und Datum, oder lehne ab.',
      body: 'Gewähre bis {due}, worauf die Übergabe vorerst verzichten kann, jeweils mit Namen und Datum, oder lehne ab.',
      button: 'Entscheiden',
      waits: 'Bis das entschieden ist, weiß niemand, ob es weitergeht oder weiter gefragt wird.',
    },
    made: { subject: '{verb} bis {dueSoon}', body: '{task}, bis {due}.\n{what} {why}' },
    task: (verb, customer) => `${customer}: ${verb}`,
    you: 'dich',
    asks: (who) => `${who} fragt an. `,
    decide: (customer) => `${customer}: Entscheide über eine Ausnahme`,
    paused: (until, reason) => `Pausiert bis ${until}, weil wir auf den Kunden warten: ${reason}`,
    several: (customer, steps, due) => `${customer}: ${steps} für dich, der erste bis ${due}`,
    severalLead: (customer, steps) => `Bei ${customer} warten ${steps} auf dich:`,
    severalOpen: (customer, steps) => `Bei ${customer} sind ${steps} offen:`,
    also: (verbs) => `Außerdem: ${verbs}`,
    headed: (verb, due) => `${capital(verb)}, ${due}`,
    due: (time, isLate) => `${isLate ? 'war fällig' : 'fällig'} ${time}`,
    stoodInFor: (name, back) =>
      `${name} ist gerade nicht da${back === '' ? '' : ` (zurück am ${back})`}, deshalb geht das an dich.`,
    yours: (isDecision) =>
      `${isDecision ? 'Diese Entscheidung' : 'Dieser Schritt'} liegt bei dir. Der Link ist persönlich, leite ihn nicht weiter.`,
    told: (why) => `Du bekommst das, weil ${why}. Der Link ist persönlich, leite ihn nicht weiter.`,
    toldWhy: {
      owner: (title) => `„${title}“ bei dir liegt`,
      manager: (owner) => `du helfen kannst, wenn ${owner} nicht antwortet`,
      reviewer: 'du diese Übergabe prüfst',
      revenueOperations: 'du dich um den Übergabeprozess kümmerst',
      reader: 'dein Teil der Übergabe von diesem Schritt abhängt',
      participant: 'du an dieser Übergabe beteiligt bist',
    },
    hearingNow: (owner) => `Du hörst schon jetzt davon, weil E-Mails an ${owner} zurückkommen.`,
  },

  behind: {
    lead: (cause, isNoStep) => {
      if (cause === undefined) return 'Frühere Schritte haben länger gedauert.';
      return isNoStep ? `${capital(cause)}.` : `Frühere Schritte haben länger gedauert: ${cause}.`;
    },
    until: (due) => `Du hast Zeit bis ${due}.`,
    promised: (customer, time) => `Für ${customer} war ${time} zugesagt.`,
    notYou: 'Das liegt nicht an dir.',
    dueAlready: (time) =>
      `Fällig war es ${time}, bevor es bei dir ankam: Frühere Schritte haben länger gedauert. Das liegt nicht an dir.`,
    reachedLate: (owner) => `Bei ${owner} kam es erst nach dem Termin an: Frühere Schritte haben länger gedauert.`,
    received: (time) => `der Deal kam am ${time} bei uns an`,
    waited: (title, until) => `„${title}“ hat bis ${until} auf den Kunden gewartet`,
    became: (title, choice, time) => `„${title}“ ${became(choice)} am ${time}`,
    returned: ({ title, from, choice, time }) => `„${title}“ kam am ${from} zurück und ${became(choice)} am ${time}`,
    reviewed: (title, from, until) =>
      `die Ausnahme für „${title}“ wurde am ${from} angefragt und am ${until} entschieden`,
    away: (away, owner, time) =>
      `${away} war nicht da, und ${owner === undefined ? 'du wurdest' : `${owner} wurde`} am ${time} gefragt`,
    left: (left, owner, time) =>
      `${left} ist nicht mehr im Unternehmen, und ${owner === undefined ? 'du wurdest' : `${owner} wurde`} am ${time} gefragt`,
    back: (owner, time) => `${owner === undefined ? 'du warst' : `${owner} war`} bis ${time} nicht da`,
    tookOver: (owner, from, time) =>
      `${owner === undefined ? 'du hast' : `${owner} hat`} am ${time} von ${from} übernommen`,
    meeting: (time) => `das Gespräch wurde auf ${time} gelegt`,
  },

  late: {
    helpStall: (when) => `${when} noch offen? Dann gilt es als festgefahren.`,
    help: (when, helpers) => `${when} noch offen? Dann bitten wir ${helpers} um Hilfe.`,
    helpInDigest: (when, helpers, morning) =>
      `${when} noch offen? Dann bitten wir ${helpers} um Hilfe, im Tagesbericht${when === morning ? '' : ` (${morning})`}.`,
    willBeAsked: (customer, names, morning) => `${customer}: ${does(names, 'wird', 'werden')} gefragt, ${morning}`,
    inDigest: (helpers, morning, first) =>
      `Im Tagesbericht (${morning}) bitten wir ${first ? '' : 'auch '}${helpers} um Hilfe. ${beforeThen(first)}`,
    inMorning: (helpers, morning, first) =>
      `${morning} bitten wir ${first ? '' : 'auch '}${helpers} um Hilfe. ${beforeThen(first)}`,
    knows: (names) => `${does(names, 'weiß', 'wissen')} Bescheid.`,
    package: (percent, next) => `Das Paket ist zu ${percent} fertig. Als Nächstes: ${ended(next)}`,
    wasDue: (time) => `Fällig war es ${time}.`,
    isDue: (time) => `Fällig ${time}.`,
    pauseOver: (customer, verb, due) => `${customer}, Pause vorbei: ${verb} bis ${due}`,
    pauseHint: 'Noch nichts gehört? Pausiere noch einmal.',
    pauseLead: (left) => `Du hast noch ${left}, so viel wie vor der Pause.`,
    leftSubject: (customer, left, verb) => `${customer}: ${verb}, noch ${left}`,
    left: (left, due) => `Noch ${left} bis ${due}.`,
    overdue: (customer, verb) => `Überfällig bei ${customer}: ${verb}`,
    overdueLead: (due, waits, act, help) => sentences(`Das war ${due} fällig.`, waits, act, help),
    actNow: {
      owner: 'Erledige es jetzt, oder gib es auf derselben Seite ab oder pausiere es.',
      ownerAlone: 'Erledige es jetzt, oder pausiere es auf derselben Seite.',
      reviewer: 'Entscheide jetzt: gewähren oder ablehnen.',
    },
    canHelp: (customer, helper, first) => `${helper} kann ${first ? '' : 'auch '}helfen: ${customer}`,
    stands: (verb, due) => `Bei dir liegt: „${verb}“. Fällig war es ${due}.`,
    toldThem: (names) =>
      `Wie angekündigt haben wir ${names} informiert. Erledige es jetzt, oder sprecht ab, wer übernimmt.`,
    canReassign: (names) =>
      `Hilfe kommt jetzt von ${names}: es neu vergeben oder den Weg frei machen. Schreib, was dich aufhält: Antworte einfach.`,
    stalled: (customer, verb) => `Festgefahren bei ${customer}: ${verb}`,
    stalledItem: (due, customer) => `Das war ${due} fällig. Bei ${customer} fehlt es noch immer.`,
    stalledLast: (due) => `Das war ${due} fällig. Die Übergabe bleibt offen, bis es erledigt ist.`,
    stalledStep: 'Alles nach diesem Schritt steht still. Sobald er erledigt ist, geht es weiter.',
    reminder: (customer, percent, missing) => `${customer}: Paket zu ${percent} fertig, noch ${missing} offen`,
    quickest: (next) => `Am schnellsten geht: ${next}.`,
    leftAlone: (left) => `Noch ${left}.`,
    askReviewer: (reviewer, due) =>
      `Eine ist nicht zu bekommen? Frag ${reviewer} lieber jetzt nach einer Ausnahme als ${due}.`,
  },

  others: {
    stalled: (customer, title) => `Festgefahren: ${customer}, ${title}`,
    allKnow: (names, n) =>
      `${names} ${n === 1 ? 'weiß' : 'wissen'} auch Bescheid, und es ist noch offen. Sprecht ab, wer handelt.`,
    wasAsked: (customer, owner, verb) => `${customer}: ${owner} ist gefragt: ${verb}`,
    asked: (owner, time, verb) => `Seit ${time} liegt bei ${owner}: „${verb}“.`,
    overdue: (customer, verb, late) => `${customer}: ${verb}, seit ${dative(late)} überfällig`,
    help: (customer, owner, verb) => `${customer}: Hilf ${owner}: ${verb}`,
    reassign: 'Vergib es neu oder überspringe es.',
    talkTo: (owner) => `Sprich mit ${owner}, oder hinterlass auf der Seite eine Notiz für alle.`,
    talkFirst: (owner) => `Sprich erst mit ${owner}, dann überspringe oder brich ab.`,
    stranger: (owner) =>
      `${owner} fehlt im Verzeichnis: Wer dort die Leitung hat, wissen wir nicht und fragen deshalb dich.`,
    talk: 'Sprecht erst miteinander, dann vergib es neu, überspringe es oder brich ab.',
  },

  weekly: {
    item: (time, customer) => `${time}: ${customer} braucht eine Antwort`,
    step: (time, customer, title) => `${time}: ${customer} steht bei „${title}“`,
    week: (number) => `Woche ${number}`,
    day: (number) => `Tag ${number}`,
    closes: (date) => `Wird am ${date} als aufgegeben geschlossen.`,
    asked: (owner, verb, due) => `Bei ${owner ?? 'dir'} liegt: „${verb}“. Fällig war es ${due}.`,
    since: (changes) => `Seit letzter Woche: ${changes}.`,
    sinceLast: (changes) => `Seit unserer letzten E-Mail: ${changes}.`,
    pick: {
      owner: 'Such dir eins aus: erledigen, bis zu einem Datum pausieren oder neu vergeben.',
      ownerAlone: 'Such dir eins aus: erledigen oder bis zu einem Datum pausieren.',
      reviewer: 'Such dir eins aus: gewähren oder ablehnen.',
      helper: 'Such dir eins aus: neu vergeben, überspringen oder abbrechen.',
      helperAlone: 'Such dir eins aus: überspringen oder abbrechen.',
    },
    done: (steps) => `${steps} erledigt`,
    noChanges: 'nichts Neues',
    everyWeek: 'Wir schreiben jede Woche, bis jemand handelt.',
    every: (span) => `Wir schreiben ${span === '1 Tag' ? 'jeden Tag' : `alle ${span}`}, bis jemand handelt.`,
  },

  details: {
    whyNobody: 'Warum die Regeln niemanden fanden',
    whyNobodyText: () =>
      'Wer nach den Regeln passt, ist gerade nicht frei. Nimm jemanden, der Zeit hat, oder ergänze die Liste.',
    plan: 'Der Erfolgsplan',
    yourQuestions: 'Deine Fragen',
    questionsOf: (name) => `Fragen von ${name}`,
    beforeContact: 'Vor dem ersten Kontakt',
    plannedFor: 'Geplant für',
    calledOff: (who, when) =>
      `${who === undefined ? 'Du hast' : `${who} hat`} das Gespräch am ${when} abgesagt. Such einen neuen Termin.`,
    nobodyAnswered: 'kam keine Antwort',
    answerWas: (label) => `war die Antwort „${label}“`,
    question: (n, of, { when, said }) => `Das ist Frage ${n} von ${of}. Am ${when} ${said}.`,
    lastQuestion: 'Danach fragen wir nicht mehr.',
    lastBeforeItem: (no, isTheirs) =>
      `Wir fragen zum letzten Mal: „${no}“ wird ${isTheirs ? 'für dich ' : ''}zu einem offenen Punkt.`,
    missing: (n) =>
      `${count(n, { one: 'Antwort fehlt oder stimmt', other: 'Antworten fehlen oder stimmen' })} noch nicht:`,
    gapMissing: (label, hint) => `${label}: ${hint}`,
    gapWrong: (label, found) => `${label}: Prüfe, was da steht („${found}“)`,
    returnedSubject: ({ customer, by, answers: more, due }) => `${customer}: ${by} braucht ${more} bis ${due}`,
    returned: (by, when) => `${by} hat das Paket am ${when} zurückgegeben. Noch offen:`,
    returnedHint: 'Beantworte jeden Punkt auf der Seite, oder schreib, warum es nicht geht.',
    backSince: 'Seitdem ist es wieder da.',
    handedOverAgain: (who) => `${who} hat es noch einmal übergeben.`,
    returnedIt: (by, when, since) =>
      `${by === undefined ? 'Du hast' : `${by} hat`} es am ${when} zurückgegeben. ${since} Gefragt war:`,
    answer: (text) => `Antwort: ${text}`,
    now: (text) => `Jetzt: ${text}`,
    before: (text) => `Vorher: ${text === '' ? 'nichts' : text}`,
    notAnswered: (granted) => (granted ? 'Nicht beantwortet: Dafür gibt es eine Ausnahme.' : 'Nicht beantwortet.'),
  },

  floor: {
    packageComplete: 'Paket vollständig',
    handoffReady: 'Übergabe angenommen',
    recordingsAttached: 'Aufzeichnungen angehängt',
    planReviewed: 'Erfolgsplan geprüft',
    followUpScheduled: 'Nachfassen eingeplant',
    mend: () => 'noch offen, mehr dazu auf der Seite.',
  },

  exceptions: {
    returnedAnswers: 'die Antworten auf das, was zurückkam,',
    asked: (since, without) => `Angefragt ${since}: ohne ${without} weiterzumachen.`,
    decided: (who) => `${who} hat über die Ausnahme entschieden:`,
    declined: (who) => `${who} hat die Ausnahme abgelehnt.`,
    saved: 'Was du eingegeben hast, ist gespeichert.',
    subjectNeeded: (customer, answers, due) => `${customer}: ${answers} weiter nötig bis ${due}`,
    granted: 'Gewährt',
    stillNeeded: 'Weiter nötig',
    brings: (field, who, until) => `${field}: ${who} liefert bis ${until}`,
    subjectGranted: (customer) => `${customer}: Ausnahme gewährt`,
    subjectDeclined: (customer) => `${customer}: Ausnahme abgelehnt`,
    subjectBoth: (customer, granted, declined) => `${customer}: Ausnahme für ${granted} gewährt, ${declined} abgelehnt`,
    notNeeded: (customer) => `${customer}: keine Ausnahme mehr nötig`,
    closed: (who, title) =>
      `${who} hat „${title}“ inzwischen abgeschlossen. Für dich gibt es nichts mehr zu entscheiden.`,
    decidesFirst: (customer, reviewer) => `${customer}: jetzt bei dir, zuerst entscheidet ${reviewer}`,
    nothingDue: (reviewer) => `Von dir ist nichts fällig, bis ${reviewer} entschieden hat.`,
    onceDecided: (reviewer) => `sobald ${reviewer} entschieden hat`,
    rests: ({ asker, reviewer, until, isLate }) =>
      sentences(
        `${asker} möchte ohne die fehlenden Antworten weitermachen.`,
        isLate
          ? `${reviewer} sollte bis ${until} entscheiden; wir fragen weiter nach.`
          : `${reviewer} entscheidet bis ${until}.`,
        'Ist danach noch eine Antwort nötig, hörst du von uns, mit einer Frist.',
      ),
    restsMeanwhile:
      'Du kennst schon eine Antwort? Trag sie auf der Seite ein: Sie wird gespeichert und macht die Ausnahme vielleicht unnötig.',
  },
};

function became(choice: string): string {
  if (choice === 'skipped') return 'wurde ausgelassen';
  return choice === 'unanswered' ? 'endete ohne Antwort' : 'wurde erledigt';
}

const beforeThen = (first: boolean): string =>
  first
    ? 'Erledige es vorher, dann entfällt das. Oder sprecht ab, wer übernimmt.'
    : 'Erledige es vorher, oder schreib, was dich aufhält: Antworte einfach.';
