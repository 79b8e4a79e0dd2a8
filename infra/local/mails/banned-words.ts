/** Words that no text of ours says, with what it says instead. */
const banned: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bhand-?overs?\b/i, 'handoff'],
  [/\bclient dna\b/i, 'brief'],
  [/\bmail(s|ed|ing)?\b/i, 'email'],
  [/\bbreach(es|ed)?\b/i, 'overdue'],
  [/\bSLAs?\b/, 'promise, due'],
  [/\bnag(s|ged|ging)?\b/i, 'remind'],
  [/\bchas(e|es|ed|ing)\b/i, 'ask again'],
  [/\bladders?\b/i, 'escalation'],
  [/\brungs?\b/i, 'escalation'],
  [/\btokens?\b/i, 'link'],
  [/\brounds?\b/i, 'again'],
  [/\bexecutions?\b/i, 'handoff'],
  [/\bwon episodes?\b/i, 'deal'],
  [/\banew\b/i, 'again'],
  [/\bin retrospect\b/i, 'now'],
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\bnobody has to\b/i, 'you can'],
  [/\bbetween two chairs\b/i, 'left out'],
  [/\bfailed to\b/i, "didn't"],
  [/\byou owe\b/i, 'from you'],
  [/\binvalid\b/i, 'what it must be'],
  [/\bkindly\b/i, 'please, or nothing'],
  [/: done\b/i, 'what was done'],
  [/\byour choice\b/i, 'what was chosen'],
];

/** The same in German emails; English that is left among them, by words that German has not. */
const bannedInGerman: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(?<!E-)\bMails?\b/, 'E-Mail'],
  [/\bSLAs?\b/, 'Zusage, fällig'],
  [/\b(Token|Ticket|Workflow)s?\b/, 'Link, Schritt, Prozess'],
  [/\b(mahn|nerv)\w*/i, 'erinnern'],
  [/\b(versäumt|verpasst|vergessen)\b/i, 'war fällig'],
  [/\bungültig\w*/i, 'wie es sein muss'],
  [/\b(leider|kindly|gerne zeitnah|zeitnah)\b/i, 'nichts'],
  [
    /\b(the|and|you|your|with|from|are|is|this|that|by|of|to|for|not|it|they|their|when|who|which|will|has|have)\b(?!-)/i,
    'German',
  ],
];

const bannedIn: Readonly<Record<string, typeof banned>> = { en: banned, de: bannedInGerman };

/**
 * The banned words in texts of a language, each with what to say instead. Addresses and links may hold any, and so may what was
 * `typed` by people.
 */
export function bannedWords(
  texts: readonly string[],
  { typed, language = 'en' }: { readonly typed: readonly string[]; readonly language?: string },
): readonly string[] {
  const theirs = typed.map(flat).filter(({ length }) => length > 3);
  // What stands as a quote, somebody wrote, in a language of their own.
  const said = texts.join('\n').replace(language === 'en' ? /^$/ : /^> ?.*$/gm, '');
  const ours = theirs
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, each) => withoutCut(text.replaceAll(each, ' '), each), flat(said));
  return (bannedIn[language] ?? []).flatMap(([pattern, instead]) => {
    const found = pattern.exec(ours);
    return found ? [`"${found[0]}" (say: ${instead}) in "${around(ours, found.index)}"`] : [];
  });
}

/** A text without the beginnings of a longer one that were cut: those that end with '…'. */
function withoutCut(text: string, typed: string): string {
  const start = typed.slice(0, leastOfCut);
  if (typed.length < leastOfCut) return text;
  let left = text;
  for (let at = left.indexOf(start); at >= 0; at = left.indexOf(start, at + 1)) {
    let end = at;
    while (end - at < typed.length && left[end] === typed[end - at]) end++;
    if (left[end] === '…') left = `${left.slice(0, at)} ${left.slice(end + 1)}`;
  }
  return left;
}

/** Characters: what is cut shorter could be anybody's words. */
const leastOfCut = 40;

/** One line, without addresses and links. */
const flat = (text: string): string =>
  text
    .replace(/^> ?/gm, '')
    .replace(/https?:\/\/\S+|[^\s<>]+@[^\s<>]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const around = (text: string, at: number): string => text.slice(Math.max(0, at - 20), at + 30).trim();
