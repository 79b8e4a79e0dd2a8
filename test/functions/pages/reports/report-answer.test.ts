import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { scopeOf } from '../../../../functions/domain/reports/who-sees.ts';
import { periodsUntil } from '../../../../functions/domain/time/periods.ts';
import { weekOf } from '../../../../functions/domain/time/weeks.ts';
import { reportAnswer } from '../../../../functions/pages/reports/report-answer.ts';
import { companyPeople, measuredCompany, personId } from '../../../../infra/local/measured-company.ts';
import { roster } from '../../../support/deals.ts';
import { anna, klaus, ruth } from '../../../support/handoff-record.ts';

const site = { url: 'https://handoff.example.com', name: 'Handoff', company: 'Example', defaultZone: 'Europe/Berlin' };
const people = roster();
const measured = measuredCompany({ handoffs: 120 });

/** What somebody finds at an address below their reports: `handoffs?page=2`. */
function answer(address: string, { email = ruth, of = measured } = {}) {
  const person = people.find((each) => each.email === email);
  if (!person) throw new Error(`${email} is nobody.`);
  const scope = scopeOf(person, { roster: people, ids: companyPeople });
  const [page, query = ''] = address.split('?');
  return reportAnswer(
    { kind: 'reports', person, scope, measured: of },
    {
      site,
      linkId: 'L',
      nonce: '',
      query: new URLSearchParams(query),
      at: '2026-11-22T10:00:00Z',
      page: page || undefined,
    },
  );
}

function shown(address: string, more?: Parameters<typeof answer>[1]) {
  const found = answer(address, more);
  if (!('html' in found)) throw new Error('It is no page.');
  return parse(found.html);
}

const refusedIn = (address: string) =>
  shown(address)
    .querySelectorAll('.problems li')
    .map(({ text }) => text.trim());

describe('A list of one kind of handoff', () => {
  it.each([
    ['handoffs?status=stalled', 'Stalled handoffs'],
    ['handoffs?overdue=any', 'Handoffs with a step overdue'],
    ['handoffs?band=score-80', 'Handoffs: Score 80 to 100'],
    [`handoffs?handoff=${measured.handoffs[7]?.id}`, measured.handoffs[7]?.customer],
  ])('says which: %s', (address, title) => {
    expect(shown(address).querySelector('h1')?.text).toBe(title);
    // The other pages are of everything again.
    const ways = shown(address).querySelectorAll('nav[aria-label=Reports] a');
    for (const way of ways) expect(way.getAttribute('href')).not.toContain('?');
  });

  it('is of the one handoff that is asked for, and refuses one that is not theirs', () => {
    const [first] = measured.handoffs;
    const rows = shown(`handoffs?handoff=${first?.id}`).querySelectorAll('tbody tr');
    expect([rows.length, rows[0]?.text.includes(first?.customer ?? '?')]).toEqual([1, true]);
    expect(refusedIn('handoffs?handoff=D-9-9')).toEqual([
      'handoff “D-9-9” isn’t one of the choices. It may be new since last night, deleted, or somebody else’s to see.',
    ]);
  });
});

