import { describe, expect, it } from 'vitest';
import { nextStepsOn } from '../../infra/local/play/page-form.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { sampleEvent } from '../support/deals.ts';
import { anna, lena } from '../support/handoff-record.ts';
import { upTo } from '../support/progress.ts';
import { hiddenFields, type OpenSystem, openSystem } from '../support/world.ts';

/** Where a page leads on to, by what stands on its buttons. */
const buttons = (html: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...html.matchAll(/<a class="button[^"]*" href="(\/s\/[\w-]+)"[^>]*>([^<]+)<\/a>/g)].map(([, to, on]) => [on, to]),
  );

const complete = 'Complete the handoff package';
const book = 'Schedule the internal handoff meeting';

/** Anna is asked for the package and for the meeting at once. */
async function bothAsked() {
  const system = await openSystem({ playbook });
  await system.win(sampleEvent('incomplete'));
  const [packagePage, meetingPage] = [
    system.linkOf(anna, 'complete-package'),
    system.linkOf(anna, 'schedule-internal-meeting'),
  ];
  return { system, packagePage, meetingPage };
}

/** Sends the form by which a page that is decided leads on. */
const goOn = async (system: OpenSystem, path: string) => {
  const { html } = await system.get(path);
  return system.post(path, new URLSearchParams({ ...hiddenFields(html), choice: 'go-on' }));
};

describe('The page after an answer', () => {
  it('leads to what was the same person’s already, with its due time, and does not say that nothing is', async () => {
    const { system, meetingPage } = await bothAsked();
    const { html } = await system.submit(meetingPage, 'scheduled');
    expect(html).not.toContain('Nothing more for ');
    expect(html).toContain('You can go on right away with what’s still yours.');
    expect(html).toMatch(/Complete the handoff package<\/a><\/p>\s*<p class="hint">Due [A-Z][a-z]{2}, Nov \d+/);
    expect((await system.get(buttons(html)[complete] ?? '')).html).toContain('Hand over package');
    // It was asked for by email: nobody is led on who waits for that.
    expect(nextStepsOn(html)).toEqual([]);
  });

  it('says since when it was due', async () => {
    const { system, meetingPage } = await bothAsked();
    await system.until('2026-11-26T09:00:00Z');
    expect((await system.submit(meetingPage, 'scheduled')).html).toMatch(/<p class="hint">Was due [A-Z][a-z]{2}, Nov/);
  });

  it('rests whoever has only what cannot be answered yet, or what is paused', async () => {
    const { system } = await upTo('review-brief');
    // The meeting, which Lena reports on, is still to come.
    const { html: accepted } = await system.answer(lena, 'review-brief', 'accept');
    expect(accepted).toContain('Nothing more for Nordwind Logistik now.');
    // Its full name is Nordwind Logistik GmbH.
    expect(accepted).not.toContain('GmbH');
    const asked = await bothAsked();
    await asked.system.submit(asked.packagePage, 'wait-for-customer', {
      until: '2026-11-30',
      reason: 'They are at a fair.',
    });
    const { html } = await asked.system.submit(asked.meetingPage, 'scheduled');
    expect(html).toContain('Nothing more for Weberhaus');
  });
});

describe('The page of a step that is decided', () => {
  it('names what is still the reader’s, and makes links to it only for who asks', async () => {
    const { system, packagePage } = await bothAsked();
    const done = await system.submit(packagePage, 'complete');
    expect(done.html).toContain(book);
    const before = (await system.dump()).length;
    const { html } = await system.get(packagePage);
    expect(html).toContain('Still yours:');
    expect(html).toMatch(/<strong>Schedule the internal handoff meeting<\/strong>\. Due [A-Z][a-z]{2}, Nov/);
    expect(html).not.toContain('Nothing more for ');
    expect((await system.dump()).length).toBe(before);
    const led = await goOn(system, packagePage);
    expect((await system.submit(buttons(led.html)[book] ?? '', 'scheduled')).status).toBe(200);
    expect((await goOn(system, packagePage)).html).toContain('Nothing more for Weberhaus');
  });

  it('has no links for others, or once its own has expired', course, async () => {
    const { system, packagePage } = await bothAsked();
    await system.submit(packagePage, 'complete');
    await system.until('2027-01-04T09:00:00Z');
    expect((await system.get(packagePage)).html).not.toContain('value="go-on"');
    const { html } = await goOn(system, packagePage);
    expect(buttons(html)).not.toHaveProperty([book]);
  });
});

describe('A mail gateway that looks whether a link leads anywhere', () => {
  it('is answered as a page is, and changes nothing', async () => {
    const { system, packagePage } = await bothAsked();
    const before = await system.dump();
    const head = async (path: string) =>
      (await system.account.handle({ method: 'HEAD', path, headers: {}, body: Buffer.alloc(0) })).status;
    expect([await head(packagePage), await head('/s/nobody-has-this')]).toEqual([200, 404]);
    expect(await system.dump()).toEqual(before);
  });
});
