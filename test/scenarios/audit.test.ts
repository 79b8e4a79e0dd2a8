import { describe, expect, it } from 'vitest';
import { deskTo } from '../../functions/mailing/desk-link.ts';
import { cancelHandoff } from '../../functions/verbs/cancel-handoff.ts';
import { sendReports } from '../../functions/verbs/send-reports.ts';
import { measuredCompany } from '../../infra/local/measured-company.ts';
import { sampleRoster } from '../../infra/local/sample-company.ts';
import { klaus, lena, ruth } from '../support/handoff-record.ts';
import { upTo } from '../support/progress.ts';
import { hiddenFields, type OpenSystem, openSystem, sameOrigin } from '../support/world.ts';

const quarter = '2026-Q4';

/** A handoff that has ended, as it was measured; and the path of the quarter's audit for somebody. */
async function audited() {
  const { system, id } = await upTo('review-brief');
  const [first] = measuredCompany({ handoffs: 1, asOf: '2026-11-18T02:00:00Z' }).handoffs;
  if (!first) throw new Error('One handoff was asked for.');
  const handoff = {
    ...first,
    id,
    customer: 'Nordwind',
    status: 'complete',
    endedAt: '2026-11-17T20:00:00Z',
    stalledAt: [],
  } as const;
  await system.world.measured.save({ asOf: '2026-11-18T02:00:00Z', handoffs: [handoff], playbooks: [] });
  const path = async (email: string, of = quarter) => {
    const url = await deskTo(system.world, { person: email, handoffId: id, at: system.now() });
    return `${new URL(url).pathname.replace('/d/', '/r/')}/audit/${of}`;
  };
  return { system, id, path };
}

async function send(
  system: OpenSystem,
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = sameOrigin,
) {
  const { nonce = '' } = hiddenFields((await system.get(path)).html);
  return system.post(path, new URLSearchParams({ nonce, ...form }), headers);
}

