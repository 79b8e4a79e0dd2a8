import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { type RoleId, roleIds } from '../../../../functions/domain/playbook/roles.ts';
import { personIn, seenBy, somebody, teamIn } from '../../../../functions/domain/reports/seen.ts';
import { type ReportId, reportIds, scopeOf, whoSees } from '../../../../functions/domain/reports/who-sees.ts';
import { anyMeasured, measuredHandoff, measuredOf, measuredRound } from '../../../support/measured.ts';

const person = (email: string, role: RoleId, manager?: string, active = true): Person => ({
  email,
  name: `Name of ${email}`,
  role,
  ...(manager ? { manager } : {}),
  availability: { zone: 'UTC', hours: { mon: { from: '09:00', to: '17:00' } } },
  active,
});

/** Two levels of managers on the sales side, one on the other; Bo has left, and Olga owns the process. */
const roster = [
  person('ana', 'accountExecutive', 'sal'),
  person('bo', 'accountExecutive', 'sal', false),
  person('eve', 'accountExecutive', 'sam'),
  person('sal', 'salesManager', 'max'),
  person('sam', 'salesManager', 'max'),
  person('max', 'salesManager'),
  person('cem', 'customerSuccessManager', 'suc'),
  person('suc', 'successManager'),
  person('olga', 'revenueOperations'),
  person('rob', 'revenueOperations', 'olga'),
];
const ids = new Map(roster.map(({ email }) => [`p-${email}`, email]));
const scope = (email: string) => {
  const found = roster.find((each) => each.email === email);
  if (!found) throw new Error(`nobody is ${email}`);
  return scopeOf(found, { roster, ids });
};

/** One of Ana and Cem, one of Eve and Cem, and one of somebody whom nobody knows any more, from Sal's team. */
const [ofAna, ofEve, ofNobody] = [
  measuredHandoff({
    id: 'h-ana',
    accountExecutive: 'p-ana',
    accountExecutiveTeam: 'p-sal',
    customerSuccessManager: 'p-cem',
    customerSuccessManagerTeam: 'p-suc',
    completeness: 71,
    rounds: [
      measuredRound({ owner: 'p-ana', team: 'p-sal' }),
      measuredRound({ step: 'taste', owner: 'p-cem', team: 'p-suc' }),
    ],
  }),
  measuredHandoff({
    id: 'h-eve',
    accountExecutive: 'p-eve',
    accountExecutiveTeam: 'p-sam',
    customerSuccessManager: 'p-cem',
    completeness: 50,
    rounds: [measuredRound({ owner: 'p-eve', team: 'p-sam' })],
  }),
  measuredHandoff({
    id: 'h-gone',
    accountExecutive: 'p-forgotten',
    accountExecutiveTeam: 'p-sal',
    completeness: 90,
    rounds: [measuredRound({ owner: 'p-forgotten', team: 'p-sal' })],
  }),
];
const all = measuredOf(ofAna, ofEve, ofNobody);

