import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../functions/domain/fields/values.ts';
import { liveScript } from '../../../../infra/local/console/live.ts';
import { shippedPlaybooks } from '../../../../statemachines/shipped-playbooks.ts';
import { course } from '../../../support/course.ts';
import { lena, stepRecord } from '../../../support/handoff-record.ts';
import { openTestConsole, type TestConsole, tuesday } from './open-test-console.ts';

const hour = 3_600_000;

async function executions({ system }: TestConsole) {
  const { clients, stateMachineArn } = system;
  return (await clients.sfn.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];
}

describe('the first page', () => {
  it('tells a newcomer what to press, and that time is virtual', async () => {
    const { get } = await openTestConsole();
    const { status, text, headers } = await get('/');
    expect(status).toBe(200);
    expect(text).toContain('No handoffs yet. They start when a deal closes.');
    expect(text).toContain('Virtual time');
    expect(text).toContain('Tue, Nov 17, 2026, 8:30 AM UTC');
    expect(headers['date']).toBe('Tue, 17 Nov 2026 08:30:00 GMT');
    expect(String(headers['content-security-policy'])).toContain("default-src 'none'");
    // One script, allowed by its hash: nothing else may run.
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(String(headers['content-security-policy'])).toMatch(/script-src 'sha256-[^' ]+';/);
  });

  it('says so when there is nothing at an address', async () => {
    const { get } = await openTestConsole();
    for (const path of ['/nothing', '/handoffs/none', '/executions/none', '/mails/none', '/mails/%ff'])
      expect((await get(path)).status, path).toBe(404);
  });
});

describe('closing a deal', () => {
  it('starts a handoff signed now, whose step can be opened as its owner', async () => {
    const console = await openTestConsole();
    const { text } = await console.submit('/deals', { sample: 'complete-standard', when: 'now' });
    expect(text).toContain('A handoff has started');
    expect(text).toContain('Nordwind Logistik GmbH');
    expect(text).toContain('Anna Keller');
    expect(text).toContain('<h2>Preparing <span class="soft small">1<');
    expect(await executions(console)).toHaveLength(1);
    expect(console.system.clock.now()).toBe(tuesday);
    const link = /href="(\/s\/[\w-]+)"/.exec(text)?.[1];
    expect((await console.get(link ?? '/nothing')).status).toBe(200);
  });

  it('makes one handoff of the same deal twice, and another one when asked to', course, async () => {
    const console = await openTestConsole();
    await console.submit('/deals', { sample: 'complete-standard' });
    const again = await console.submit('/deals', { sample: 'complete-standard', identity: 'same' });
    expect(again.text).toContain('has its handoff already');
    expect(await executions(console)).toHaveLength(1);
    await console.submit('/deals', { sample: 'complete-standard', identity: 'another' });
    await console.submit('/deals', { sample: 'complete-standard', identity: 'won-again' });
    expect((await executions(console)).map(({ name }) => name).sort()).toEqual([
      'D-2026-1041-1',
      'D-2026-1041-2',
      'D-2026-1041-copy-2-1',
    ]);
  });

  it('makes one handoff of the same deal ten times at once, and the clock stands', course, async () => {
    const console = await openTestConsole();
    const deals = Array.from({ length: 10 }, () => console.post('/deals', { sample: 'complete-standard' }));
    await Promise.all(deals);
    expect(await executions(console)).toHaveLength(1);
    expect(console.system.account.inbox.mails.map(({ tags }) => tags['kind'])).toEqual(['ask']);
    expect(console.system.clock.now()).toBe(tuesday);
  });

  it('goes forward to the signature in the file, and says so when that is past', async () => {
    const console = await openTestConsole();
    const ahead = await console.submit('/deals', { sample: 'self-serve', when: 'file' });
    expect(ahead.text).toContain('The clock went forward');
    expect(console.system.clock.now()).toBe(Date.UTC(2026, 10, 18, 14, 5));
    const past = await console.submit('/deals', { sample: 'complete-standard', when: 'file' });
    expect(past.text).toContain('in the past');
  });

  it('shows awkward text as text, on every page', course, async () => {
    const console = await openTestConsole();
    await console.submit('/deals', { sample: 'awkward-text' });
    const [execution] = await executions(console);
    const [mail] = console.system.account.inbox.mails;
    const paths = [
      '/',
      '/roster',
      ...['timeline', 'steps', 'brief', 'emails', 'record', 'execution'].map(
        (view) => `/handoffs/${execution?.name}?view=${view}`,
      ),
      '/inbox',
      '/close',
      `/executions/${execution?.name}`,
      `/mails/${mail?.id}`,
    ];
    for (const path of paths) {
      const { status, text } = await console.get(path);
      expect(status, path).toBe(200);
      expect(text.replace(`<script>${liveScript}</script>`, ''), path).not.toMatch(/<script|<b>GmbH|<img/i);
    }
    expect((await console.get(`/handoffs/${execution?.name}`)).text).toContain('&lt;b&gt;GmbH');
  });
});

