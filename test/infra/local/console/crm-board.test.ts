import { describe, expect, it } from 'vitest';
import { type PlayedName, playedNames } from '../../../../infra/local/crm/played-names.ts';
import { course } from '../../../support/course.ts';
import { tagProblems } from '../../../support/markup.ts';
import { full } from '../../../support/playbooks/full.ts';
import { openTestConsole, tuesday } from './open-test-console.ts';

const path = '/crm-board';
const hour = 3_600_000;

/** A console whose deals come from a CRM; `deal`: of Nordwind, complete. */
async function opened(name: PlayedName = 'hubspot') {
  const console = await openTestConsole(tuesday, full, name);
  const { crm, submit, system } = console;
  if (crm === undefined) throw new Error('No CRM is played.');
  const deal = crm.fake.deals().find(({ customer }) => customer.startsWith('Nordwind'))?.dealId ?? '';
  const stageOf = (phase: string) => crm.fake.stages.find((stage) => stage.phase === phase)?.id ?? '';
  const move = (phase: string) => submit(path, { do: 'move', deal, stage: stageOf(phase) });
  const status = async () => (await system.world.handoffs.load(`${deal}-1`))?.state.status;
  return { ...console, fake: crm.fake, deal, stageOf, move, status };
}

describe.each(playedNames)('the page of %s', (name) => {
  it('shows the deals before they are won, told to nobody so far', async () => {
    const { get, fake, system } = await opened(name);
    const { text, status } = await get(path);
    expect([status, tagProblems(text)]).toEqual([200, []]);
    expect(text).toMatch(/(HubSpot|Salesforce|Pipedrive) <span class="soft">\(played here\)/);
    for (const { label } of fake.stages) expect(text).toContain(label);
    expect(text).toContain('Nordwind Logistik GmbH');
    expect(text).toContain('86,400 EUR · Anna Keller');
    expect(system.clock.next()).toBeUndefined();
    expect([system.clock.now(), system.account.inbox.mails]).toEqual([tuesday, []]);
  });

  it('begins a handoff when a deal is won, and shows what was written back', course, async () => {
    const { get, move, system, deal, status } = await opened(name);
    const won = await move('won');
    expect(won.text).toMatch(/Nordwind Logistik GmbH<\/span>: the handoff began \d+ seconds? later\./);
    expect(won.text).toContain(`<a href="/handoffs/${deal}-1">Open the handoff`);
    const { label } = system.clock.nextTimers(9).find((timer) => timer.label.startsWith('Write back')) ?? {};
    expect(label).toMatch(/^Write back to (HubSpot|Salesforce|Pipedrive)$/);
    expect(won.text).toMatch(/\d (person was|people were) emailed\./);
    expect(won.text).toContain('Nothing written back yet');
    expect(await status()).toBe('open');
    expect((await get(`/handoffs/${deal}-1`)).status).toBe(200);
    await system.clock.advanceTo(system.clock.now() + hour);
    const { text } = await get(path);
    expect(tagProblems(text)).toEqual([]);
    expect(text).toContain('<dt>Status</dt><dd dir="auto">open</dd>');
    expect(text).toContain(`<dt>Board</dt><dd dir="auto"><a href="/handoffs/${deal}-1">Open</a>`);
    expect(text).toContain('1 note');
    expect(system.account.lambda.failures).toEqual([]);
  });

  it('stops the handoff of a deal that is lost, or open again', course, async () => {
    const lost = await opened(name);
    await lost.move('won');
    expect((await lost.move('lost')).text).toMatch(/Deal marked lost\. The handoff stopped; \d people were emailed\./);
    expect(await lost.status()).toBe('cancelled');
    const reopened = await opened(name);
    await reopened.move('won');
    expect((await reopened.move('early')).text).toContain('Deal reopened. The handoff stopped;');
    expect((await reopened.move('won')).text).toContain(`/handoffs/${reopened.deal}-2`);
  });

  it('has nothing against deals that it does not know, closed by a button', course, async () => {
    const { submit, system } = await opened(name);
    expect((await submit('/deals', { sample: 'complete-standard' })).text).toContain('A handoff has started');
    await system.clock.advanceTo(system.clock.now() + 2 * hour);
    expect(system.account.lambda.failures).toEqual([]);
    expect(system.account.deadLetters).toEqual([]);
    const trail = await system.world.audit.trail('D-2026-1041-1');
    expect(trail.filter(({ what }) => what === 'write-back-refused')).toEqual([]);
  });

  it('drafts the package of a deal that gets past the proposal', course, async () => {
    const { move, system } = await opened(name);
    await move('early');
    expect(system.account.inbox.mails).toEqual([]);
    expect((await move('proposed')).text).toMatch(/\d people were emailed\./);
    expect(system.account.inbox.mails.map(({ subject }) => subject).join()).toMatch(/draft/);
    expect((await move('won')).text).toContain('Open the handoff');
  });

  it('loses nothing while the CRM is offline', course, async () => {
    const { submit, move, system, status } = await opened(name);
    expect((await submit(path, { do: 'offline' })).text).toMatch(/is offline\. Nothing is lost/);
    expect((await move('won')).text).toContain('tells Handoff when it is back');
    await system.clock.advanceTo(system.clock.now() + 6 * hour);
    expect(await status()).toBeUndefined();
    await submit(path, { do: 'online' });
    await system.clock.advanceTo(system.clock.now() + hour);
    expect(await status()).toBe('open');
  });

  it('changes the amount and the owner of a deal, which its handoff follows', course, async () => {
    const { submit, move, deal, fake, system } = await opened(name);
    await move('won');
    await submit(path, { do: 'change', deal, amount: '99,000', owner: 'james.carter@example.com' });
    expect(fake.deals().find(({ dealId }) => dealId === deal)).toMatchObject({
      value: { amount: 99_000, currency: 'EUR' },
      owner: 'james.carter@example.com',
    });
    const record = await system.world.handoffs.load(`${deal}-1`);
    expect(record?.deal.accountExecutive ?? '').not.toBe('');
    expect(JSON.stringify(record)).toContain('james.carter@example.com');
  });
});

