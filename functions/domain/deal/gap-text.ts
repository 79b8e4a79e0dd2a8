import { excerpt } from '../fields/clean-text.ts';
import type { Gap } from './completeness.ts';

/** 'Why us: what decided for us', 'Renewal date: expected a day after the signature; found 2026-01-01'. */
export function gapText(gap: Gap): string {
  return `${gap.label}: ${gap.kind === 'missing' ? gap.expected : wrongText(gap)}`;
}

/** 'expected a day after the signature; found "2026-01-01"', 'line 2: expected a mail address; found "anna(at)example"'. */
export function wrongText({ expected, found = '' }: Gap): string {
  const [line = ''] = /^line \d+: /.exec(expected) ?? [];
  return `${line}expected ${expected.slice(line.length)}; found "${excerpt(found)}"`;
}