describe('What waits for somebody else', () => {
  const open = { step: 'complete-package', round: 1, owner: personId(anna), timeliness: 'late' } as const;
  const since = '2026-05-27T10:00:00Z';
  const team = personId(klaus);
  const undecided = {
    ...open,
    team,
    dueAt: '2026-05-25T10:00:00Z',
    daysLate: 2,
    rests: { for: 'decision', since },
  } as const;
  const until = '2026-11-25T10:00:00Z';
  const paused = {
    ...{ ...open, team, step: 'schedule-internal-meeting', dueAt: '2026-11-17T15:30:00Z', daysLate: 1 },
    rests: { for: 'customer', since: '2026-11-18T15:39:00Z', until },
  } as const;
  const [first, second, third] = measured.handoffs.slice(-3).map((each) => ({ ...each, accountExecutive: open.owner }));
  if (!first || !second || !third) throw new Error('There are no handoffs.');
  const stalledAt = ['2026-06-01T10:00:00Z'];
  const handoffs = [
    { ...first, id: 'u', customer: 'Undecided', status: 'stalled' as const, stalledAt, rounds: [undecided] },
    { ...second, id: 'p', customer: 'Paused', status: 'open' as const, rounds: [paused] },
    {
      ...third,
      ...{ id: 'o', customer: 'Overdue', status: 'open' as const },
      rounds: [{ ...open, team, dueAt: '2026-11-20T10:00:00Z', daysLate: 1.5 }],
    },
  ];
  const of = { ...measured, handoffs };
  const textOf = (node: { readonly text: string } | null | undefined) => node?.text.replaceAll(/\s+/g, ' ').trim();
  const rows = (address: string) =>
    shown(address, { of })
      .querySelectorAll('tbody tr')
      .map((row) => textOf(row.querySelectorAll('td').at(-1)));

  it('is said in lists, and counted apart from what is overdue', () => {
    const keys = shown('', { of }).querySelectorAll('dl.keys div').map(textOf);
    expect(keys).toEqual([
      'Steps overdue1',
      'Waiting for a decision1 handoff',
      'Waiting on the customer1 handoff',
      'Stalled1 handoff',
      'Running2 handoffs',
    ]);
    expect(rows('handoffs?overdue=any')).toEqual(['Complete the handoff package 1.5 days lateOpen']);
    expect(rows('handoffs?waits=decision')).toEqual([
      'Complete the handoff package 2 days late when the exception was asked for; waits for a decision since Wed, May 27Open',
    ]);
    expect(rows('handoffs?waits=customer')[0]).toContain(
      '1 day late when it was paused; waiting on the customer until Wed, Nov 25Open',
    );
    const file = answer('handoffs?waits=customer&format=csv', { of });
    expect('csv' in file && file.csv).toContain(`,1,customer,2026-11-18T15:39:00Z,${until},p`);
    const needs = shown('', { of }).querySelectorAll('.needs li').map(textOf);
    expect(needs).toHaveLength(2);
    expect(needs[0]).toMatch(
      /^Undecided ?Stalled for 173 days at “Complete the handoff package”, which waits for a decision since Wed, May 27\./,
    );
    expect(needs[1]).toMatch(/^Overdue/);
  });

  it('stands in a part of its own of somebody’s week, never under what is due', () => {
    const mine = shown('', { of, email: anna });
    const parts = mine
      .querySelectorAll('section.card')
      .map((part) => [textOf(part.querySelector('h2')), part.text] as const);
    const [overdue, decision, customer] = parts.filter(([, text]) => /Undecided|Paused|Overdue/.test(text));
    expect([overdue?.[0], decision?.[0], customer?.[0]]).toEqual([
      'Overdue',
      'Waiting for a decision',
      'Waiting on the customer',
    ]);
    expect(decision?.[1]).toContain(
      '2 days late when the exception was asked for; waits for a decision since Wed, May 27',
    );
    expect(decision?.[1]).not.toContain('due ');
    expect(customer?.[1]).toContain('waiting on the customer until Wed, Nov 25');
    const file = answer('?format=csv', { of, email: anna });
    expect('csv' in file && file.csv.split('\r\n').find((line) => line.startsWith('Undecided'))).toBe(
      `Undecided,Complete the handoff package,,2,decision,${since},,u`,
    );
  });
});

