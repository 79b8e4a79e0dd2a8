import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileLayout } from '../../../../infra/commands/mails/compile-layout.ts';
import { compiledFile, sourceFile } from '../../../../infra/commands/mails/layout-files.ts';

/** A letter with something in its one column. */
const letter = (content: string) =>
  `<mjml><mj-body><mj-section><mj-column>${content}</mj-column></mj-section></mj-body></mjml>`;

describe('the layout of mails', () => {
  it('is what its source compiles to; npm run mails:layout writes it anew', async () => {
    expect(await readFile(compiledFile, 'utf8')).toBe(await compileLayout(await readFile(sourceFile, 'utf8')));
  });

  it('is a function for each piece, with its values by name, and one for the rest', async () => {
    const compiled = await compileLayout(
      letter(
        '<!-- piece: outer --><mj-text>{{b}} {{a}}<!-- piece: inner --><i>{{c}}</i><!-- end --></mj-text><!-- end -->',
      ),
    );
    expect(compiled.match(/^export function .*$/gm)).toEqual([
      "export function inner({ c }: Values<'c'>): Html {",
      "export function outer({ a, b }: Values<'a' | 'b'>): Html {",
      'export function letter({  }: Values<>): Html {',
    ]);
    expect(compiled).toContain('return html`<i>${c}</i>`;');
    expect(compiled).toContain('${b} ${a}');
  });

  it('takes the brand’s color wherever the usual one stands', async () => {
    const compiled = await compileLayout(letter('<mj-text color="#1d4ed8">x</mj-text>'));
    expect(compiled).toContain('color:${color};');
    expect(compiled).not.toContain('#1d4ed8');
  });

  it('is refused when it is no valid MJML, or holds what would end a template', async () => {
    await expect(compileLayout(letter('<mj-txt>x</mj-txt>'))).rejects.toThrow('mj-txt');
    await expect(compileLayout(letter('<mj-text>`</mj-text>'))).rejects.toThrow('no backtick');
    await expect(compileLayout(letter('<mj-text>${x}</mj-text>'))).rejects.toThrow('no backtick');
  });
});
