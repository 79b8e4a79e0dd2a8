import { cleanLine } from '../fields/clean-text.ts';

/** How registers spell what kind of company it is, at the end of its name and behind a blank or a comma. */
const legalForm =
  /(?<=[\s,])(?:(?:GmbH|UG|AG|SE)(?: (?:&|und) Co\.? KG(?:aA)?)?|(?:&|und) Co\.? KG|KGaA|KG|OHG|GbR|mbH|e\.? ?V\.|e\.? ?K\.|Inc\.?|Incorporated|Corp\.?|Corporation|L\.?L\.?C\.?|LLP|Ltd\.?|Limited|PLC|plc|Pty\.?|S\.A\.(?: de C\.V\.)?|SAS|S\.A\.S\.|SARL|S\.?r\.?l\.?|S\.p\.A\.|SpA|B\.?V\.|BV|N\.V\.|NV|ApS|A\/S|ASA|Oyj?|Sp\. z o\.o\.|s\.r\.o\.|d\.o\.o\.|Kft\.?)$/u;

/** More characters than any of them has, with what stands before it. */
const longestForm = 32;

/** A company's name as people say it: 'Nordwind Logistik' for 'Nordwind Logistik GmbH'. One line. */
export function withoutLegalForm(name: string): string {
  const line = cleanLine(name);
  let end = line.length;
  for (;;) {
    const form = legalForm.exec(line.slice(Math.max(0, end - longestForm), end))?.[0];
    if (form === undefined) return line.slice(0, end);
    let before = end - form.length;
    while (before > 0 && /[\s,]/.test(line.charAt(before - 1))) before -= 1;
    // A name that is nothing else stays.
    if (before === 0) return line.slice(0, end);
    end = before;
  }
}
