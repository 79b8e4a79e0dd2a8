const voidTags = new Set(['meta', 'input', 'br', 'hr', 'link', 'img']);

/** What is wrong with the nesting of tags in an HTML text, double ids, and labels that point nowhere; empty when nothing is. */
export function tagProblems(html: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const markup = html
    .replace(/<!--.*?-->/gs, '')
    .replace(/(<style[^>]*>).*?<\/style>/gs, '$1</style>')
    .replace(/<!doctype html>/, '');
  for (const [, close, tag = '', attributes = ''] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:[^"'>]|"[^"]*")*)>/g)) {
    if (close) {
      const last = open.pop();
      if (last !== tag) problems.push(`</${tag}> closes <${last}>`);
    } else {
      if (!voidTags.has(tag)) open.push(tag);
      if (!/^(\s+[a-z:-]+(="[^"<>]*")?)*\s*$/.test(attributes)) problems.push(`<${tag}${attributes}>`);
    }
  }
  problems.push(...open.map((tag) => `<${tag}> is never closed`));
  const ids = [...markup.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id);
  problems.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id ${id} is there twice`));
  const pointers = [...markup.matchAll(/\s(?:for|aria-describedby)="([^"]*)"/g)].flatMap(([, to = '']) =>
    to.split(' '),
  );
  const anchors = [...markup.matchAll(/href="#([^"]*)"/g)].map(([, to = '']) => to);
  problems.push(...[...pointers, ...anchors].filter((to) => !ids.includes(to)).map((to) => `nothing has the id ${to}`));
  if (/<[^a-z/!]/.test(markup)) problems.push('a bare <');
  return problems;
}
