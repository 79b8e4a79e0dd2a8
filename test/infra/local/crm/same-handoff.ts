import { expect } from 'vitest';
import { checkPackage } from '../../../../functions/domain/deal/completeness.ts';
import { type Deal, parseDealEvent } from '../../../../functions/domain/deal/deal.ts';
import type { DealRead } from '../../../../functions/ports/crm.ts';
import { packageRules } from '../../../support/package-rules.ts';

/** Members that are another in each CRM: ids and addresses there. */
const ofTheCrm = ['dealId', 'crmRecord', 'package', 'wonEpisode'] as const;

/**
 * Expects a won deal that was read from a CRM to start the same handoff as the detail it was put there from: the same facts, the
 * same answers, the same gaps.
 */
export function sameHandoff(read: DealRead, detail: Readonly<Record<string, unknown>>): void {
  if (!('deal' in read)) throw new Error(`There is no deal: ${JSON.stringify(read)}`);
  const { deal } = read;
  expect(deal).toMatchObject({ phase: 'won', notes: [] });
  const [found, meant] = [{ ...deal.facts, closedWonAt: deal.wonAt }, detail].map(started);
  if (!found || !meant) throw new Error('An event of the two is refused.');
  expect(factsOf(found)).toEqual(factsOf(meant));
  const [checked, expected] = [found, meant].map((each) =>
    checkPackage({ package: each.package, deal: each, rules: packageRules() }),
  );
  const gaps = (check: typeof checked) => check?.gaps.map(({ path, kind }) => `${path} ${kind}`);
  expect(gaps(checked)).toEqual(gaps(expected));
  expect(checked?.percent).toBe(expected?.percent);
  expect(withoutRecord(checked?.package)).toEqual(withoutRecord(expected?.package));
}

function started(detail: unknown): Deal {
  const parsed = parseDealEvent({ source: 'handoff.crm', 'detail-type': 'Deal Closed Won', detail });
  if ('refused' in parsed) throw new Error(`Refused: ${JSON.stringify(parsed.refused)}`);
  return parsed.deal;
}

const factsOf = (deal: Deal) =>
  Object.fromEntries(Object.entries(deal).filter(([name]) => !ofTheCrm.some((each) => each === name)));

/** Each CRM has its own address of the deal. */
const withoutRecord = (pkg: object | undefined): unknown =>
  JSON.parse(JSON.stringify(pkg, (name, value: unknown) => (name === 'crmRecord' ? undefined : value)));