describe('The page of an audit', () => {
  it('shows each handoff of the sample with its gaps, timeline and evidence, and no name of who did what', async () => {
    const { system, path } = await audited();
    const { status, html } = await system.get(await path(ruth));
    expect(status).toBe(200);
    expect(html).toContain('A random 1 of 1 handoffs');
    expect(html).toContain('<code>audit 2026-Q4</code>');
    expect(html).toContain('Nordwind');
    expect(html).toContain('Timeline and evidence');
    expect(html).toContain('The quarter is not over yet in these numbers: the sample will change.');
    expect(html).toMatch(/by <bdi>account executive<\/bdi>\. <span class="soft">Promised.* due /);
    expect(html).toMatch(/<dt>Date and time<\/dt><dd dir="auto">.*, 2026, /);
    expect(html).toMatch(/<a href="\/r\/[\w-]{22}\/handoffs\?handoff=[^"]+">Nordwind<\/a>/);
    const told = html.replace(/<option.*?<\/option>/gs, '');
    for (const name of ['Anna', 'Lena', '@example.com']) expect(told).not.toContain(name);
  });

  it('has what stalled in the quarter and is not over, and no word of a change once the quarter is measured', async () => {
    const { system, id, path } = await audited();
    const [first] = measuredCompany({ handoffs: 1, asOf: '2026-11-18T02:00:00Z' }).handoffs;
    if (!first) throw new Error('One handoff was asked for.');
    const { endedAt: _endedAt, ...open } = first;
    const stalled = {
      ...open,
      id,
      customer: 'Nordwind',
      status: 'stalled',
      stalledAt: ['2026-11-17T09:00:00Z'],
    } as const;
    await system.world.measured.save({ asOf: '2027-01-02T02:00:00Z', handoffs: [stalled], playbooks: [] });
    const { html } = await system.get(await path(ruth));
    expect(html).toContain('A random 1 of 1 handoffs that ended or stalled in the quarter');
    expect(html).toContain(', stalled Nov 17, 2026, not over yet.');
    expect(html).toContain('not answered yet');
    expect(html).not.toContain('the sample will change');
  });

  it('says that a handoff was canceled, and why, with no name', async () => {
    const { system, id, path } = await audited();
    const reason = 'Lena Vogt heard that they stop.';
    await cancelHandoff(system.world)({ handoffId: id, by: lena, reason, at: system.now(), from: 'page' });
    const [first] = measuredCompany({ handoffs: 1, asOf: '2026-11-18T02:00:00Z' }).handoffs;
    if (!first) throw new Error('One handoff was asked for.');
    const canceled = { ...first, id, status: 'cancelled', endedAt: '2026-11-17T20:00:00Z', stalledAt: [] } as const;
    await system.world.measured.save({ asOf: '2026-11-18T03:00:00Z', handoffs: [canceled], playbooks: [] });
    const { html } = await system.get(await path(ruth));
    expect(html).toContain(', canceled Nov 17, 2026.');
    expect(html).toContain('<li dir="auto">It was canceled. Why: customer success manager heard that they stop.</li>');
  });

  it('is there for revenue operations alone, and for quarters that there are', async () => {
    const { system, path } = await audited();
    const others = ['2026-Q5', '2026-11', '0000-Q1', '2027-Q1', '9999-Q4'].map((of) => path(ruth, of));
    for (const each of await Promise.all([path(klaus), path(lena), ...others])) {
      const { status, html: said } = await system.get(each);
      expect([each, status]).toEqual([each, 404]);
      if (each.includes('2026-Q5')) expect(said).toContain('See your reports');
    }
    const none = await system.get(await path(ruth, '2026-Q3'));
    expect([none.status, none.html.includes('No handoff ended or stalled in this quarter')]).toEqual([200, true]);
    expect((await system.get('/r/AAAAAAAAAAAAAAAAAAAAAA/audit/2026-Q4')).status).toBe(404);
  });

  it('keeps a note once, says what is missing in one, and keeps what was typed', async () => {
    const { system, id, path } = await audited();
    const at = await path(ruth);
    const note = { act: 'note', handoff: id, what: 'Ask <b>earlier</b>.', owner: klaus, by: '2026-12-01' };
    const wrong = await send(system, at, { ...note, owner: '', by: '2026-11-01' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('There is a problem');
    expect(wrong.html).toContain('Select who sees to it');
    expect(wrong.html).toContain('By when must be today or later');
    expect(wrong.html).toContain('Ask &lt;b&gt;earlier&lt;/b&gt;.</textarea>');
    expect(await system.world.remediations.of(quarter)).toEqual([]);
    for (const answer of [await send(system, at, note), await send(system, at, note)]) expect(answer.status).toBe(200);
    const [kept, ...more] = await system.world.remediations.of(quarter);
    expect([kept?.what, kept?.owner, kept?.by, kept?.writtenBy, more]).toEqual([
      note.what,
      klaus,
      '2026-12-01',
      ruth,
      [],
    ]);
    expect((await system.get(at)).html).toContain('Ask &lt;b&gt;earlier&lt;/b&gt;.');
  });

  it('marks a note as done, once', async () => {
    const { system, id, path } = await audited();
    const at = await path(ruth);
    await send(system, at, { act: 'note', handoff: id, what: 'Ask earlier.', owner: klaus, by: '2026-12-01' });
    const [kept] = await system.world.remediations.of(quarter);
    const done = { act: 'done', note: kept?.id ?? '' };
    expect((await send(system, at, done)).html).toContain('Marked as done.');
    expect((await send(system, at, done)).status).toBe(409);
    expect((await system.world.remediations.of(quarter))[0]?.done?.by).toBe(ruth);
    expect((await send(system, at, { act: 'done', note: 'none' })).status).toBe(409);
    expect(
      (await send(system, at, { act: 'note', handoff: 'D-nobody-1', what: 'x', owner: klaus, by: '2026-12-01' }))
        .status,
    ).toBe(409);
  });

  it('takes no form from elsewhere, nor one without a nonce', async () => {
    const { system, id, path } = await audited();
    const at = await path(ruth);
    const note = { act: 'note', handoff: id, what: 'Ask earlier.', owner: klaus, by: '2026-12-01' };
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await send(system, at, note, evil)).status).toBe(403);
    expect((await system.post(at, new URLSearchParams(note), sameOrigin)).status).toBe(403);
    expect((await send(system, await path(klaus), note)).status).toBe(403);
    expect(await system.world.remediations.of(quarter)).toEqual([]);
  });

  it('is led to by the week’s numbers once a note is past its date', async () => {
    const { system } = await audited();
    const note = { quarter: '2026-Q3', id: 'n', handoffId: 'h', what: 'Ask earlier.', owner: klaus, by: '2026-11-20' };
    await system.world.remediations.add({ ...note, writtenBy: ruth, at: '2026-10-02T08:00:00Z' });
    await system.until('2026-11-23T08:05:00Z');
    await system.world.measured.save({ asOf: '2026-11-23T02:00:00Z', handoffs: [], playbooks: [] });
    await sendReports(system.world)({ at: system.now() });
    const mail = system.mails().find(({ tags }) => tags['kind'] === 'weekly-kpis');
    expect(mail?.text).toContain('A remediation note of an audit is past its date.');
    expect(mail?.text).toMatch(/\/r\/[\w-]{22}\/audit\/2026-Q3/);
  });

  it('is told of to nobody who may not open it', async () => {
    const people = sampleRoster().map((each) => (each.email === klaus ? { ...each, leadership: true as const } : each));
    const system = await openSystem({ at: '2026-11-23T08:05:00Z', roster: people });
    const note = { quarter: '2026-Q3', id: 'n', handoffId: 'h', what: 'Ask earlier.', owner: klaus, by: '2026-11-20' };
    await system.world.remediations.add({ ...note, writtenBy: ruth, at: '2026-10-02T08:00:00Z' });
    await system.world.measured.save({ asOf: '2026-11-23T02:00:00Z', handoffs: [], playbooks: [] });
    await sendReports(system.world)({ at: system.now() });
    const mails = system.mails().filter(({ tags }) => tags['kind'] === 'weekly-kpis');
    const told = mails.map(({ recipients, text }) => [recipients, text.includes('remediation note')]);
    expect(told).toContainEqual([[ruth], true]);
    expect(told).toContainEqual([[klaus], false]);
  });
});