describe('an event of one’s own', () => {
  it('is not sent when it is not JSON; what was typed stays', async () => {
    const console = await openTestConsole();
    const { status, text } = await console.post('/events', { event: '{"source": "<i>' });
    expect(status).toBe(422);
    expect(text).toContain('This is not JSON');
    expect(text).toContain('{&quot;source&quot;: &quot;&lt;i&gt;');
  });

  it('names every member that the envelope lacks', async () => {
    const console = await openTestConsole();
    const { text } = await console.post('/events', { event: '{"detail": 3}' });
    for (const member of ['source is missing', 'detail-type is missing', 'detail is missing'])
      expect(text).toContain(member);
  });

  it('is shown with the remedy when it is refused, then and later', course, async () => {
    const console = await openTestConsole();
    const event = { source: 'handoff.crm', 'detail-type': 'Deal Closed Won', detail: { customer: { name: 'A & B' } } };
    const { text } = await console.submit('/events', { event: JSON.stringify(event) });
    expect(text).toContain('The event was refused');
    expect(text).toContain('Send the id of the deal in the CRM');
    const later = await console.get('/');
    expect(later.text).toContain('What went wrong');
    expect(later.text).toContain('<strong>detail.dealId</strong> is missing');
  });

  it('is shown with its own reason among others that were refused at the same instant', async () => {
    const console = await openTestConsole();
    const hint = 'Send the id of the deal in the CRM';
    const hinted: boolean[] = [];
    for (const n of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const detail = { customer: { name: `Customer ${n}` }, ...(n % 2 === 0 && { dealId: `D-${n}` }) };
      const event = { source: 'handoff.crm', 'detail-type': 'Deal Closed Won', detail };
      hinted.push((await console.submit('/events', { event: JSON.stringify(event) })).text.includes(hint));
    }
    expect(hinted).toEqual([false, true, false, true, false, true, false, true]);
  });

  it('is said to be unheard when no rule listens for it, and what PutEvents refuses is shown', async () => {
    const console = await openTestConsole();
    const unheard = await console.submit('/events', {
      event: '{"source":"x","detail-type":"Invoice Paid","detail":{}}',
    });
    expect(unheard.text).toContain('No rule listens');
    const nearly = await console.submit('/events', {
      event: '{"source":"x","detail-type":"Deal Closed Won","detail":{}}',
    });
    expect(nearly.text).toContain('The event was refused');
    const refused = await console.submit('/events', { event: '{"source":"aws.x","detail-type":"y","detail":{}}' });
    expect(refused.text).toContain('NotAuthorizedForSourceException');
  });

  it('shows what was answered in words, rows and moments too', course, async () => {
    const console = await openTestConsole();
    await console.submit('/deals', { sample: 'complete-standard' });
    const { steps } = console.system.world;
    const id = 'D-2026-1041-1';
    const evidence = {
      'map-stakeholders': {
        stakeholders: [{ name: 'Ana', email: 'ana@example.com', roles: ['champion'], influence: 'high', stays: true }],
        allKeyContacts: true,
      },
      'schedule-kickoff': { meetingAt: '2026-11-24T09:00:00Z', recipients: ['ana@example.com', 'bo@example.com'] },
      'complete-package': { gaps: ['contract.termMonths', 'Contract: Scope'] },
    } as const satisfies Record<string, Evidence>;
    const choices = { 'map-stakeholders': 'verified', 'schedule-kickoff': 'scheduled', 'complete-package': 'complete' };
    for (const step of ['map-stakeholders', 'schedule-kickoff', 'complete-package'] as const) {
      await steps.open(id, stepRecord(step));
      const decision = { choice: choices[step], by: lena, as: 'owner', at: '2026-11-23T10:00:00Z' } as const;
      await steps.decide({ id, step, round: 1, decision: { ...decision, evidence: evidence[step] } });
    }
    const { text } = await console.get(`/handoffs/${id}?view=steps`);
    for (const shown of [
      'Ana: champion; influence high; stays involved; ana@example.com',
      'Tue, Nov 24, 2026, 10 AM',
      'ana@example.com, bo@example.com',
      '> yes<',
      'Term length',
      'Contract: Scope',
    ])
      expect(text).toContain(shown);
    expect(text).not.toMatch(/\[object|contract\.termMonths/);
  });

  it('stops a handoff when the deal is off', course, async () => {
    const console = await openTestConsole();
    await console.submit('/deals', { sample: 'complete-standard' });
    const form = {
      type: 'Deal Lost',
      dealId: 'D-2026-1041',
      wonEpisode: '1',
      reason: 'a <b> reason',
      back: '/handoffs/D-2026-1041-1',
    };
    const { text } = await console.submit('/stop', form);
    expect(text).toContain('>canceled<');
    expect(text).toMatch(/Deal marked lost\. The handoff stopped; \d+ people were emailed\./);
    expect(text).toContain('Deal lost: a &lt;b&gt; reason');
    await console.submit('/clock', { move: 'week' });
    const later = (await console.get('/handoffs/D-2026-1041-1?view=steps')).text;
    expect(later).toContain('>not done<');
    expect(later).not.toMatch(/>late<|>open<|>preparing</);
    expect((await console.get('/handoffs/D-2026-1041-1?view=record')).text).toMatch(
      /<h2>Score <span[^>]*>none<[\s\S]*The handoff was canceled\./,
    );
  });

  it('reaches the handoff that every broken sample is about, or its refusal', course, async () => {
    const console = await openTestConsole();
    const names = ['unknown-currency', 'missing-id', 'wrong-envelope', 'not-json', 'control-characters', 'long-note'];
    for (const broken of names) {
      const { status, text } = await console.submit('/events', { broken });
      expect([200, 422], broken).toContain(status);
      expect(text, broken).toContain('role="status"');
    }
    expect(console.system.account.lambda.failures).toEqual([]);
  });
});

describe('the clock', () => {
  it('moves by its buttons only', async () => {
    const console = await openTestConsole();
    const { clock } = console.system;
    await console.submit('/deals', { sample: 'complete-standard' });
    await console.get('/');
    expect(clock.now()).toBe(tuesday);
    const moved = await console.submit('/clock', { move: 'hour', back: '/roster' });
    expect(clock.now()).toBe(tuesday + hour);
    expect(moved.text).toContain('1 hour went by. No email went out.');
    expect(moved.text).toContain('<h1>Roster</h1>');
    const next = clock.next();
    expect((await console.submit('/clock', { move: 'next' })).text).toContain('1 email went out');
    expect(clock.now()).toBe(next);
    await console.submit('/clock', { move: 'day' });
    await console.submit('/clock', { move: 'week' });
    expect(clock.now()).toBe((next ?? 0) + 8 * 24 * hour);
  });

  it('goes to a date that is typed, and to none that is past or does not exist', async () => {
    const console = await openTestConsole();
    const { clock } = console.system;
    await console.submit('/clock', { move: 'date', to: '2026-11-19T09:15' });
    expect(clock.now()).toBe(Date.UTC(2026, 10, 19, 9, 15));
    for (const to of ['2026-11-18T09:15', '2026-11-31T09:15', 'tomorrow', '', '2999-01-01T00:00'])
      expect((await console.submit('/clock', { move: 'date', to })).text, to).toContain('class="note bad"');
    expect(clock.now()).toBe(Date.UTC(2026, 10, 19, 9, 15));
  });

  it('tells on every page what comes next, and with whom', async () => {
    const console = await openTestConsole();
    await console.submit('/deals', { sample: 'complete-standard' });
    for (const path of ['/', '/inbox', '/close', '/roster', '/handoffs/D-2026-1041-1']) {
      const { text } = await console.get(path);
      expect(text, path).toMatch(
        /Nordwind Logistik GmbH<\/a> <span dir="auto">[^<]+: Anna Keller hears that it is due soon/,
      );
    }
  });

  it('plays by itself until it is paused, or somebody moves it', course, async () => {
    const console = await openTestConsole();
    const { clock } = console.system;
    await console.submit('/deals', { sample: 'complete-standard' });
    expect((await console.submit('/clock', { move: 'play', speed: 'hour' })).text).toContain(
      'Playing, 1 hour a second',
    );
    await console.tick();
    await console.tick();
    expect(clock.now()).toBe(tuesday + hour / 2);
    expect((await console.submit('/clock', { move: 'pause' })).text).toContain('Clock paused.');
    await console.submit('/clock', { move: 'play', speed: 'day' });
    await console.submit('/clock', { move: 'hour' });
    await console.tick();
    expect(clock.now()).toBe(tuesday + hour / 2 + hour);
  });

  it('goes to the end of what runs, ninety days at most', course, async () => {
    const console = await openTestConsole();
    const none = await console.submit('/clock', { move: 'end' });
    expect(none.text).toContain('No handoff is running');
    await console.submit('/deals', { sample: 'complete-standard' });
    const { text } = await console.submit('/clock', { move: 'end' });
    expect(console.system.clock.now()).toBe(tuesday + 90 * 24 * hour);
    expect(text).toContain('press again to go on');
    expect(text).toContain('stalled');
  });

  it('runs at real speed and stands still again', async () => {
    const console = await openTestConsole();
    expect((await console.submit('/clock', { move: 'play', speed: 'real' })).text).toContain('Runs at real speed');
    expect(console.system.clock.isRealTime()).toBe(true);
    expect((await console.submit('/clock', { move: 'pause' })).text).toContain('Clock paused.');
    expect(console.system.clock.isRealTime()).toBe(false);
  });

  it('comes back to pages of this site only', async () => {
    const console = await openTestConsole();
    for (const back of ['//evil.example', '/\\evil.example', 'https://evil.example/', '/a b', ''])
      expect(String((await console.post('/clock', { move: 'hour', back })).headers['location'])).toMatch(
        /^\/\?said=\d+$/,
      );
  });
});

describe('mails and people', () => {
  it('filters the inbox by person and by handoff', async () => {
    const console = await openTestConsole();
    await console.submit('/deals', { sample: 'complete-standard' });
    const silent = await console.submit('/deals', { sample: 'self-serve' });
    expect(silent.text).toContain('not at work yet: the email goes out');
    await console.submit('/clock', { move: 'next' });
    const subjects = async (query: string) =>
      [
        ...(await console.get(`/inbox?${query}`)).text.matchAll(
          /<a href="\/inbox\?[^"]*mail=[^"]+"[^>]* dir="auto">([^<]*)/g,
        ),
      ].map(([, subject]) => subject);
    expect(await subjects('to=anna.keller%40example.com')).toHaveLength(1);
    expect(await subjects('handoff=7741902-1')).toHaveLength(1);
    expect(await subjects('to=nobody%40example.com')).toHaveLength(0);
    expect(await subjects('')).toHaveLength(2);
  });

  it('frames a mail’s HTML without script, and leads to the page behind its link', async () => {
    const console = await openTestConsole();
    await console.submit('/deals', { sample: 'complete-standard' });
    const [mail] = console.system.account.inbox.mails;
    const page = await console.get(`/mails/${mail?.id}`);
    expect(page.text).toContain('Open the page behind the link as <bdi>Anna Keller</bdi>');
    expect(page.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    const framed = await console.get(`/mails/${mail?.id}/html`);
    expect(String(framed.headers['content-security-policy'])).toMatch(/^sandbox .*default-src 'none'/);
    expect(framed.text).toContain('<base target="_blank">');
  });

  it('calls roles what the playbook calls them, before a handoff has begun and after', course, async () => {
    const console = await openTestConsole(tuesday, shippedPlaybooks.agency);
    expect((await console.get('/roster')).text).toContain('<h2>Account manager</h2>');
    const { text: index } = await console.submit('/deals', { sample: 'complete-standard' });
    const page = /\/handoffs\/[\w-]+/.exec(index)?.[0] ?? '';
    const { text: handoff } = await console.get(`${page}?view=record`);
    expect(handoff).toContain('<dt>Account manager</dt>');
    // Three letters stand in the ids of links by chance.
    for (const text of [index, handoff]) expect(text).not.toMatch(/customer success manager|(?<![\w-])CSMs?(?![\w-])/i);
  });

  it('shows who has what to do', course, async () => {
    const console = await openTestConsole();
    await console.submit('/deals', { sample: 'complete-standard' });
    const { text } = await console.get('/roster');
    expect(text).toContain('Schedule the internal handoff meeting: <bdi>Anna Keller</bdi>');
    expect(text).toContain('1 open handoff of at most 12');
    expect(text).toContain('has left');
    expect(text).toContain('away 2026-11-09 to 2026-12-04');
  });
});

describe('forms of other sites', () => {
  it.each([
    ['another origin', { host: '127.0.0.1:4566', origin: 'https://evil.example' }],
    ['another port', { host: '127.0.0.1:4566', origin: 'http://127.0.0.1:8080' }],
    ['another host', { host: 'evil.example:4566', origin: 'http://evil.example:4566' }],
    [
      'a cross-site request',
      { host: '127.0.0.1:4566', origin: 'http://127.0.0.1:4566', 'sec-fetch-site': 'cross-site' },
    ],
    ['no origin at all', { host: '127.0.0.1:4566' }],
  ])('are refused: %s', async (_, headers) => {
    const console = await openTestConsole();
    expect((await console.post('/clock', { move: 'hour' }, headers)).status).toBe(403);
    expect((await console.post('/deals', { sample: 'complete-standard' }, headers)).status).toBe(403);
    expect(console.system.clock.now()).toBe(tuesday);
    expect(await executions(console)).toEqual([]);
  });

  it('are told from ours under localhost', async () => {
    const console = await openTestConsole();
    const headers = { host: 'localhost:4566', origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect((await console.post('/clock', { move: 'hour' }, headers)).status).toBe(303);
  });
});
