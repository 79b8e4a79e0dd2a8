import { cleanLine } from '../fields/clean-text.ts';

/** How registers spell what kind of company it is, at the end of its name and behind a blank or a comma. */
const legalForm =
  /(?<=[\s,])(?:(?:GmbH|UG|AG|SE)(?: (?:&|und) Co\.? KG(?:aA)?)?|(?:&|und) Co\.? KG|KGaA|KG|OHG|GbR|mbH|e\.? ?V\.|e\.? ?K\.|K\. ?K\.|KK|G\. ?K\.|Co\.?,? Ltd\.?|Inc\.?|Incorporated|Corp\.?|Corporation|L\.?L\.?C\.?|LLP|Ltd\.?|Limited|PLC|plc|Pty\.?|S\.A\.(?: de C\.V\.)?|SAS|S\.A\.S\.|SARL|S\.?r\.?l\.?|S\.p\.A\.|SpA|B\.?V\.|BV|N\.V\.|NV|ApS|A\/S|ASA|Oyj?|Sp\. z o\.o\.|s\.r\.o\.|d\.o\.o\.|Kft\.?)$/u;

/** More characters than any of them has, with what stands before it. */
const longestForm = 32;

/** Japanese forms stand at either end, with no blank. */
const joinedForm = /^(?:株式会社|有限会社|合同会社)|(?:株式会社|有限会社|合同会社)$/gu;

/**
 * A company's name as people say it: 'Nordwind Logistik' for 'Nordwind Logistik GmbH'. What stands in parentheses behind it, such as
 * the name in another script or a country, stays. One line.
 */
export function withoutLegalForm(name: string): string {
  const line = cleanLine(name);
  const opening = Math.max(line.lastIndexOf('('), line.lastIndexOf('（'));
  if (opening < 1 || !/[)）]$/.test(line)) return withoutForm(line);
  const [called, behind] = [line.slice(0, opening).trim(), line.slice(opening + 1, -1).trim()];
  return `${withoutForm(called)} ${line.charAt(opening)}${withoutForm(behind)}${line.slice(-1)}`;
}

function withoutForm(text: string): string {
  const line = text.replace(joinedForm, '').trim() || text;
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