describe('Before and after', () => {
  it('compares all segments first, says what changed, and lists the handoffs of each side', () => {
    const [older, newer] = measured.playbooks;
    const promised = (within: string, { steps }: { steps: (typeof measured.playbooks)[number]['steps'] }) =>
      steps.map((step) => ({ ...step, promised: within }));
    // Each segment has a version of its own, before and since.
    const hashOf = (hash: string, segment: string) => `${hash}-${segment}`;
    const handoffs = measured.handoffs.map((each) => ({
      ...each,
      playbook: { ...each.playbook, hash: hashOf(each.playbook.hash, each.segment) },
    }));
    const segments = [...new Set(handoffs.map(({ segment }) => segment))];
    const playbooks = segments.flatMap((segment) =>
      [older, newer].flatMap((version, i) =>
        version
          ? [
              {
                ...version,
                hash: hashOf(version.hash, segment),
                steps: promised(i === 0 ? '8 hours' : '24 hours', version),
              },
            ]
          : [],
      ),
    );
    const of = { ...measured, handoffs, playbooks };
    const page = shown('changes', { of });
    const titles = page.querySelectorAll('#change option').map(({ text }) => text);
    expect(titles[0]).toMatch(/^Playbook default, all segments, changed /);
    expect(titles.filter((title) => title.includes(', changed '))).toHaveLength(1 + segments.length);
    expect(page.text).toMatch(/What changed: “.+” is promised within 24 hours, not within 8 hours/);
    // Every step is promised otherwise: none can be compared.
    expect(page.text).toMatch(/Too few to say.* Without \d+ steps: not promised alike on both sides\./);
    const [first = ''] = older?.steps.map(({ id }) => id) ?? [];
    const list1 = playbooks.map((version, i) => ({
      ...version,
      steps: version.steps.map((step) => ({
        ...step,
        promised: step.id === first && i % 2 > 0 ? '3 days' : '8 hours',
      })),
    }));
    const rowOf = shown('changes', { of: { ...of, playbooks: list1 } })
      .querySelectorAll('#compared ~ tbody tr')
      .find(({ text }) => text.includes('Steps on time'));
    expect(rowOf?.text).toMatch(/Without “[^”]+”: not promised alike on both sides\./);
    const without = shown(rowOf?.querySelector('a')?.getAttribute('href')?.replace('/r/L/', '') ?? '', { of });
    expect(without.querySelector('.problems')).toBeNull();
    expect(without.text).toMatch(/ Without “[^”]+”: not promised alike/);
    // What is drawn is what is compared.
    const one = shown(`changes?change=${page.querySelectorAll('#change option')[1]?.getAttribute('value')}`, { of });
    const counted = (shownPage: typeof page) =>
      shownPage
        .querySelectorAll('.told')[0]
        ?.querySelectorAll('td.num:last-child')
        .reduce((sum, { text }) => sum + Number(text), 0) ?? 0;
    expect(counted(one)).toBeLessThan(counted(page));
    const list = page.querySelector('#compared td a, td.num a')?.getAttribute('href') ?? '';
    const behind = shown(list.replace('/r/L/', ''), { of });
    expect(behind.querySelector('.problems')).toBeNull();
    expect(behind.querySelectorAll('tbody tr').length).toBeGreaterThan(1);
    const names = new Set(page.querySelectorAll('select[name=playbook] option').map(({ text }) => text));
    for (const segment of segments)
      expect([...names].filter((name) => name.includes(`for ${segment}, since `))).toHaveLength(2);
  });

  it('offers the change of a version that all segments follow first, too', () => {
    const titles = shown('changes')
      .querySelectorAll('#change option')
      .map(({ text }) => text);
    expect(titles[0]).toMatch(/^Playbook default, changed /);
    expect(titles.filter((title) => title.includes('changed'))).toHaveLength(1);
  });

  it('says "not told" where nobody told anything', () => {
    const of = { ...measured, handoffs: measured.handoffs.map((each) => ({ ...each, outcomes: [] })) };
    const row = shown('changes', { of })
      .querySelectorAll('tbody tr')
      .find(({ text }) => text.includes('Won to expansion'));
    expect(row?.querySelectorAll('td.num').map(({ text }) => text)).toEqual(['not told', 'not told']);
  });
});