describe('the page of a CRM', () => {
  it('says what to do in the CRM about a deal that Handoff refuses', course, async () => {
    const { move, fake, deal, status } = await opened();
    fake.change(deal, { hubspot_owner_id: '' });
    const { text } = await move('won');
    expect(text).toContain('The deal has no owner. Set one in HubSpot.');
    expect(text).not.toContain('detail.');
    expect(await status()).toBeUndefined();
  });

  it('names each deal whose handoff began when the CRM is back', course, async () => {
    const { submit, fake, stageOf } = await opened();
    await submit(path, { do: 'offline' });
    for (const { dealId } of fake.deals()) await submit(path, { do: 'move', deal: dealId, stage: stageOf('won') });
    const { text } = await submit(path, { do: 'online' });
    const lines = text.match(/[^>]+<\/span>: the handoff began/g) ?? [];
    expect(lines.join()).toContain('Nordwind');
    expect(new Set(lines).size).toBe(fake.deals().length);
  });

  it.each([
    [{ do: 'move', deal: 'none', stage: 'closedwon' }, 'There is no such deal in the CRM.'],
    [{ do: 'move', stage: 'nowhere' }, 'Select a stage from the list.'],
    [{ do: 'move', stage: 'contractsent' }, 'is at Contract Sent already.'],
    [{ do: 'change', amount: 'a lot' }, 'Amount: use a number, like 24,000. &quot;a lot&quot; can&#39;t be read.'],
    [{ do: 'change', owner: 'nobody@example.com' }, 'Select an owner from the list.'],
    [{ do: 'change', amount: '86400' }, 'Nothing changed for Nordwind'],
    [{ do: 'toString' }, 'There is nothing called &quot;toString&quot; to do in the CRM.'],
  ])('says what is wrong with %j', course, async (form, said) => {
    const { submit, deal, fake } = await opened();
    const before = fake.deals();
    expect((await submit(path, { deal, ...form })).text).toContain(said);
    expect(fake.deals()).toEqual(before);
  });

  it('takes forms of its own pages only', async () => {
    const { post, deal, stageOf, fake } = await opened();
    const form = { do: 'move', deal, stage: stageOf('won') };
    const elsewhere = { host: '127.0.0.1:4566', origin: 'https://evil.example' };
    expect((await post(path, form, elsewhere)).status).toBe(403);
    expect(fake.deals().some(({ stage }) => stage === stageOf('won'))).toBe(false);
  });

  it('is where a newcomer is led, and stands in the navigation', course, async () => {
    const { get } = await opened();
    const { text } = await get('/');
    expect(text).toContain('<a class="button" href="/crm-board">Win a deal in HubSpot</a>');
    expect(text).toContain('<a href="/crm-board">HubSpot</a>');
    expect(text).toContain('Close a complete standard deal');
  });

  it('is not there without a CRM', async () => {
    const { get, submit } = await openTestConsole();
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).toContain('npm start -- --crm hubspot');
    expect((await get('/')).text).not.toContain(path);
    expect((await submit(path, { do: 'offline' })).text).toContain('No CRM is played here.');
  });
});

describe('the API of a CRM', () => {
  const ask = async (path: string, { method = 'GET', token = '', name = 'hubspot' as PlayedName } = {}) => {
    const { handle } = await opened(name);
    const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
    return handle({ method, path, headers, body: Buffer.from('') });
  };
  const pipelines = '/played/hubspot/crm/pipelines/2026-09/0-3';

  it('answers over the network whoever has its token', course, async () => {
    const { crm } = await opened();
    const token = crm?.settings.secrets['accessToken'] ?? '';
    expect((await ask(pipelines)).status).toBe(401);
    const answer = await ask(pipelines, { token });
    expect(answer.status).toBe(200);
    expect(Buffer.from(answer.body).toString()).toContain('closedwon');
    expect((await ask(pipelines, { token, method: 'OPTIONS' })).status).toBe(405);
  });

  it('is not at the address of another CRM', async () => {
    expect((await ask(pipelines, { name: 'pipedrive' })).status).toBe(404);
  });
});
