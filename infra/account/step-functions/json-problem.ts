/** Why a text is no JSON, in the words of the Java parser (Jackson) that Step Functions reads JSON with. */
export interface JsonProblem {
  readonly message: string;
  /** Where, as the parser prints it: `[Source: (String)"…"; line: 1, column: 4]`. */
  readonly location: string;
}

interface Context {
  readonly kind: 'root' | 'Array' | 'Object';
  readonly line: number;
  readonly column: number;
}

interface Scan {
  readonly text: string;
  /** Characters read so far. */
  at: number;
  line: number;
  /** Where the line begins. */
  lineStart: number;
  readonly contexts: Context[];
}

/** How much of a text the parser quotes. */
const SNIPPET = 500;
const LONGEST_TOKEN = 256;
const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const NAME_START = /[\p{L}\p{Nl}\p{Sc}\p{Pc}]/u;
const NAME_PART = /[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}]/u;

class Found extends Error {}

/** What is wrong with a text that JSON.parse refused; undefined when it holds no token at all, or nothing is wrong with it. */
export function jsonProblem(text: string): JsonProblem | undefined {
  const scan: Scan = { text, at: 0, line: 1, lineStart: 0, contexts: [{ kind: 'root', line: 1, column: 0 }] };
  try {
    const first = nextToken(scan);
    if (first === undefined) return undefined;
    if (first === ']' || first === '}') close(scan, first);
    readValue(scan, first);
    readRest(scan);
    return undefined;
  } catch (error) {
    if (!(error instanceof Found)) throw error;
    return { message: error.message, location: locationOf(scan, scan.line, scan.at - scan.lineStart + 1) };
  }
}

function locationOf(scan: Scan, line: number, column: number): string {
  const { text } = scan;
  const rest = text.length > SNIPPET ? `[truncated ${text.length - SNIPPET} chars]` : '';
  return `[Source: (String)"${text.slice(0, SNIPPET)}"${rest}; line: ${line}, column: ${column}]`;
}

function within({ contexts }: Scan): Context {
  return contexts.at(-1) ?? { kind: 'root', line: 1, column: 0 };
}

/** A character as the parser names it. */
function named(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return `(CTRL-CHAR, code ${code})`;
  return code > 255 ? `'${character}' (code ${code} / 0x${code.toString(16)})` : `'${character}' (code ${code})`;
}

function unexpected(character: string, expected: string, where = ''): never {
  throw new Found(`Unexpected character (${named(character)})${where}: ${expected}`);
}

function ended(what: string): never {
  throw new Found(`Unexpected end-of-input${what}`);
}

