import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { auditDeals } from '../../../functions/domain/deal/closed-deal-audit.ts';
import { packageFieldsOf } from '../../../functions/domain/deal/package.ts';
import { freezePlaybook } from '../../../functions/domain/playbook/freeze.ts';
import { findPlaybook, usualPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import { UnusableOptions } from '../../commands/deployment.ts';
import { closedDeals } from '../../commands/score/closed-deals.ts';
import { readExport } from '../../commands/score/read-export.ts';
import { scoreCsv } from '../../commands/score/score-csv.ts';
import { scorePage } from '../../commands/score/score-page.ts';
import { scoreText } from '../../commands/score/score-text.ts';
import { sampleDeals } from '../sample-company.ts';
import { mutated, mutatedText } from './mutations.ts';
import { type FuzzTarget, targetOf } from './target.ts';

const csv = readFileSync(new URL('../exports/closed-deals.csv', sampleDeals), 'utf8');
/** The header and a few rows: what is odd shows in one. */
const csvTexts = [csv, csv.split('\n').slice(0, 4).join('\n'), 'sep=;\nDeal Name;Amount;Close Date\nA;1;3/4/2026\n'];

const flatDeals = [
  [{ 'Deal Name': 'Nordwind', Amount: 120_000, 'Close Date': '2026-11-20', 'Why they bought': 'Late trucks' }],
];

/** How `npm run score` takes a file, up to the page it writes of it. `events`: our own. */
export function exportTarget(events: readonly unknown[]): FuzzTarget {
  const found = findPlaybook(usualPlaybook);
  if ('problem' in found) throw new Error(found.problem);
  const { playbook } = found;
  const rules = freezePlaybook(playbook, { segment: playbook.fallbackSegment });
  const labels = new Map(packageFieldsOf(rules).map(({ label, path }) => [label, path]));
  const inputs = fc.record({
    text: fc.oneof(
      { weight: 3, arbitrary: mutatedText(csvTexts) },
      { weight: 3, arbitrary: mutated([...events, events, ...flatDeals]).map((deals) => JSON.stringify(deals)) },
      { weight: 1, arbitrary: mutatedText(events.map((event) => JSON.stringify(event))) },
    ),
    encoding: fc.constantFrom('utf8' as const, 'utf8' as const, 'utf16le' as const, 'latin1' as const),
    name: fc.constantFrom('deals.csv', 'deals.json'),
    last: fc.constantFrom(0, 1, 10),
  });
  return targetOf(inputs, ({ text, encoding, name, last }) => {
    try {
      const read = readExport(Buffer.from(encoding === 'utf16le' ? `\ufeff${text}` : text, encoding), { name, labels });
      const { deals, notes } = closedDeals(read, last > 0 ? last : undefined);
      const audit = auditDeals(deals, { playbook, scope: read.scope });
      const report = { audit, source: name, playbook: playbook.name, day: '2026-11-20', notes };
      scoreText(report);
      scoreCsv(audit);
      const page = scorePage(report);
      return page.includes('NaN') || page.includes('undefined') ? oddIn(page, text) : undefined;
    } catch (error) {
      if (error instanceof UnusableOptions) return error.message === '' ? 'It is refused without a word.' : undefined;
      throw error;
    }
  });
}

/** What stands on the page and is not what somebody wrote. */
function oddIn(page: string, text: string): string | undefined {
  const odd = ['NaN', 'undefined'].find((word) => page.includes(word) && !text.includes(word));
  return odd && `Its page says ${odd}.`;
}