describe('The week at which the numbers open', () => {
  const at = (asOf: string, query = '') => {
    const page = shown(query, { of: { ...measured, asOf } });
    const links = page.querySelectorAll('main p .no-print a').map(({ text }) => text);
    return [page.querySelector('h1')?.text, page.querySelector('main p strong')?.text, links.at(-1)];
  };

  it('is the last whole one until three days of the running one are measured', () => {
    // Berlin is an hour ahead.
    for (const asOf of ['2026-11-15T23:00:00Z', '2026-11-16T02:00:00Z', '2026-11-18T22:59:59Z'])
      expect(at(asOf)).toEqual(['Last week', 'Nov 9 to Nov 15, 2026', 'This week so far']);
    for (const asOf of ['2026-11-18T23:00:00Z', '2026-11-22T22:59:59Z'])
      expect(at(asOf).slice(0, 2)).toEqual(['This week', 'Nov 16 to Nov 22, 2026']);
    expect(at('2026-11-22T23:00:00Z').slice(0, 2)).toEqual(['Last week', 'Nov 16 to Nov 22, 2026']);
  });

  it('leads to the running one, which stays to be asked for, and any link keeps its own', () => {
    const monday = '2026-11-16T02:00:00Z';
    const [way] = shown('', { of: { ...measured, asOf: monday } })
      .querySelectorAll('main a')
      .filter(({ text }) => text === 'This week so far');
    expect(way?.getAttribute('href')).toBe('/r/L?week=2026-W47');
    expect(at(monday, '?week=2026-W47').slice(0, 2)).toEqual(['This week', 'Nov 16 to Nov 22, 2026']);
    expect(at(monday, '?week=2026-W46').slice(0, 2)).toEqual(['Last week', 'Nov 9 to Nov 15, 2026']);
    expect(at('2026-11-20T02:00:00Z', '?week=2026-W46').slice(0, 2)).toEqual(['Week 46', 'Nov 9 to Nov 15, 2026']);
    const file = answer('?format=csv', { of: { ...measured, asOf: monday } });
    expect('csv' in file && file.csv.split('\r\n')[0]).toMatch(/^\uFEFFMeasure,2026-W46,/);
  });

  it('says both years where a week is in two', () => {
    expect(shown('?week=2025-W01').querySelector('main p strong')?.text).toBe('Dec 30, 2024 to Jan 5, 2025');
  });
});

describe('A number of few cases', () => {
  const late = measured.handoffs.filter(({ signedAt }) => signedAt >= '2026-11-04');
  const few = { ...measured, handoffs: late.slice(0, 1) };

  it('is marked in the week before as well, in the small trend, and for those who hear it', () => {
    const tile = shown('?week=2026-W47', { of: few })
      .querySelectorAll('.figures li')
      .find(({ text }) => /Week before: \d+%|Last week: \d+%/.test(text));
    expect(tile?.querySelector('p.soft .few')?.text).toBe('few cases');
    expect(tile?.querySelectorAll('.dot-few').length).toBeGreaterThan(0);
    expect(tile?.querySelector('.unseen')?.text).toContain('(few cases)');
  });

  it.each(['?week=2026-W47', 'measures', 'measures?of=stepsOnTime', 'handoffs?behind=stepsOnTime'])(
    'can be made again from the counts in a file: %s',
    (address) => {
      const file = answer(`${address}${address.includes('?') ? '&' : '?'}format=csv`, { of: few });
      if (!('csv' in file)) throw new Error('There is no file.');
      const [head = [], ...rows] = file.csv
        .slice(1)
        .trim()
        .split('\r\n')
        .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
      const yes = head.findIndex((title) => /\byes$/i.test(title));
      const counted = head.findIndex((title) => /\bcounted$/i.test(title));
      const marked = head.findIndex((title) => /\bfew cases$/i.test(title));
      const value = head.findIndex((title) => /^(2026-W47|Figure|Steps on time \(%\))$/.test(title));
      const shares = rows.filter((row) => row[yes] !== '');
      expect(shares.length).toBeGreaterThan(0);
      for (const row of shares) {
        const share = (100 * Number(row[yes])) / Number(row[counted]);
        if (row[value] !== '') expect(Number(row[value])).toBeCloseTo(share, 1);
        if (marked >= 0) expect(row[marked] === 'few cases').toBe(Number(row[counted]) < 10 && row[value] !== '');
      }
    },
  );
});

