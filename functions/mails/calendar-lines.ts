/** A clean text as a value in iCalendar (RFC 5545, 3.3.11): nothing in it ends the value, or begins another property. */
export const textValue = (text: string): string =>
  text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r\n?|\n/g, '\\n');

/** The octets of a line, as RFC 5545 (3.1) would have them at most. */
const longest = 75;

/** Lines as iCalendar has them: folded, so that none is longer than 75 octets and no character is torn apart; each ends with CRLF. */
export const calendarText = (lines: readonly string[]): string => lines.map((line) => `${folded(line)}\r\n`).join('');

function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > longest) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
