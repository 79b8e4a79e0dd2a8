import { instance } from '@viz-js/viz';
import type { Playbook } from '../functions/domain/playbook/playbook.ts';
import { compile } from './compile.ts';
import { drawing } from './drawing.ts';

/** The state machine of a playbook as an SVG image that is legible on light and dark backgrounds. */
export async function pictureOf(playbook: Playbook): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(drawing(compile(playbook)), { format: 'svg', engine: 'dot' });
  const [opening = '', width = '', height = ''] = /<svg width="(\d+)pt" height="(\d+)pt"[^>]*>/.exec(svg) ?? [];
  const content = svg.slice(svg.indexOf(opening) + opening.length, svg.lastIndexOf('</svg>'));
  const said = `The state machine of the playbook ${playbook.name}, from the deal that is won to the end of its handoff`;
  // A margin of its own, as the picture brings its own background.
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 ${Number(width) + 24} ${Number(height) + 24}" width="${Number(width) + 24}" role="img" aria-label="${said}">
<style>${style}</style>
<rect class="paper" x="-12" y="-12" width="100%" height="100%" rx="8"/>
${titlesOnTop(withRules(withoutColors(withNames(content)))).trim()}
</svg>
`;
}

/**
 * What each shape stands for, so that whoever shows the picture can mark it: a node's state (a request's, where the wait for its
 * answer is drawn with it), an arrow's two ends.
 */
const withNames = (svg: string): string =>
  svg
    .replace(/(<g id="node\d+" class="[^"]*")>\n<title>([^<]*)<\/title>/g, (_, tag: string, name: string) => {
      return `${tag} data-state="${plain(name)}">`;
    })
    .replace(/(<g id="edge\d+" class="[^"]*")>\n<title>([^<]*)&#45;&gt;([^<]*)<\/title>/g, (_, tag, from, to) => {
      return `${tag} data-from="${plain(from)}" data-to="${plain(to)}">`;
    });

/** Graphviz writes a hyphen as a character reference. */
const plain = (name: string): string => name.replaceAll('&#45;', '-');

/** Graphviz writes colors and titles (which show as tooltips) into every shape: the style below has the colors. */
const withoutColors = (svg: string): string =>
  svg
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/ (fill|stroke|font-family)="[^"]*"/g, '')
    .replace(/<title>[^<]*<\/title>\n?/g, '')
    .replace(/^\s*\n/gm, '');

/** The line between two rows is drawn before the box, which would hide it. */
const withRules = (svg: string): string =>
  svg.replace(/(class="node step">\n)(<polygon [^>]*\/>\n)(<path [^>]*\/>\n)/g, '$1$3$2');

/** Arrows are drawn over the titles of boxes; the titles are then drawn once more. */
function titlesOnTop(svg: string): string {
  const titles = [...svg.matchAll(/class="cluster beside">\n<path [^>]*\/>\n(<text )([^\n]*<\/text>)\n/g)].map(
    ([, tag, rest]) => `${tag}class="title" ${rest}`,
  );
  const end = svg.lastIndexOf('</g>');
  return [svg.slice(0, end).trimEnd(), ...titles, svg.slice(end)].join('\n');
}

const style = `
.paper { fill: #ffffff; stroke: #d0d7de }
text { font-family: Helvetica, Arial, sans-serif; fill: #1f2328 }
polygon, path, ellipse, polyline { fill: none; stroke: #57606a }
.edge polygon, .fork ellipse, .start ellipse { fill: #57606a }
.cluster path { stroke: #8c959f }
.cluster.beside > path { fill: #f6f8fa }
.cluster.branch > path { fill: #ffffff; stroke: #d0d7de }
.cluster > text, .title { font-weight: bold }
.title { paint-order: stroke; stroke: #f6f8fa; stroke-width: 5px }
.step path, .step polygon { fill: #ddf4ff; stroke: #0969da }
.choice polygon { fill: #fff8c5; stroke: #9a6700 }
.wait path { fill: #fbefff; stroke: #8250df }
.tell polygon { fill: #dafbe1; stroke: #1a7f37 }
.system polygon { fill: #eaeef2 }
.end ellipse { fill: #1a7f37; stroke: #1a7f37 }
.end text { fill: #ffffff }
@media (prefers-color-scheme: dark) {
.paper { fill: #0d1117; stroke: #30363d }
text { fill: #e6edf3 }
polygon, path, ellipse, polyline { stroke: #8d96a0 }
.edge polygon, .fork ellipse, .start ellipse { fill: #8d96a0 }
.cluster.beside > path { fill: #161b22 }
.title { stroke: #161b22 }
.cluster.branch > path { fill: #0d1117; stroke: #30363d }
.step path, .step polygon { fill: #0c2d6b; stroke: #4493f8 }
.choice polygon { fill: #4b3a00; stroke: #d29922 }
.wait path { fill: #3c1e70; stroke: #ab7df8 }
.tell polygon { fill: #0f3d1f; stroke: #3fb950 }
.system polygon { fill: #21262d }
}
`;