describe('What a page says of itself', () => {
  it('names a printed heat map, whose choices are left out in print', () => {
    const lead = (query: string) => shown(`heat-map${query}`).querySelector('p.lead')?.text;
    expect(lead('')).toMatch(/^Late by the step’s owner: /);
    expect(lead('?miss=promisesKept')).toMatch(/^Promise missed, whoever was slow: /);
  });

  it('says who asks for a measure, in words', () => {
    expect(shown('measures?of=timeToPackage').text).toContain('Asked for by SOP guides S3, S4.');
    expect(shown('measures?of=timeToCompletion').text).toContain('Asked for by SOP guide S3.');
  });

  it('says of whose steps a team’s numbers are, and nothing where none is chosen', () => {
    const team = measured.handoffs.find(({ accountExecutiveTeam }) => accountExecutiveTeam)?.accountExecutiveTeam;
    const said = 'in which they have a part, with everybody’s steps in them';
    expect(shown(`?team=${team}`).text).toContain(said);
    expect(shown('?segment=enterprise').text).not.toContain(said);
  });

  it('leads from each handoff that needs a person to its page, for a manager as well', () => {
    for (const email of [ruth, klaus]) {
      const needs = shown('', { email }).querySelectorAll('.needs h3 a');
      expect(needs.length).toBeGreaterThan(0);
      for (const link of needs) expect(link.getAttribute('href')).toMatch(/^\/r\/L\/handoffs\?handoff=/);
    }
  });
});

describe('Somebody with nothing yet', () => {
  it('has no filter of nothing, and no empty cards', () => {
    const page = shown('', { email: anna, of: { ...measured, handoffs: [] } });
    expect(page.text).toContain('No handoffs yet.');
    expect([page.querySelectorAll('details').length, page.querySelectorAll('.figures li').length]).toEqual([0, 0]);
  });
});

describe('A past week', () => {
  it('is beside the week before it, not beside the last one', () => {
    const said = (address: string) => shown(address).querySelector('.figures .soft')?.text;
    expect(said('')).toMatch(/^Last week: /);
    expect(said('?week=2026-W40')).toMatch(/^Week before: /);
    // "Weeks" leads back to the newest, and is not where one is.
    const ways = (address: string) =>
      shown(address)
        .querySelectorAll('nav [aria-current]')
        .map(({ text }) => text);
    expect([ways(''), ways('?week=2026-W40')]).toEqual([['Weeks'], []]);
  });
});

describe('A time of which nothing is kept', () => {
  const kept = { of: { ...measured, keptFrom: '2026-05' } };

  it.each(['', 'measures', 'heat-map', 'handoffs', 'outcomes'])('is said to be so, with no number: %s', (page) => {
    const gone = `${page}?from=2026-03&to=2026-04`;
    const text = shown(gone, kept).querySelector('main')?.text ?? '';
    expect(text).toContain('Nothing is kept from then. Handoffs signed before May 2026 were deleted');
    expect(text).not.toMatch(/No handoff|%/);
    expect(answer(`${gone}&format=csv`, kept)).not.toHaveProperty('csv');
    expect(shown(gone).text).not.toContain('Nothing is kept');
  });

  it('is said beside the numbers of what is kept, where the address reaches back', () => {
    const text = shown('measures?from=2026-03', kept).text;
    expect(text).toContain(
      'Handoffs signed before May 2026 were deleted once they were over: these numbers leave them out.',
    );
    expect(text).toContain('%');
    for (const address of ['measures', 'measures?from=2026-05', 'handoffs?to=2026-W30', ''])
      expect(shown(address, kept).text).not.toMatch(/were deleted/);
  });

  it('is a week, too', () => {
    expect(shown('?week=2026-W10', kept).text).toContain('Nothing is kept from then.');
    expect(shown('?week=2026-W46', kept).text).not.toContain('were deleted');
  });
});

