import { describe, expect, it } from 'vitest';
import type { Scope } from '../../../../functions/domain/reports/who-sees.ts';
import { scopeOf } from '../../../../functions/domain/reports/who-sees.ts';
import { madeOnce, sightOf } from '../../../../functions/pages/reports/looked-at.ts';
import { companyPeople, measuredCompany } from '../../../../infra/local/measured-company.ts';
import { roster } from '../../../support/deals.ts';

describe('What pages are made of', () => {
  it('is made once of the same handoffs, and anew of others', () => {
    const [one, other] = [measuredCompany({ handoffs: 2 }), measuredCompany({ handoffs: 2 })];
    let made = 0;
    const make = () => {
      made += 1;
      return made;
    };
    expect([madeOnce(one, 'a', make), madeOnce(one, 'a', make), madeOnce(one, 'b', make)]).toEqual([1, 1, 2]);
    expect(madeOnce(other, 'a', make)).toBe(3);
  });

  it('is forgotten where much else was made since, the least used first', () => {
    const measured = measuredCompany({ handoffs: 1 });
    let made = 0;
    const make = () => {
      made += 1;
      return undefined;
    };
    for (let i = 0; i < 100; i += 1) {
      madeOnce(measured, 'often', make);
      madeOnce(measured, `once ${i}`, make);
    }
    expect(made).toBe(101);
    madeOnce(measured, 'once 0', make);
    expect(made).toBe(102);
  });

  it('is never what another reader sees', () => {
    const people = roster();
    const scopes: Scope[] = people.map((person) => scopeOf(person, { roster: people, ids: companyPeople }));
    const whose = ['own', 'reports', 'line', 'everybody'] as const;
    const sights = scopes.flatMap((scope) => whose.map((each) => sightOf(scope, each)));
    // Of two people of the same scope there is none here: each has an id of their own.
    expect(new Set(sights).size).toBe(people.length * whose.length);
  });
});
