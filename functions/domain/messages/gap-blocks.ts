import type { Gap } from '../deal/completeness.ts';
import { gapText } from '../deal/gap-text.ts';
import type { Block } from './message.ts';

/** Every missing or wrong answer by name, under its section's title (S2, S4: named field by field). */
export function gapBlocks(gaps: readonly Gap[]): Block[] {
  if (gaps.length === 0) return [];
  const fields = new Set(gaps.map(({ path }) => path)).size;
  const sections = [...new Set(gaps.map(({ section }) => section))];
  return [
    { paragraph: `${fields} ${fields === 1 ? 'answer is' : 'answers are'} missing or wrong:` },
    ...sections.map((section) => ({
      heading: section,
      list: gaps.filter((gap) => gap.section === section).map(gapText),
    })),
  ];
}
