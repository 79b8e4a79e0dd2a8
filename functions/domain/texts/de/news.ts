import type { Texts } from '../en/en.ts';
import { capital, count, does, ended, list } from './grammar.ts';

const theAnswers = (n: number): string => (n === 1 ? 'das' : 'sie');

function until(n: number, still: boolean): string {
  if (n === 1) return still ? 'solange es fehlt' : 'bis es da ist';
  return still ? 'solange sie fehlen' : 'bis sie da sind';
}

export const news: Pick<
  Texts,
  'owed' | 'items' | 'open' | 'handing' | 'news' | 'drafts' | 'changed' | 'bounced' | 'called'
> = {
  owed: {
    subject: ({ customer, answers: owed, date, still }) =>
      `${customer}: ${owed} ${still ? 'fehlen noch,' : 'von dir'} bis ${date}`,
    still: (customer, owed, date) => ended(`Für ${customer} brauchen wir von dir noch ${owed} bis ${date}`),
    named: (who, owed, date) =>
      ended(
        `${who === undefined ? 'Du hast' : `${who} hat`} die Übergabe weitergehen lassen und dich für ${owed} eingetragen, bis ${date}`,
      ),
    works: (role, n, still) => `${role} arbeitet ohne ${theAnswers(n)}, ${until(n, still)}.`,
    giveTo: (who, n, still) =>
      `Gib ${n === 1 ? 'es' : 'sie'} an ${who}. ${who} arbeitet ohne ${theAnswers(n)}, ${until(n, still)}.`,
    toCome: 'Fehlt noch',
    whyWait: 'Warum es warten konnte',
    open: 'Paket öffnen',
    by: (name, until) => `Von ${name} bis ${until}`,
  },

  items: {
    answered: (who, title, said) => `${who === undefined ? 'Du hast' : `${who} hat`} „${title}“ beantwortet: ${said}.`,
    said: 'Was dazu gesagt wurde',
    goneAhead: (who, forOwner) =>
      `${who === undefined ? 'Du hast' : `${who} hat`} die Übergabe weitergehen lassen${forOwner ? ' und dich dafür eingetragen' : ''}.`,
    worksWithout: (who, n) => `${who} arbeitet bis dahin ohne ${theAnswers(n)}.`,
    skipped: (who) => `${who} hat entschieden, darauf zu verzichten.`,
    unanswered: 'Niemand hat es geliefert, und wir fragen nicht mehr danach.',
    notPossible: (who) => `${who} hat festgestellt, dass es nicht geht.`,
    answersIn: 'Die Antworten sind da.',
    settledBy: (who) => `${who} hat es geklärt.`,
    subject: (customer, what, settled) => `${customer}: ${settled ? 'Geklärt' : 'Geschlossen'}: ${what}`,
    over: ({ title, customer, how, inBrief }) =>
      `„${title}“ für ${customer} ist nicht mehr offen. ${how}${inBrief ? ' Es steht im Briefing.' : ''}`,
    ended: (customer) => `${customer}: offene Punkte geschlossen`,
    dealOver: (customer, who) => `Der Deal mit ${customer} ist beendet, sagt ${who}.`,
    notAsked: 'Danach fragen wir nicht mehr',
    nothingMore: 'Für dich gibt es hier nichts mehr zu tun.',
    field: (section, label) => `${section}: ${label}`,
    more: (first, n) => list.format([first, count(n, { one: 'weitere Antwort', other: 'weitere Antworten' })]),
    handIn: (names) => `Liefere nach, was noch fehlt: ${names.join('; ')}.`,
  },

  open: {
    by: (who, when) => ended(`${who}${when === '' ? '' : `, bis ${when}`}`),
    givenUp: (who, reason) => `Aufgegeben von ${who}${reason === '' ? '.' : `: ${reason}`}`,
    answered: (title, said) => `„${title}“: ${said}.`,
    leftOpen: (title) => `Offen geblieben bei „${title}“.`,
    said: (label, no) => (no ? `${label} Nein` : label),
  },

  handing: {
    back: (time) => ` (zurück am ${time})`,
    standsIn: ({ customer, owner, name, back }) => `${customer}: ${owner} vertritt ${name ?? 'dich'}${back}`,
    bothAway: (name, owner) => `Du hast ${name} vertreten und bist jetzt selbst nicht da. Nun ist ${owner} gefragt:`,
    goesBack: (name) => `Was noch offen ist, wenn ${name} zurück ist, geht zurück an ${name}.`,
    inYourPlace: (owner) => `Während du weg bist, übernimmt ${owner} für dich:`,
    backToYou: 'Was bei deiner Rückkehr noch offen ist, kommt zu dir zurück.',
    isBack: (customer, owner) => `${customer}: ${owner} ist zurück und übernimmt wieder`,
    thanks: 'Danke, dass du eingesprungen bist. Das liegt nicht mehr bei dir:',
    oldLink: 'Dein alter Link zeigt nur noch den Stand.',
    fromYou: (customer, owner) => `${customer}: ${owner} übernimmt von dir`,
    offYourList: (by, owner) => `${by} hat ${owner} gebeten zu übernehmen. Das liegt nicht mehr bei dir:`,
    answers: (owner) => `Ab jetzt ist ${owner} dafür zuständig.`,
    away: (name, back) => `${name} ist gerade nicht da${back}.`,
    stoodIn: (from, isTheirs) =>
      `${from} war ${isTheirs ? 'deine Vertretung' : 'die Vertretung'} und ist auch nicht da.`,
    asked: (owner, isTheirs) => `${owner} übernimmt ${isTheirs ? 'für dich' : 'die Vertretung'}:`,
    thenBack: (name) => `Was dann noch offen ist, geht zurück an ${name}.`,
    from: (customer, owner, from) => `${customer}: ${owner} übernimmt von ${from}`,
    left: (from, owner) => `${from} ist nicht mehr im Unternehmen. ${owner} übernimmt:`,
    forGood: (owner, from) => `${owner} kann alles von ${from} in dieser Übergabe dauerhaft weitergeben.`,
    again: (customer, owner, from) => `${customer}: ${owner} übernimmt wieder von ${from}`,
    backAgain: (from, owner) => `${from} hat ${owner} vertreten. ${owner} ist zurück und hat das wieder:`,
    took: ({ by, owner, from, all }) =>
      `${by} hat ${owner} gebeten, ${all ? 'in dieser ganzen Übergabe ' : ''}${from === undefined ? '' : `von ${from} `}zu übernehmen:`,
    subjectFrom: ({ customer, verb, due, from }) =>
      `${customer}: ${verb} bis ${due}${from === '' ? '' : `, von ${from}`}`,
    subjectFor: ({ customer, verb, due, holder }) => `${customer}: ${verb} bis ${due}, für ${holder}`,
    leadAway: (holder, back, named) =>
      `${holder} ist gerade nicht da${back}${named ? ' und hat dich benannt' : ''}, deshalb bist du gefragt. Ist es danach noch offen, geht es zurück an ${holder}.`,
    leadLeft: (holder, customer) =>
      `${holder} ist nicht mehr im Unternehmen, deshalb bist du gefragt. Auf der Seite kannst du es weitergeben, mit allem anderen für ${customer}.`,
    leadBack: (from) => `${from} hat dich vertreten. Es ist noch offen und liegt wieder bei dir.`,
    crmOffYourList: (owner) => `Im CRM steht jetzt ${owner} statt dir. Was hier deins war, liegt nicht mehr bei dir.`,
    crmTook: (owner, from) => `Im CRM steht jetzt ${owner} statt ${from}, für diese ganze Übergabe.`,
    toYou: (customer, from) => `${customer}: du übernimmst von ${from}`,
    tookYou: ({ by, from, all }) =>
      `${by} hat dich gebeten, ${all ? 'in dieser ganzen Übergabe ' : ''}${from === undefined ? '' : `von ${from} `}zu übernehmen:`,
    later: 'Jetzt ist nichts fällig. Du bekommst eine E-Mail, sobald du dran bist.',
    crmYours: (from) =>
      `Im CRM stehst jetzt du statt ${from}. Von dort ist nichts offen; was in dieser Übergabe noch kommt, ist deins.`,
    crmAsked: (from) => `Im CRM stehst jetzt du statt ${from}.`,
    yours: (customer, from) => `${customer} gehört jetzt dir, von ${from}`,
    leadAsked: (by, from) => `${by} hat dich gebeten${from === undefined ? '' : `, von ${from}`} zu übernehmen.`,
  },

  news: {
    waiting: (customer, until) => `${customer}: Warten auf den Kunden bis ${until}`,
    paused: (who, title) => `${who} hat „${title}“ pausiert:`,
    noReminders: 'Bis dahin erinnern wir nicht.',
    nothingLeft: 'Für dich gibt es nichts mehr zu tun.',
    skippedSubject: (customer, title) => `${customer}: „${title}“ übersprungen`,
    noHelp: (customer, verb) => `${customer}: Keine Hilfe mehr nötig: ${verb}`,
    decideException: 'Über die Ausnahme entscheiden',
    declined: (who, title, when) => `${who} hat die Ausnahme für „${title}“ am ${when} abgelehnt.`,
    skipped: (who, title, when) => `${who} hat „${title}“ am ${when} übersprungen.`,
    answered: ({ who, title, when, label }) =>
      `${who} hat „${title}“ am ${when} beantwortet${label === '' ? '.' : `: ${label}.`}`,
    nobody: (customer, verb) => `${customer}: Niemand da für „${verb}“`,
    nobodyThere: (name, back) =>
      `Wir haben ${name} gefragt, nicht im Dienst wie alle, die vertreten könnten.${back === '' ? '' : ` Am ${back} ist die erste Person zurück.`} Sprecht ab, wer handelt, und vergib den Schritt neu.`,
    stranger: (customer, email) => `${customer}: ${email} fehlt im Verzeichnis`,
    strangerText: (email, verb) =>
      `Laut CRM hat ${email} verkauft und wurde gefragt: „${verb}“. Arbeitszeiten und Führungskraft sind nicht bekannt. Nimm die Person auf, oder vergib den Schritt neu.`,
    newLink: (customer, title) => `Dein neuer Link: ${customer}, ${title}`,
    opens: (title) => `Er öffnet „${title}“. Der alte Link gilt nicht mehr.`,
    ignore: 'Nicht angefordert? Dann ist nichts zu tun; es hat sich nichts geändert.',
    canceled: (customer) => `${customer}: Übergabe abgebrochen`,
    ended: (who, customer) => `${who} hat die Übergabe von ${customer} beendet.`,
    nothingMore: 'Es ist nichts mehr zu tun.',
    customerUnaware: 'Der Kunde weiß noch nichts; sprecht ab, wer es sagt.',
    knowOff: (names, when) => `${does(names, 'hat erfahren', 'haben erfahren')}, dass der Termin am ${when} ausfällt.`,
    knowNotWhy: 'Warum, weiß der Kunde noch nicht; sprecht ab, wer es sagt.',
    abandonedWhy: () => '',
    abandoned: (customer) => `${customer}: Übergabe ohne Zuständige geschlossen`,
    tooLong: (title, customer) =>
      `„${title}“ war zu lange offen. Benenne jemanden für ${customer}, oder gewinne den Deal im CRM noch einmal, dann beginnt sie neu.`,
    held: (customer) => `${customer}: Kam unsere E-Mail an?`,
    heldText: (called) =>
      `${capital(called)} ging vielleicht nicht hinaus. Frag jemanden in Kopie, bevor du selbst schreibst. Wir senden nicht zweimal.`,
  },

  drafts: {
    may: (customer) => `${customer} wird vielleicht dein Kunde: der Entwurf`,
    expects: (who, customer, date) => ended(`${who} rechnet mit der Unterschrift von ${customer} am ${date}`),
    because: (reason) => `Warum du: ${reason}`,
    complete: (percent, who) =>
      `Der Entwurf ist zu ${percent} vollständig; frag ${who} jetzt nach dem, was dir fehlen würde. Fällig ist nichts.`,
    read: 'Entwurf lesen',
    start: (customer) => `${customer}: Beginn das Paket, solange alles frisch ist`,
    came: (k, total) => `${k} von ${total} Antworten kamen aus dem CRM.`,
    later: (percent) =>
      `Was du jetzt ergänzt, fragen wir später nicht. Ziel bis zur Unterschrift: ${percent}. Fällig ist nichts.`,
    takes: (who) => `${who} übernimmt nach der Unterschrift und liest den Entwurf.`,
    meet: (minutes, who, time) =>
      `Triff ${who} vor der Unterschrift für ${minutes}. ${time === '' ? `Frag ${who} nach einem Termin.` : `${time} könnte euch beiden passen.`}`,
    meets: (minutes, who, time) =>
      `${who} bittet dich vor der Unterschrift um ${minutes}.${time === '' ? '' : ` ${time} könnte euch beiden passen.`}`,
    open: 'Entwurf beginnen',
    whole: (customer) => `${customer}: Das Paket ist schon vollständig`,
    all: (answers) => `Alle ${answers} kamen aus dem CRM. Zu ergänzen ist nichts.`,
    ready: 'Sieh es gern durch; fällig ist nichts. Bleibt es so bis zur Unterschrift, fragen wir dich nicht danach.',
  },

  changed: {
    one: (customer, label) => `${customer}: im CRM geändert: ${label}`,
    more: (customer, answers) => `${customer}: ${answers} im CRM geändert`,
    lead: (customer) => `Der Deal mit ${customer} wurde im CRM geändert:`,
    was: (now, was) => (was === '' ? now : `${now}, vorher: ${was}`),
    kept: ({ now, was, who }) => `${was} bleibt, weil ${who} es später geschrieben hat. Im CRM steht ${now}`,
    contacts: (sort, names) => `${{ added: 'Neu', gone: 'Nicht mehr dabei', changed: 'Geändert' }[sort]}: ${names}.`,
    sells: (owner) => `Für den Vertrieb ist jetzt ${owner} zuständig.`,
    checkPlans: 'Prüf, ob dein Plan für sie noch passt.',
    explain: (who) => `Sag ${who}, was dahintersteckt.`,
    next: 'Sonst ist nichts zu tun.',
    read: 'Briefing lesen',
  },

  bounced: {
    unsent: (called) => `${capital(called)} ging nicht dorthin.`,
    again: 'Dorthin schreiben wir nicht mehr, es sei denn, jemand trägt die Adresse später noch einmal ein.',
    back: (customer, contacts) => `${customer}: E-Mail an ${contacts} kam zurück`,
    backText: 'Sie ist nicht angekommen.',
    backHint: 'Frag nach der richtigen Adresse und schreib selbst.',
    spam: (customer) => `${customer}: E-Mail als Spam gemeldet`,
    spamHint: 'Ruf an, bevor du wieder schreibst.',
    refused: (customer, contacts) => `${customer}: E-Mail an ${contacts} abgewiesen`,
    refusedText: 'Der E-Mail-Dienst hat sie wegen ihres Inhalts abgewiesen.',
    refusedHint: 'Prüf Text und Links und schreib selbst.',
    colleague: (customer, address) => `E-Mails erreichen ${address} nicht: ${customer}`,
    colleagueText: (customer, address, operations) =>
      `Eine E-Mail zu ${customer} kam zurück. Sag ${address}, was ansteht. Die Adresse fehlt in der Personenliste: ${operations} kann sie ergänzen.`,
  },

  called: {
    'handoff-begins': 'die Nachricht, wer übernimmt',
    'internal-meeting-invitation': 'die Einladung zum Übergabegespräch',
    'internal-meeting-notes': 'die Notizen aus dem Übergabegespräch',
    'customer-introduction': 'die Vorstellung',
    'kickoff-invitation': 'die Einladung zum Kickoff',
    'handoff-confirmation': 'die Bestätigung',
    'availability-closes': 'die Nachricht zum Ende der Rückfragen',
    'availability-ended': 'die Nachricht zum Ende der Eskalationen',
    feedback: 'das Feedback',
    'first-value': 'die Nachricht vom ersten Nutzen',
    'low-score': 'der Hinweis auf die niedrige Bewertung',
    'onboarding-faq': 'die erste E-Mail zum Start',
    'onboarding-features': 'die zweite E-Mail zum Start',
    'onboarding-contacts': 'die dritte E-Mail zum Start',
    'renewal-reminder': 'die Erinnerung an die Verlängerung',
  },
};
