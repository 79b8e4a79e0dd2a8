import { describe, expect, it } from 'vitest';
import { companyOf } from '../../../../infra/local/populate/company.ts';
import { planDeals } from '../../../../infra/local/populate/deals.ts';
import { changeTo } from '../../../../infra/local/populate/playbook-change.ts';
import { drawsOf } from '../../../../infra/local/simulate/draws.ts';
import { shippedPlaybooks } from '../../../../statemachines/shipped-playbooks.ts';

const [from, until] = ['2026-05-20', '2026-11-20'];
const after = shippedPlaybooks.default;
const { before, missed } = changeTo(after);

function planned(deals = 300) {
  const draws = drawsOf(1);
  const company = companyOf(draws.apart(), from, until);
  const plan = { draws, company, deals, from, until, before, after, missed, changedOn: '2026-08-20T00:00:00Z' };
  const answers = planDeals(plan).flatMap((deal) =>
    Object.values(deal.script).flatMap((said) =>
      [said].flat().flatMap((answer) => (answer === 'never' ? [] : [{ ...answer, deal }])),
    ),
  );
  return { company, answers };
}

describe('the deals of a population', () => {
  const { company, answers } = planned();

  it('have exceptions, most of them granted, and asked for only while who decides is there', () => {
    const by = (choice: string) => answers.filter((answer) => answer.choice === choice);
    const [granted, declined] = [by('grant-exception'), by('decline-exception')];
    expect(by('request-exception').length).toBe(granted.length + declined.length);
    expect(declined.length).toBeGreaterThan(3);
    expect(granted.length).toBeGreaterThan(2 * declined.length);
    const reviewer = company.roster.find(({ role }) => role === 'revenueOperations');
    const away = reviewer?.availability.away ?? [];
    expect(away.length).toBeGreaterThan(0);
    for (const { by: who, evidence, deal } of granted) {
      const signedOn = deal.won.time.slice(0, 10);
      expect(who).toBe(reviewer?.email);
      expect(String(evidence?.['dueDate']) > signedOn).toBe(true);
      expect(away.some((days) => days.from <= signedOn && days.to >= signedOn)).toBe(false);
    }
  });

  it('know the roster in the order in which the table gives it: the first of a role is whom the product asks', () => {
    const emails = company.roster.map(({ email }) => email);
    expect(emails).toEqual(emails.toSorted());
  });

  it('are spoken of in different words, as well as they went', () => {
    const rated = answers.flatMap(({ evidence }) => (evidence && 'score' in evidence ? [evidence] : []));
    const whys = (isGood: boolean) =>
      new Set(rated.filter(({ score }) => Number(score) >= 8 === isGood).map(({ why }) => why));
    expect(whys(true).size).toBeGreaterThan(5);
    expect(whys(false).size).toBeGreaterThan(5);
    expect([...whys(true)].some((why) => whys(false).has(why))).toBe(false);
  });

  it('choose nothing that is for others to choose', () => {
    const choices = new Set(answers.filter(({ by }) => by === undefined).map(({ choice }) => choice));
    expect(choices.has('grant-exception')).toBe(false);
    expect(choices.has('request-exception')).toBe(true);
  });
});