describe('who sees what', () => {
  // The table as a manager would be told it: every role and every report. N numbers, C customers, T teams, P people's names.
  it('is said for every role and every report', () => {
    const told = Object.fromEntries(
      roleIds.map((role) => [
        role,
        Object.fromEntries(
          reportIds.map((report) => {
            const { whose, shows } = whoSees[role][report];
            const letters = { numbers: 'N', customers: 'C', teams: 'T', names: 'P' };
            return [report, whose === 'nobody' ? '–' : `${whose} ${shows.map((shown) => letters[shown]).join('')}`];
          }),
        ),
      ]),
    );
    const doer = {
      weeklyKpis: '–',
      measures: 'own NCP',
      missesByWeek: 'own NC',
      missesByTeam: '–',
      missesByPerson: 'own NCP',
      handoffList: 'own NCP',
      beforeAndAfter: '–',
      outcomes: '–',
      completeness: '–',
      ownList: 'own NCP',
      digest: '–',
      auditPack: '–',
      surveyRemarks: '–',
    };
    const manager = {
      weeklyKpis: 'line NC',
      measures: 'line NCTP',
      missesByWeek: 'line NC',
      missesByTeam: 'line NCT',
      missesByPerson: 'reports NCP',
      handoffList: 'line NCTP',
      beforeAndAfter: 'line NC',
      outcomes: 'line NC',
      completeness: 'reports NP',
      ownList: 'own NCP',
      digest: 'line NCTP',
      auditPack: '–',
      surveyRemarks: '–',
    };
    expect(told).toEqual({
      accountExecutive: { ...doer, completeness: 'own NP' },
      customerSuccessManager: doer,
      salesManager: manager,
      successManager: manager,
      revenueOperations: {
        weeklyKpis: 'everybody NC',
        measures: 'everybody NCTP',
        missesByWeek: 'everybody NC',
        missesByTeam: 'everybody NCT',
        missesByPerson: 'reports NCP',
        handoffList: 'everybody NCTP',
        beforeAndAfter: 'everybody NC',
        outcomes: 'everybody NC',
        completeness: 'reports NP',
        ownList: 'own NCP',
        digest: 'everybody NCTP',
        auditPack: 'everybody NCTP',
        surveyRemarks: '–',
      },
    });
  });

  it('shows the remarks beside the survey to nobody, whoever asks', () => {
    for (const { email } of roster) expect(seenBy(scope(email), 'surveyRemarks', all).handoffs).toEqual([]);
  });

  it('shows to each their own handoffs, to managers their line, to revenue operations all', () => {
    const seen = (email: string) => seenBy(scope(email), 'handoffList', all).handoffs.map(({ id }) => id);
    expect(Object.fromEntries(roster.map(({ email }) => [email, seen(email)]))).toEqual({
      ana: ['h-ana'],
      bo: [],
      eve: ['h-eve'],
      sal: ['h-ana', 'h-gone'],
      sam: ['h-eve'],
      max: ['h-ana', 'h-eve', 'h-gone'],
      cem: ['h-ana', 'h-eve'],
      suc: ['h-ana', 'h-eve'],
      olga: ['h-ana', 'h-eve', 'h-gone'],
      rob: ['h-ana', 'h-eve', 'h-gone'],
    });
  });

  it('leaves out steps that are not theirs, so that nobody is told how another one did', () => {
    const owners = (email: string) =>
      seenBy(scope(email), 'measures', all).handoffs.flatMap(({ rounds }) => rounds.map(({ owner }) => owner));
    expect([owners('ana'), owners('sal'), owners('suc')]).toEqual([['p-ana'], ['p-ana', somebody], ['p-cem']]);
  });

  it('names people to themselves and to their own manager: not to the manager above, nor to revenue operations', () => {
    const readers = (id: string) =>
      roster.filter(({ email }) => personIn(scope(email), 'handoffList', id)).map(({ email }) => email);
    expect([readers('p-ana'), readers('p-bo'), readers('p-sal'), readers('p-max'), readers('p-forgotten')]).toEqual([
      ['ana', 'sal'],
      ['sal'],
      ['sal', 'max'],
      ['max'],
      [],
    ]);
    for (const { email } of roster) expect(personIn(scope(email), 'weeklyKpis', 'p-ana')).toBeUndefined();
    expect(personIn(scope('sal'), 'digest', 'p-ana')).toBe('Name of ana');
  });

  it('names teams by who leads them, to those above', () => {
    const teams = (email: string) => [...scope(email).teams.keys()];
    expect([teams('sal'), teams('max'), teams('ana'), teams('suc')]).toEqual([
      ['p-sal'],
      ['p-sal', 'p-sam', 'p-max'],
      [],
      ['p-suc'],
    ]);
    expect(teams('olga')).toEqual(['p-sal', 'p-sam', 'p-max', 'p-suc', 'p-olga']);
    expect([teamIn(scope('max'), 'missesByTeam', 'p-sal'), teamIn(scope('ana'), 'measures', 'p-sal')]).toEqual([
      'Name of sal',
      undefined,
    ]);
  });

  it('shows an AE completeness score to the account executive and their manager only', () => {
    const scores = (email: string) =>
      reportIds.flatMap((report) => seenBy(scope(email), report, all).handoffs.flatMap((h) => h.completeness ?? []));
    const readers = (score: number) =>
      roster.filter(({ email }) => scores(email).includes(score)).map(({ email }) => email);
    expect([readers(71), readers(50), readers(90)]).toEqual([['ana', 'sal'], ['eve', 'sam'], []]);
  });

  it('lets somebody who does steps and leads others see what managers see', () => {
    const lead = person('lea', 'accountExecutive');
    const led = scopeOf(lead, {
      roster: [...roster, lead, person('new', 'accountExecutive', 'lea')],
      ids: new Map([...ids, ['p-lea', 'lea'], ['p-new', 'new']]),
    });
    expect(led.sees).toBe(whoSees.salesManager);
    expect([...led.names.values()]).toEqual(['Name of lea', 'Name of new']);
  });

  it('shows everybody’s numbers to whom the roster says to be of the leadership, and nobody’s name or score', () => {
    const head: Person = { ...person('hal', 'customerSuccessManager'), leadership: true };
    const company = { roster: [...roster, head], ids: new Map([...ids, ['p-hal', 'hal']]) };
    const scopeOfHead = scopeOf(head, company);
    const seen = (report: ReportId) => seenBy(scopeOfHead, report, all).handoffs;
    for (const report of ['weeklyKpis', 'measures', 'handoffList', 'outcomes'] as const)
      expect(seen(report).map(({ id }) => id)).toEqual(['h-ana', 'h-eve', 'h-gone']);
    for (const report of ['auditPack', 'ownList', 'surveyRemarks', 'completeness'] as const)
      expect(seen(report)).toEqual([]);
    expect(seen('handoffList').flatMap(({ completeness }) => completeness ?? [])).toEqual([]);
    expect([...scopeOfHead.names.keys()]).toEqual(['p-hal']);
    expect(seenBy(scopeOf({ ...head, active: false }, company), 'weeklyKpis', all).handoffs).toEqual([]);
  });

  it('shows nothing to somebody who has left, whatever they were', () => {
    for (const role of roleIds) {
      const gone = scopeOf(person('ana', role, undefined, false), { roster, ids });
      for (const report of reportIds) expect(seenBy(gone, report, all).handoffs).toEqual([]);
      expect([gone.names.size, gone.teams.size, gone.everybody]).toEqual([0, 0, false]);
    }
  });

  it('ends where managers lead in a circle', () => {
    const circle = [person('one', 'salesManager', 'two'), person('two', 'salesManager', 'one')];
    const [one] = circle;
    if (!one) throw new Error('nobody');
    expect([
      ...scopeOf(one, {
        roster: circle,
        ids: new Map([
          ['p-1', 'one'],
          ['p-2', 'two'],
        ]),
      }).line,
    ]).toEqual(['p-1', 'p-2']);
  });

  it('lets no id through but those that may be named, and nobody at all into a report that is not theirs', () => {
    const everybody = new Map(['ana', 'bo', 'cem', 'dee', 'sal', 'suc'].map((name) => [`p-${name}`, name]));
    const company = [
      person('ana', 'accountExecutive', 'sal'),
      person('bo', 'accountExecutive', 'sal'),
      person('cem', 'customerSuccessManager', 'suc'),
      person('dee', 'customerSuccessManager'),
      person('sal', 'salesManager'),
      person('suc', 'successManager'),
      person('olga', 'revenueOperations'),
    ];
    fc.assert(
      fc.property(
        anyMeasured(8),
        fc.constantFrom(...company),
        fc.constantFrom(...reportIds),
        (measured, reader, report) => {
          const readers = scopeOf(reader, { roster: company, ids: everybody });
          const { handoffs } = seenBy(readers, report, measured);
          if (whoSees[reader.role][report].whose === 'nobody') expect(handoffs).toEqual([]);
          const text = JSON.stringify(handoffs);
          for (const id of everybody.keys())
            if (!readers.names.has(id) && !readers.teams.has(id)) expect(text).not.toContain(`"${id}"`);
        },
      ),
      { numRuns: 300 },
    );
  });
});
