import { cleanLine } from '../fields/clean-text.ts';

/** How registers spell what kind of company it is, at the end of its name. */
const legalForm =
  /[\s,]+(?:(?:GmbH|UG|AG|SE)(?: (?:&|und) Co\.? KG(?:aA)?)?|(?:&|und) Co\.? KG|KGaA|KG|OHG|GbR|mbH|e\.? ?V\.|e\.? ?K\.|Inc\.?|Incorporated|Corp\.?|Corporation|L\.?L\.?C\.?|LLP|Ltd\.?|Limited|PLC|plc|Pty\.?|S\.A\.(?: de C\.V\.)?|SAS|S\.A\.S\.|SARL|S\.?r\.?l\.?|S\.p\.A\.|SpA|B\.?V\.|BV|N\.V\.|NV|ApS|A\/S|ASA|Oyj?|Sp\. z o\.o\.|s\.r\.o\.|d\.o\.o\.|Kft\.?)$/u;

/** A company's name as people say it: 'Nordwind Logistik' for 'Nordwind Logistik GmbH'. One line. */
export function withoutLegalForm(name: string): string {
  const line = cleanLine(name);
  const shorter = line.replace(legalForm, '');
  if (shorter === line || shorter === '') return line;
  return withoutLegalForm(shorter);
}
