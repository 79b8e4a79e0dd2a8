import type { PlaybookWords } from '../../functions/domain/playbook/playbook-words.ts';

const retrospect = {
  right: 'Was gut lief',
  wrong: 'Was nicht gut lief',
  better: 'Was besser werden kann',
} as const;

const gaps = { gaps: 'Was fehlt oder unklar ist' } as const;

/**
 * What the default playbook's emails say in German: „du“ among colleagues. What a step asks for (`ask`) is an infinitive, as
 * it stands beside a colon.
 */
export const german = {
  roles: {
    accountExecutive: 'Account Executive',
    customerSuccessManager: 'Customer Success Manager',
    salesManager: 'Vertriebsleitung',
    successManager: 'Leitung Customer Success',
    revenueOperations: 'Revenue Operations',
  },
  steps: {
    'assign-customer-success-manager': {
      title: 'CSM benennen',
      ask: 'CSM benennen',
      mail: {
        subject: 'Benenne bis {dueSoon} einen CSM',
        preheader: 'Die Regeln haben niemanden gefunden. Mit deiner Wahl beginnt die Übergabe.',
        body: 'Wähle bis {due}, wer sich um {customer} kümmert.',
        button: 'CSM benennen',
        waits: 'Noch bereitet sich niemand auf {customer} vor.',
      },
      choices: { assigned: 'CSM benennen' },
    },
    'tell-who-takes-over': { title: 'Wer übernimmt' },
    'complete-package': {
      title: 'Übergabepaket vervollständigen',
      ask: 'Paket vervollständigen',
      mail: {
        subject: 'Noch {answers} bis {dueSoon}',
        preheader: 'Antworte einmal, dann muss {customer} nichts wiederholen.',
        body: 'Vervollständige das Paket für {customer} bis {due}. Was noch fehlt, steht unten: {answers}; jede erspart dir später einen Anruf. Eine ist nicht zu bekommen? Bitte {reviewer} auf derselben Seite um eine Ausnahme.',
        button: 'Paket vervollständigen',
        waits: 'Ohne das Paket kann {customerSuccessManager} nicht anfangen.',
      },
      choices: { complete: 'Paket übergeben', 'grant-exception': 'Ausnahme gewähren' },
      fields: { reason: 'Warum die Übergabe ohne das weitergehen darf' },
    },
    'schedule-internal-meeting': {
      title: 'Übergabegespräch planen',
      ask: 'Übergabegespräch planen',
      mail: {
        subject: 'Plane das Übergabegespräch bis {dueSoon}',
        preheader: '{least} bis {most} Minuten mit {customerSuccessManager}. Wir laden ein.',
        body: 'Such bis {due} einen Termin mit {customerSuccessManager}. {slot} passt in eure Arbeitszeiten. Hier sagst du, wonach kein Formular fragt.',
        button: 'Termin planen',
        waits: 'Die Fragen von {customerSuccessManager} warten auf einen Termin.',
      },
      choices: { scheduled: 'Termin planen' },
      fields: { personalLine: 'Ein persönlicher Satz an den Kunden für die Vorstellung' },
    },
    'review-brief': {
      title: 'Briefing prüfen',
      ask: 'Briefing prüfen',
      mail: {
        subject: 'Prüfe das Briefing bis {dueSoon}',
        preheader: 'Nimm es an, oder sag {accountExecutive}, was du noch brauchst.',
        body: 'Lies das Briefing unten und nimm die Übergabe bis {due} an. Fehlt etwas? Gib sie mit den Lücken zurück; {accountExecutive} bekommt deine Liste. So weißt du vor dem ersten Gespräch, was {customer} zugesagt ist.',
        button: 'Briefing prüfen',
        waits: 'Die Vorstellung bei {customer} wartet auf {you}.',
      },
      choices: { accept: 'Übergabe annehmen', return: 'Mit Lücken zurückgeben' },
      fields: { questions: 'Fragen für das Gespräch', ...gaps },
    },
    'second-review': {
      title: 'Zweite Prüfung des Briefings',
      ask: 'Briefing als Zweites prüfen',
      mail: {
        subject: 'Zweiter Blick aufs Briefing bis {dueSoon}',
        preheader: '{customerSuccessManager} hat es angenommen. Jetzt bist du dran.',
        body: 'Lies das Briefing, das {customerSuccessManager} angenommen hat, und nimm es bis {due} auch an. Fehlt etwas? Gib es mit den Lücken zurück; {accountExecutive} bekommt deine Liste. Ein großer Kunde verdient vier Augen.',
        button: 'Briefing prüfen',
        waits: 'Die Vorstellung bei {customer} wartet auf die zweite Prüfung.',
      },
      choices: { accept: 'Übergabe annehmen', return: 'Mit Lücken zurückgeben' },
      fields: gaps,
    },
    'draft-success-plan': {
      title: 'Erfolgsplan entwerfen',
      ask: 'Erfolgsplan prüfen',
      mail: {
        subject: 'Prüfe den Erfolgsplan bis {dueSoon}',
        preheader: 'Der Entwurf aus dem Paket steht. Mach ihn zu deinem.',
        body: 'Überarbeite bis {due} den einseitigen Plan, den wir aus dem Paket entworfen haben, und lass jemanden gegenlesen. So kommst du mit einem Plan zum Kickoff, nicht mit einem leeren Blatt.',
        button: 'Plan prüfen',
        waits: 'Die Vorstellung bei {customer} wartet auf den Plan.',
      },
      choices: { drafted: 'Der Plan steht' },
      fields: { plan: 'Der Plan', reviewedBy: 'Wer ihn geprüft hat' },
    },
    'hold-internal-meeting': {
      title: 'Übergabegespräch führen',
      ask: 'Notizen teilen',
      mail: {
        subject: 'Teile deine Notizen bis {dueSoon}',
        preheader: 'Was ihr besprochen habt, solange es frisch ist.',
        body: 'Du hast {accountExecutive} am {metAt} getroffen. Teile bis {due} die Notizen und was noch offen ist, damit nichts verloren geht.',
        button: 'Notizen teilen',
        waits: 'Die Vorstellung bei {customer} wartet auf die Notizen.',
      },
      choices: { held: 'Notizen teilen' },
      fields: {
        heldAt: 'Fand statt am',
        notes: 'Ergebnis',
        recording: 'Aufzeichnung',
        openQuestions: 'Offene Fragen',
      },
    },
    'introduce-by-phone': {
      title: 'CSM am Telefon vorstellen',
      ask: 'CSM am Telefon vorstellen',
      mail: {
        subject: 'Stell {customerSuccessManager} bis {dueSoon} am Telefon vor',
        preheader: 'Wenn es von dir kommt, öffnet das die Tür.',
        body: 'Ruf bis {due} bei {contact} an, stell {customerSuccessManager} vor und notiere, was du hörst. Von dir empfohlen, fängt {customerSuccessManager} mit Vertrauen an.',
        button: 'Anruf eintragen',
        waits: '{contact} kennt {customerSuccessManager} noch nicht.',
      },
      choices: { called: 'Anruf eintragen' },
      fields: { heldAt: 'Angerufen am', notes: 'Was sie gesagt haben' },
    },
    'introduce-customer': {
      title: 'Vorstellung beim Kunden',
      ask: 'Vorstellung senden',
      mail: {
        subject: 'Stell dich bis {dueSoon} vor',
        preheader: 'Dein Entwurf liegt zum Prüfen und Senden bereit.',
        body: 'Prüf den Entwurf, wähle die Empfänger und sende ihn bis {due}. Er geht in deinem Namen hinaus, {accountExecutive} in Kopie. Klär vorher die offenen Punkte, damit {customer} auf jemanden trifft, der Bescheid weiß.',
        button: 'Prüfen und senden',
        waits: '{customer} hat unterschrieben und kennt {you} noch nicht.',
      },
      choices: { approved: 'Freigeben und senden' },
      fields: { text: 'E-Mail' },
    },
    'schedule-kickoff': {
      title: 'Kickoff planen',
      ask: 'Kickoff planen',
      mail: {
        subject: 'Plane den Kickoff bis {dueSoon}',
        preheader: 'Sprich mit {contact} einen Termin ab; wir laden alle ein.',
        body: 'Sprich mit {contact} einen Termin ab und trag ihn bis {due} ein. Wir laden {customer}, dich und {accountExecutive} ein. Ein Datum zeigt {customer}, dass es losgeht.',
        button: 'Kickoff planen',
        waits: '{customer} hat noch kein Startdatum.',
      },
      choices: { scheduled: 'Kickoff planen' },
      fields: { positiveReply: 'Hat der Kunde positiv auf die Vorstellung geantwortet?' },
      negatives: {
        positiveReply: {
          title: 'Erste Antwort des Kunden gewinnen',
          what: 'Finde heraus, warum der Kunde nicht oder nicht gern geantwortet hat, und hol sein Ja zum Start.',
        },
      },
    },
    'hold-kickoff': {
      title: 'Kickoff durchführen',
      ask: 'Ergebnis des Kickoffs teilen',
      mail: {
        subject: 'Wie war der Kickoff? Bis {dueSoon}',
        preheader: 'Namen und Termine, solange sie frisch sind.',
        body: 'Der Kickoff war am {meetingAt}. Teile bis {due}, was ihr vereinbart habt. Geh mit Namen und Terminen heraus, damit nicht alles bei dir bleibt.',
        button: 'Ergebnis teilen',
        waits: 'Die Übernahme wartet auf den Kickoff.',
      },
      choices: { held: 'Ergebnis teilen' },
      fields: { heldAt: 'Fand statt am', notes: 'Ergebnis' },
    },
    'send-onboarding-mails': { title: 'E-Mails zum Start' },
    'map-stakeholders': {
      title: 'Ansprechpersonen prüfen',
      ask: 'Ansprechpersonen prüfen',
      mail: {
        subject: 'Prüfe die Ansprechpersonen bis {dueSoon}',
        preheader: '{accountExecutive} hat {listed} genannt. Wer fehlt?',
        body: 'Prüf bis {due}, wer entscheidet, wer uns trägt und wer zweifelt, und wie alle am besten zu erreichen sind. Geht ein Kontakt, kennst du die anderen.',
        button: 'Liste prüfen',
        waits: 'Die Übernahme wartet auf die Liste.',
      },
      choices: { verified: 'Die Liste stimmt' },
      fields: {
        stakeholders: 'Ansprechpersonen',
        allKeyContacts: 'Sind alle wichtigen Kontakte bekannt?',
        missingContacts: 'Wer fehlt, und wie findest du sie?',
      },
      negatives: {
        allKeyContacts: {
          title: 'Fehlende Kontakte finden',
          what: 'Finde heraus, wer sie sind, und ergänze die Ansprechpersonen.',
        },
      },
    },
    'align-success-plan': {
      title: 'Erfolgsplan abstimmen',
      ask: 'Erfolgsplan abstimmen',
      mail: {
        subject: 'Stimm den Erfolgsplan ab bis {dueSoon}',
        preheader: 'Das Ja des Kunden, oder was sich ändern soll.',
        body: 'Sag uns bis {due}, ob {customer} dem Plan zustimmt oder was sich ändern soll. Dann messt ihr beide denselben Erfolg.',
        button: 'Antwort eintragen',
        waits: 'Die Übernahme wartet auf das Ja von {customer}.',
      },
      choices: { aligned: 'Der Kunde stimmt zu', 'changes-wanted': 'Der Kunde möchte Änderungen' },
      fields: {
        remarks: 'Was sie gesagt haben',
        plan: 'Der Plan mit ihren Änderungen',
        changes: 'Was sich ändern soll',
      },
      negatives: {
        'changes-wanted': {
          title: 'Einigung über den Erfolgsplan',
          what: 'Klär mit dem Kunden, was im Plan noch offen ist, mit deiner Leitung, wenn ihr es zu zweit nicht schafft.',
        },
      },
    },
    'confirm-handoff': {
      title: 'Übernahme bestätigen',
      ask: 'Übernahme bestätigen',
      mail: {
        subject: 'Bestätige die Übernahme bis {dueSoon}',
        preheader: 'Bereit zu übernehmen? Wir sagen es {accountExecutive}.',
        body: 'Bestätige die Übernahme bis {due}, wenn du alles hast. Ergänze, was gut lief oder nicht, wenn du magst; das macht die nächste leichter.',
        button: 'Übernahme bestätigen',
        waits: '{accountExecutive} kann erst dann loslassen.',
      },
      choices: { confirmed: 'Übernahme bestätigen' },
      fields: { signOff: 'Bestätigung', ...retrospect },
    },
    'share-remarks': {
      title: 'Rückblick auf die Übergabe',
      ask: 'Rückblick geben',
      what: 'Sag, wenn du magst, was gut lief, was nicht und was besser werden kann. Wir erinnern dich nicht daran.',
      why: 'Die nächste Übergabe beginnt mit dem, was du sagst.',
      choices: { shared: 'Rückblick teilen' },
      fields: retrospect,
    },
    'close-availability': { title: 'Rückfragen an den Vertrieb' },
    'give-feedback': {
      title: 'Feedback an den Vertrieb',
      ask: 'Feedback geben',
      mail: {
        subject: 'Gib {accountExecutive} Feedback bis {dueSoon}',
        preheader: '3 kurze Antworten, so gesendet, wie du sie schreibst.',
        body: 'Sag {accountExecutive} bis {due}, was gut lief, was gefehlt hat und was du bei {customer} beobachtest. So werden die nächsten Pakete besser.',
        button: 'Feedback geben',
        waits: '{accountExecutive} hat noch nicht gehört, wie es lief.',
      },
      choices: { given: 'Feedback senden' },
      fields: {
        wentWell: 'Was gut lief',
        missingContext: 'Was an Hintergrund fehlte',
        earlySignals: 'Erste Anzeichen von Engagement',
      },
    },
    'rate-handoff': {
      title: 'Übergabe bewerten',
      ask: 'Übergabe bewerten',
      mail: {
        subject: 'Bewerte die Übergabe bis {dueSoon}',
        preheader: 'Eine Note von 1 bis 10, und warum.',
        body: 'Bewerte bis {due}, wie gut dich diese Übergabe vorbereitet hat. Unter {target} sieht sich deine Leitung das mit dir an.',
        button: 'Übergabe bewerten',
        waits: 'Was besser gehen könnte, sieht sonst niemand.',
      },
      choices: { rated: 'Bewertung senden' },
      fields: { score: 'Bewertung von 1 bis 10', why: 'Warum' },
    },
    'record-first-value': {
      title: 'Ersten Nutzen festhalten',
      ask: 'Ersten Nutzen festhalten',
      mail: {
        subject: 'Schon erster Nutzen? Antworte bis {dueSoon}',
        preheader: 'Frage {question} von {questions}: ja oder noch nicht.',
        body: 'Sag bis {due}, ob {customer} den ersten Meilenstein erreicht hat. Das wollten sie:\n{outcome}',
        button: 'Ersten Nutzen festhalten',
        waits: 'Ohne Antwort fragen wir {again} noch einmal.',
      },
      choices: { reached: 'Erreicht', 'not-yet': 'Noch nicht' },
      fields: {
        heldAt: 'Erreicht am',
        onboardingComplete: 'Ist das Onboarding abgeschlossen?',
        retro: 'Rückblick',
        remark: 'Was im Weg steht',
      },
      negatives: {
        'not-yet': {
          title: 'Ersten Nutzen erreichen',
          what: 'Vereinbare mit dem Kunden, was es bis zum ersten Meilenstein braucht, und erreicht ihn.',
        },
      },
    },
    'remind-of-renewal': { title: 'Erinnerung an die Verlängerung' },
    'settle-open-item': {
      title: 'Offener Punkt',
      ask: 'Offenen Punkt klären',
      mail: {
        subject: '{answers} von dir bis {dueSoon}',
        preheader: 'Die Übergabe ging ohne das weiter; es bleibt bei dir, bis es geklärt ist.',
        body: 'Liefere bis {due}: {answers}. {customerSuccessManager} arbeitet bis dahin ohne.',
        button: 'Jetzt antworten',
      },
      choices: { supplied: 'Antworten liefern', settled: 'Es ist geklärt', 'not-possible': 'Es geht nicht' },
      fields: { outcome: 'Was dabei herauskam', reason: 'Warum nicht' },
    },
  },
  meetings: {
    'internal-meeting': {
      title: 'Übergabe: {customer}',
      agenda: [
        'Hintergrund: warum und wofür sie gekauft haben',
        'Personen: wer entscheidet, wer uns trägt, wer bremst',
        'Ziele: was sie bis Tag 30, 60 und 90 erwarten',
        'Risiken: Warnzeichen und Zusagen',
      ],
    },
    kickoff: {
      title: 'Kickoff: {customer} und {company}',
      agenda: [
        'Wer ist wer, auf beiden Seiten',
        'Was Sie erreichen möchten, und woran Sie es merken',
        'Der Plan für die ersten Wochen, und wer was tut',
        'Wie wir zusammenarbeiten: Kanal, Rhythmus, wen Sie fragen',
        'Nächste Schritte',
      ],
    },
  },
  segments: {
    'self-serve': {
      'introduce-customer': {
        mail: {
          subject: 'Stell dich bis {dueSoon} vor',
          preheader: 'Dein Entwurf liegt zum Prüfen und Senden bereit.',
          body: 'Prüf den Entwurf, wähle die Empfänger und sende ihn bis {due}. Er geht in deinem Namen hinaus, {accountExecutive} in Kopie. Klär vorher die offenen Punkte. Damit gibst du auch {approved} E-Mails zum Start frei; sie stehen ganz da.',
          button: 'Prüfen und senden',
          waits: '{customer} hat unterschrieben und kennt {you} noch nicht.',
        },
      },
      'draft-success-plan': {
        mail: {
          subject: 'Prüfe den Erfolgsplan bis {dueSoon}',
          preheader: 'Der Entwurf aus dem Paket steht. Mach ihn zu deinem.',
          body: 'Überarbeite bis {due} den einseitigen Plan, den wir aus dem Paket entworfen haben, und lass jemanden gegenlesen. So schreibst du {customer} mit einem Plan, nicht mit einem leeren Blatt.',
          button: 'Plan prüfen',
          waits: 'Die Vorstellung bei {customer} wartet auf den Plan.',
        },
      },
    },
  },
} as const satisfies PlaybookWords;
