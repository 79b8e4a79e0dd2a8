import type { State } from './states.ts';

// How each kind of state is drawn: Graphviz's attributes of its node. State names are letters, digits, spaces, hyphens and
// parentheses, so that nothing in them needs to be escaped.

/** A request with the wait for its answer: one box of two rows. */
export function stepShape(ask: string, wait: string): string {
  const cell = (name: string, attributes: string) =>
    `<TR><TD ${attributes} CELLPADDING="5">${wrapped(name).join('<BR/>')}</TD></TR>`;
  const label = `<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" STYLE="ROUNDED">${cell(ask, '')}<HR/>${cell(wait, '')}</TABLE>`;
  return `[shape=plain, class=step, label=<${label}>]`;
}

/** Any other state; `isLast`: with it, an execution ends well. */
export function shapeOf(name: string, state: State, isLast = false): string {
  const label = `label="${wrapped(name).join('\\n')}"`;
  if (isLast) return `[shape=oval, class=end, ${label}]`;
  switch (state['Type']) {
    case 'Choice':
      return `[shape=hexagon, class=choice, margin="0,0.02", ${label}]`;
    case 'Wait':
      return `[shape=box, style="rounded,dashed", class=wait, ${label}]`;
    case 'Succeed':
      return `[shape=oval, class=end, ${label}]`;
    default:
      return sends(state) ? `[shape=note, class=tell, ${label}]` : `[shape=box, class=system, ${label}]`;
  }
}

/** Whether it sends a mail that nobody has to answer. */
const sends = (state: State): boolean => /"say":/.test(JSON.stringify(state['Arguments'] ?? {}));

/** Lines of about this many characters keep five branches beside each other legible. */
const longestLine = 21;

/** A name in lines, broken between words. */
export function wrapped(name: string): readonly string[] {
  const lines: string[] = [];
  // What stands in parentheses stays together.
  for (const word of name.match(/\([^)]*\)|[^ ]+/g) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= longestLine) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