describe('What an address asks for and cannot be had', () => {
  it.each([
    ['heat-map?miss=nothing', 'miss “nothing” isn’t one of the choices. Use stepsOnTime or promisesKept.'],
    [
      'handoffs?sort=-size',
      'sort “-size” isn’t one of the choices. Use one of signed, customer, value, late, with - before it for the most first.',
    ],
    ['handoffs?sort=--late', 'sort “--late” isn’t one of the choices.'],
    ['handoffs?sort=toString', 'sort “toString” isn’t one of the choices.'],
    ['handoffs?page=two', 'page “two” isn’t one of the choices. Use a number of the pages below the list.'],
    ['handoffs?page=-1', 'page “-1” isn’t one of the choices.'],
    ['handoffs?page=99', 'page “99” is beyond the end. There are 3 pages.'],
    ['handoffs?page=2&status=stalled', 'page “2” is beyond the end. There is only 1 page.'],
    ['measures?of=luck', 'of “luck” isn’t one of the choices. Follow the link of a measure below.'],
    ['changes?change=nix', 'change “nix” isn’t one of the choices. Select one from the list.'],
    ['measures?of=toString', 'of “toString” isn’t one of the choices.'],
    // Not theirs to see.
    ['measures?of=completeness', 'of “completeness” isn’t one of the choices.'],
  ])('is named with what to do: %s', (address, said) => {
    const refused = refusedIn(address);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toContain(said);
  });

  it.each([
    'heat-map',
    'heat-map?miss=',
    'heat-map?miss=promisesKept',
    'handoffs?sort=&page=',
    'handoffs?sort=-late&page=2',
    'handoffs?sort=customer&page=3',
    'measures?of=won',
    // It is another page's.
    'outcomes?miss=nothing&sort=x&page=x&of=x',
  ])('is nothing at %s', (address) => {
    expect(refusedIn(address)).toEqual([]);
  });
});

describe('A file of what cannot be had', () => {
  it.each([
    ['handoffs?segment=foo', 'segment “foo” isn’t one of the choices. Select one from the list.'],
    ['handoffs?from=2026-13', 'from “2026-13” isn’t one of the choices. Use a week (2026-W47), a month (2026-11)'],
    ['handoffs?handoff=H9999', 'handoff “H9999” isn’t one of the choices. It may be new since last night'],
    ['handoffs?from=2026-11&to=2026-09', 'to “2026-09” is over before “2026-11” begins. Choose a later end.'],
    ['?week=2030-W01', 'week “2030-W01” is not a week with numbers.'],
    ['heat-map?miss=nothing', 'miss “nothing” isn’t one of the choices.'],
    ['measures?of=luck', 'of “luck” isn’t one of the choices.'],
  ])('is refused in plain text, with what to do: %s', (address, said) => {
    const found = answer(`${address}&format=csv`);
    expect(found).toMatchObject({ status: 400, text: expect.stringContaining(`- ${said}`) });
  });

  it('is refused with everything that is wrong, and never with rows', () => {
    const found = answer('handoffs?segment=foo&team=foo&sort=foo&format=csv');
    const lines = 'text' in found ? found.text.split('\n').filter((line) => line.startsWith('- ')) : [];
    expect(lines.map((line) => line.split(' ')[1])).toEqual(['segment', 'team', 'sort']);
    expect(found).not.toHaveProperty('csv');
  });

  it('is a file again where nothing is wrong, or what is asked for is another page’s', () => {
    for (const address of [
      'handoffs?segment=',
      'handoffs?segment=enterprise',
      'outcomes?sort=x',
      'measures?unheard=of',
    ])
      expect(answer(`${address}&format=csv`)).toHaveProperty('csv');
  });
});