/** The next character that is no white space; undefined at the end. */
function nextToken(scan: Scan): string | undefined {
  for (;;) {
    const character = scan.text[scan.at];
    if (character === undefined) return undefined;
    scan.at += 1;
    if (character === '\n' || (character === '\r' && scan.text[scan.at] !== '\n')) {
      scan.line += 1;
      scan.lineStart = scan.at;
    } else if (character === '/')
      unexpected(
        '/',
        "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
      );
    else if (character > ' ') return character;
    else if (character !== ' ' && character !== '\t' && character !== '\r')
      throw new Found(
        `Illegal character (${named(character)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
      );
  }
}

/** What follows the first token, up to the end: nested values, separators, and what trails. */
function readRest(scan: Scan): void {
  let first = scan.contexts.length > 1;
  for (;;) {
    let character = nextToken(scan);
    const context = within(scan);
    if (character === undefined) {
      if (context.kind === 'root') return;
      const start = locationOf(scan, context.line, context.column);
      ended(`: expected close marker for ${context.kind} (start marker at ${start})`);
    }
    if (character === ']' || character === '}') {
      close(scan, character);
      first = false;
      continue;
    }
    if (context.kind === 'root') {
      const before = scan.at;
      readValue(scan, character);
      scan.at = before;
      throw new Found('Trailing token found after value: not allowed');
    }
    if (!first) {
      if (character !== ',') unexpected(character, `was expecting comma to separate ${context.kind} entries`);
      character = nextToken(scan) ?? ended(` within/between ${context.kind} entries`);
    }
    if (context.kind === 'Object') {
      if (character !== '"') unexpected(character, 'was expecting double-quote to start field name');
      readText(scan, { what: 'name', unclosed: ' in field name' });
      character = readColon(scan);
    }
    const depth = scan.contexts.length;
    readValue(scan, character);
    first = scan.contexts.length > depth;
  }
}

function readColon(scan: Scan): string {
  const colon = nextToken(scan) ?? ended(' within/between Object entries');
  if (colon !== ':') unexpected(colon, 'was expecting a colon to separate field name and value');
  const value = nextToken(scan) ?? ended(' within/between Object entries');
  if (value === '}') unexpected(value, 'expected a value');
  return value;
}

function close(scan: Scan, marker: string): void {
  const context = within(scan);
  const expected = marker === ']' ? 'Array' : 'Object';
  if (context.kind !== expected) {
    const start = locationOf(scan, context.line, context.column);
    const other = marker === ']' ? '}' : ']';
    throw new Found(
      `Unexpected close marker '${marker}': expected '${other}' (for ${context.kind} starting at ${start})`,
    );
  }
  scan.contexts.pop();
}

/** Reads a scalar, or opens an array or object. */
function readValue(scan: Scan, character: string): void {
  if (character === '{' || character === '[') {
    const kind = character === '{' ? 'Object' : 'Array';
    scan.contexts.push({ kind, line: scan.line, column: scan.at - scan.lineStart });
  } else if (character === '"')
    readText(scan, { what: 'string value', unclosed: ': was expecting closing quote for a string value' });
  else if (character === '-' || (character >= '0' && character <= '9')) readNumber(scan, character);
  else readWord(scan, character);
}

function readText(scan: Scan, kind: { readonly what: string; readonly unclosed: string }): void {
  for (;;) {
    const character = scan.text[scan.at] ?? ended(kind.unclosed);
    scan.at += 1;
    if (character === '"') return;
    if (character < ' ')
      throw new Found(
        `Illegal unquoted character (${named(character)}): has to be escaped using backslash to be included in ${kind.what}`,
      );
    if (character === '\\') readEscape(scan);
  }
}

function readEscape(scan: Scan): void {
  const character = scan.text[scan.at] ?? ended(' in character escape sequence');
  scan.at += 1;
  if ('"\\/bfnrt'.includes(character)) return;
  if (character !== 'u') throw new Found(`Unrecognized character escape ${named(character)}`);
  for (let digit = 0; digit < 4; digit += 1) {
    const hex = scan.text[scan.at] ?? ended(' in character escape sequence');
    scan.at += 1;
    if (!/[\da-f]/i.test(hex)) unexpected(hex, 'expected a hex-digit for character escape sequence');
  }
}

function readNumber(scan: Scan, first: string): void {
  const digits = (): number => {
    const start = scan.at;
    while (/\d/.test(scan.text[scan.at] ?? '')) scan.at += 1;
    return scan.at - start;
  };
  const wrong = (what: string): never => {
    const character = scan.text[scan.at] ?? scan.text[scan.at - 1] ?? first;
    if (scan.at < scan.text.length) scan.at += 1;
    return unexpected(character, what, ' in numeric value');
  };
  let start = first;
  if (first === '-') {
    start = scan.text[scan.at] ?? ended('No digit following minus sign');
    if (!/\d/.test(start)) wrong('expected digit (0-9) to follow minus sign, for valid numeric value');
    scan.at += 1;
  }
  if (digits() > 0 && start === '0') throw new Found('Invalid numeric value: Leading zeroes not allowed');
  if (scan.text[scan.at] === '.') {
    scan.at += 1;
    if (digits() === 0) wrong('Decimal point not followed by a digit');
  }
  if (/[eE]/.test(scan.text[scan.at] ?? '')) {
    scan.at += 1;
    if (/[+-]/.test(scan.text[scan.at] ?? '')) scan.at += 1;
    if (digits() === 0) wrong('Exponent indicator not followed by a digit');
  }
  const next = scan.text[scan.at];
  if (within(scan).kind === 'root' && next !== undefined && !/[ \t\r\n]/.test(next)) {
    scan.at += 1;
    unexpected(next, 'Expected space separating root-level values');
  }
}

const WORDS = new Set(['true', 'false', 'null']);

function readWord(scan: Scan, first: string): void {
  if (!NAME_START.test(first)) unexpected(first, `expected a valid value ${VALUES}`);
  const start = scan.at - 1;
  while (scan.at - start < LONGEST_TOKEN && NAME_PART.test(scan.text[scan.at] ?? '')) scan.at += 1;
  const word = scan.text.slice(start, scan.at);
  if (WORDS.has(word)) return;
  if (word === 'NaN' || word === 'Infinity')
    throw new Found(`Non-standard token '${word}': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow`);
  throw new Found(`Unrecognized token '${word}${word.length === LONGEST_TOKEN ? '...' : ''}': was expecting ${VALUES}`);
}
