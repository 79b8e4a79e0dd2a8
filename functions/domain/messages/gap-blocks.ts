import type { Gap } from '../deal/completeness.ts';
import { gapText as tableText } from '../deal/gap-text.ts';
import { excerpt } from '../fields/clean-text.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { Texts } from '../texts/en/en.ts';
import type { Block } from './message.ts';
import { textsFor } from './wording.ts';

/** Every missing or wrong answer by name, under its section's title (S2, S4: named field by field). */
export function gapBlocks(gaps: readonly Gap[], site: SiteFacts): Block[] {
  if (gaps.length === 0) return [];
  const texts = textsFor(site);
  const fields = new Set(gaps.map(({ path }) => path)).size;
  const sections = [...new Set(gaps.map(({ section }) => section))];
  return [
    { paragraph: texts.details.missing(fields) },
    ...sections.map((section) => {
      const own = gaps.filter((gap) => gap.section === section);
      // One line for each answer, as they are counted: people and promises may lack several things.
      const paths = [...new Set(own.map(({ path }) => path))];
      const list = paths.map((path) =>
        own
          .filter((gap) => gap.path === path)
          .map((gap) => gapText(texts, gap))
          .join('; '),
      );
      return { heading: sectionIn(texts, own[0]), list };
    }),
  ];
}

/** 'Why us: What decided it for us?', 'Renewal date must be after signing on Nov 17, 2026'. */
export const gapText = ({ details }: Texts, gap: Gap): string =>
  gap.kind === 'missing'
    ? details.gapMissing(gap.label, gap.expected)
    : details.gapWrong(gap.label, excerpt(gap.found ?? ''), tableText(gap));

/** 'Contract: Term length'. */
export const gapName = (texts: Texts, gap: Gap): string => texts.items.field(sectionIn(texts, gap), gap.label);

function sectionIn({ sections }: Texts, gap: Gap | undefined): string {
  const [id = ''] = gap?.path.split('.') ?? [];
  return sections[id] ?? gap?.section ?? '';
}