describe('The heat map', () => {
  // A team that holds neither side of any handoff, and work in none.
  const handoffs = measured.handoffs.map((each, i) => ({
    ...each,
    rounds: each.rounds.map(({ team, ...round }) => (i % 7 === 0 ? round : { ...round, ...(team && { team }) })),
  }));
  const of = { ...measured, handoffs };
  const cells = (row: ReturnType<typeof shown>) =>
    row.querySelectorAll('td').map(({ text }) => Number(/of (\d+)/.exec(text)?.[1] ?? 0));

  it('adds up in every row of the teams, and says over what time each map is', () => {
    const page = shown('heat-map', { of });
    const [weeks, teams, people] = page.querySelectorAll('table.heat');
    const heads = [weeks, teams].map((map) => map?.querySelectorAll('thead th').map(({ text }) => text) ?? []);
    expect([heads[0]?.at(-1), heads[1]?.at(-1)]).toEqual(['All 8 weeks', 'All teams']);
    expect(heads[1]?.at(-2)).toBe('No team');
    expect(teams?.querySelector('caption')?.text).toBe('Steps by team, whenever due');
    const rows = teams?.querySelectorAll('tbody tr') ?? [];
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const counts = cells(row);
      expect(counts.slice(0, -1).reduce((sum, each) => sum + each, 0)).toBe(counts.at(-1));
    }
    const link = teams?.querySelectorAll('tbody a').find((each) => each.getAttribute('href')?.includes('byTeam=none'));
    const list = shown(link?.getAttribute('href')?.replace('/r/L/', '') ?? '', { of });
    expect(list.querySelector('.problems')).toBeNull();
    expect(list.querySelectorAll('tbody tr').length).toBeGreaterThan(0);
    expect(people?.text ?? '').not.toContain('undefined');
  });

  it('calls the reader “You” among their people, and offers every team with a column as a filter', () => {
    const klausId = [...companyPeople].find(([, email]) => email === klaus)?.[0] ?? '';
    const own = of.handoffs.map((each) => ({
      ...each,
      rounds: each.rounds.map((round, i) => (i === 0 ? { ...round, owner: klausId } : round)),
    }));
    const map = shown('heat-map', { email: klaus, of: { ...of, handoffs: own } })
      .querySelectorAll('table.heat')
      .find((each) => each.querySelector('caption')?.text.includes('by person'));
    const heads = map?.querySelectorAll('thead th').map(({ text }) => text);
    expect(heads).toContain('You');
    expect(heads?.filter((head) => head.includes('Klaus'))).toEqual([]);
    // Nobody's account executive is in a team: theirs is known by their steps alone.
    const unled = of.handoffs.map(({ accountExecutiveTeam: _team, ...each }) => each);
    const page = shown('heat-map', { of: { ...of, handoffs: unled } });
    const columns =
      page
        .querySelectorAll('table.heat')[1]
        ?.querySelectorAll('thead th')
        .map(({ text }) => text) ?? [];
    const offered = page.querySelectorAll('#filter-team option').map(({ text }) => text);
    expect(offered.slice(1).toSorted()).toEqual(columns.slice(1, -2).toSorted());
  });
});

describe('A list behind a cell of the heat map', () => {
  it('names the weeks that it is of', () => {
    const heading = (address: string) => shown(address).querySelector('h1')?.text;
    const behind = 'handoffs?behind=stepsOnTime&step=review-brief&which=no';
    expect(heading(`${behind}&due=2026-W46`)).toBe(
      'Behind “Steps on time, not so, Review the brief, due Nov 9 to Nov 15, 2026”',
    );
    expect(heading(`${behind}&due=2026-W40&dueTo=2026-W47`)).toContain(', due Sep 28 to Nov 22, 2026”');
    expect(heading(`${behind}&due=2025-W52&dueTo=2026-W03`)).toContain(', due Dec 22, 2025 to Jan 18, 2026”');
    expect(shown(`${behind}&due=2026-W46`).text).toContain('Only what was due Nov 9 to Nov 15, 2026 counts.');
    expect(heading(behind)).not.toContain('due');
  });

  it('says until when its handoffs were signed, where only those are counted', () => {
    const behind = 'handoffs?behind=timeToCompletion&signedUntil=2026-10-31T23:30:00.000Z';
    // After midnight in Berlin.
    expect(shown(behind).text).toContain('Of handoffs signed until Nov 1, 2026.');
  });
});

describe('The measures', () => {
  const titles = (email: string) =>
    shown('measures', { email })
      .querySelectorAll('tbody tr')
      .map((row) => row.querySelector('a')?.text);

  it('leave out the AE completeness score for who may see nobody’s', () => {
    expect(titles(ruth)).toContain('Steps on time');
    expect(titles(ruth)).not.toContain('AE completeness score');
    expect(titles(klaus)).toContain('AE completeness score');
  });

  it('say of onboarding how many said yes, and of how many nothing is known', () => {
    const lead = (complete: (i: number) => boolean | undefined) => {
      const handoffs = measured.handoffs.map(({ onboardingComplete: _said, ...each }, i) => {
        const said = complete(i);
        return { ...each, ...(said !== undefined && { onboardingComplete: said }) };
      });
      return shown('measures?of=onboardingComplete', { of: { ...measured, handoffs } }).querySelector('.lead')?.text;
    };
    expect(lead((i) => (i < 80 ? true : undefined))).toBe('80 said yes 40 not known');
    expect(lead((i) => (i < 80 ? i < 60 : undefined))).toBe('75% 60 of 80 counted, 40 not known');
  });

  it('say what 90% are within only where it can be said; a file has the column always', () => {
    const heads = (of: string) =>
      shown(`measures?of=${of}`)
        .querySelectorAll('thead')
        .map(({ text }) => text.includes('90% are within'));
    expect(heads('timeToCompletion')).toContain(true);
    for (const figure of ['stepsOnTime', 'handoffScore', 'won', 'surveyScore'])
      expect(heads(figure)).not.toContain(true);
    const file = answer('measures?of=stepsOnTime&format=csv');
    expect('csv' in file && file.csv).toContain('90% are within');
  });
});

describe('What holds handoffs up', () => {
  it('leads to as many handoffs as it says, with and without a filter', () => {
    for (const address of ['', '?segment=enterprise', '?from=2026-06&to=2026-09']) {
      const [lead] = shown(address)
        .querySelectorAll('.lead')
        .filter(({ text }) => text.includes(' in all: late in '));
      const [, late] = /\((\d+) of \d+\)/.exec(lead?.text ?? '') ?? [];
      const list = answer(`${lead?.querySelector('a')?.getAttribute('href')?.replace('/r/L/', '')}&format=csv`);
      const rows = 'csv' in list ? list.csv.trim().split('\r\n').slice(1) : [];
      expect([lead?.querySelector('a')?.text, rows.length]).toEqual([`See ${late} handoffs`, Number(late)]);
    }
  });
});

describe('The week before', () => {
  const linksOf = (week: string, of = measured) =>
    shown(`?week=${week}`, { of })
      .querySelectorAll('main a')
      .map(({ text }) => text)
      .filter((text) => text.startsWith('Week '));

  it('is led to until the first week in which anything was signed', () => {
    const signed = measured.handoffs.map(({ signedAt }) => signedAt).toSorted();
    const first = weekOf(signed[0] ?? '', site.defaultZone);
    const [before = '', , second = ''] = periodsUntil(weekOf('2026-11-22T02:00:00Z', site.defaultZone), 60).slice(
      periodsUntil(weekOf('2026-11-22T02:00:00Z', site.defaultZone), 60).indexOf(first) - 1,
    );
    expect(linksOf(second)).toEqual(['Week before', 'Week after']);
    expect(linksOf(first)).toEqual(['Week after']);
    expect(linksOf(before)).toEqual(['Week after']);
    expect(linksOf('2026-W47')).toEqual(['Week before']);
  });

  it('is none where everything was signed in this week', () => {
    const handoffs = measured.handoffs.filter(({ signedAt }) => signedAt >= '2026-11-16T08');
    expect(handoffs.length).toBeGreaterThan(0);
    expect(linksOf('2026-W47', { ...measured, handoffs })).toEqual([]);
  });
});
