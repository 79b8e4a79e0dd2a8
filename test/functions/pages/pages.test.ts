import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { pageHeaders } from '../../../functions/pages/headers.ts';
import { outcomePage } from '../../../functions/pages/outcome-page.ts';
import * as outcome from '../../../functions/pages/outcome-pages.ts';
import { script } from '../../../functions/pages/script.ts';
import { stepPage } from '../../../functions/pages/step-page.ts';
import { previewMails } from '../../../functions/verbs/preview-mails.ts';
import {
  anna,
  askSteps,
  calendarOf,
  handoffRecord,
  klaus,
  lena,
  linkTo,
  people,
  ruth,
  site,
  stepRecord,
} from '../../support/handoff-record.ts';
import { tagProblems } from '../../support/markup.ts';
import { hostile, incomplete, introduce, options, pageKinds, review, view } from '../../support/page-kinds.ts';

function expectGood(html: string): void {
  const own = html.replace(`<script>${script}</script>`, '');
  expect(tagProblems(own)).toEqual([]);
  expect(own).not.toMatch(/undefined|\[object|>null<|NaN|<script|<img|onerror=y>|<p dir="auto"><\/p>/);
  expect(html).not.toMatch(/\s(style|onclick|onload)="/);
  expect(html.match(/<h1/g)).toHaveLength(1);
}

describe('the page of a step', () => {
  it('says where the handoff stands: the phase, what is open, what comes next, and every step on demand', () => {
    const html = stepPage(view(review, linkTo('review-brief', lena)), options);
    expect(html).toContain('<strong>Preparing</strong> <span class="soft">(phase 1 of 5, then introducing)');
    expect(html).toContain(
      '<span class="badge now">Now</span> <span aria-current="page"><strong dir="auto">Review the',
    );
    expect(html).toContain('Lena Vogt, by Mon, Nov 23, 4 PM</span>');
    expect(html).toMatch(/All steps: 1 of \d+ steps done</);
    const later = stepPage(view(introduce, linkTo('introduce-customer', lena)), options);
    expect(later).toContain('<strong>Introducing</strong>');
  });

  it('names everybody who has a part, a mail away', () => {
    const html = stepPage(view(review, linkTo('review-brief', lena)), options);
    expect(html).toContain('<a href="mailto:anna.keller@example.com">Anna Keller</a>');
  });

  it('tells on demand what happened so far, where that was read', () => {
    const seen = view(review, linkTo('review-brief', lena));
    const trail = [{ when: 'Fri, Nov 20, 4 PM', text: hostile }];
    const html = stepPage({ ...seen, trail }, options);
    expectGood(html);
    expect(html).toContain('<summary>1 entry, newest last</summary>');
    expect(stepPage({ ...seen, trail: [] }, options)).toContain('Nothing yet.');
    expect(stepPage(seen, options)).not.toContain('What happened so far');
  });

  it('leads from a problem to its field in the form that was sent', () => {
    const problems = [{ field: 'until', problem: 'The day the pause ends must be after today' }];
    const refused = { choice: 'wait-for-customer', problems, typed: {} };
    const html = stepPage(view(review, linkTo('review-brief', lena)), { ...options, refused });
    expect(html).toContain('<a href="#wait-for-customer-until">The day the pause ends must be after today</a>');
    expect(html).not.toContain('>Last day away: ');
  });

  it('speaks to whoever asked the questions for the meeting as to them', () => {
    const asked = { choice: 'accept', evidence: { questions: 'Who pays?' } };
    const record = handoffRecord({
      steps: [stepRecord('review-brief', { decided: asked }), stepRecord('hold-internal-meeting')],
    });
    const seenBy = (email: string) => stepPage(view(record, linkTo('hold-internal-meeting', email)), options);
    expect(seenBy(lena)).toContain('Your questions for the meeting');
    expect(seenBy(klaus)).toContain('Questions of Lena Vogt for the meeting');
  });
});

describe('every page', () => {
  const pages = pageKinds();

  it.each(Object.keys(pages))('%s is well formed and safe', (name) => {
    expectGood(pages[name] ?? '');
  });

  it('says everywhere in the same words that a handoff is canceled', () => {
    expect(pages['closed']).toContain('This handoff was canceled</h1>');
    expect(pages['closed']).toContain('Why: Deal canceled: ');
    expect(pages['closed']).not.toContain('cancelled');
  });

  it('says who decided what, and when, in the zone of the reader', () => {
    const { decided = '', unanswered = '' } = pages;
    expect(decided).toContain('already did this</h1>');
    expect(decided).toContain('On Mon, Nov 23, 2026, 11 AM Berlin time: <strong>');
    expect(unanswered).toContain('It closed on Mon, Nov 23, 2026, 11 AM Berlin time.');
  });

  it('speaks to whoever decided it themselves, and sends them to nobody', () => {
    const { decided = '', decidedByReader = '' } = pages;
    expect(decidedByReader).toContain('You already did this</h1>');
    expect(decidedByReader).not.toContain('Ask Lena Vogt');
    expect(decided).toContain('Looks wrong? Ask ');
  });

  it('tells whoever comes back to what they did that the handoff was canceled since, and why', () => {
    const { decidedByReader = '', decidedThenCanceled = '' } = pages;
    expect(decidedThenCanceled).toContain('This handoff was canceled on Tue, Nov 24, 2026, 11 AM Berlin time.');
    expect(decidedThenCanceled).toContain('Why: Deal canceled: ');
    expect(decidedByReader).not.toContain('This handoff');
  });

  it('tells whoever gave a step away only that it is somebody else’s, and when it is due in their own zone', () => {
    const { step = '', readOnly = '' } = pages;
    expect(readOnly).toContain('Anna Keller has this step now. Nothing needs you here.');
    expect(readOnly).toContain('<strong>Due ');
    expect(step).toContain('Accepting means');
    expect(readOnly).not.toContain('Accepting means');
    expect(step.match(/<p class="hint" dir="auto">/g)).toHaveLength(1);
    expect(readOnly).not.toContain('<p class="hint" dir="auto">');
  });

  it('shows a plan as headings and points, and what somebody else typed as they typed it', () => {
    const { plan = '', editedPlan = '', decided = '' } = pages;
    expect(plan).toContain(
      '<h3 dir="auto">How we measure success</h3>\n<ul><li dir="auto">Deliveries within the window: 98%</li>',
    );
    expect(editedPlan).toContain('<h3 dir="auto">Goals</h3>\n<ul><li dir="auto">one</li>');
    expect(editedPlan).toContain('<p dir="auto">&quot;&gt;&lt;script&gt;');
    expect(decided).toContain('href="/s/AbC/plan">Read the success plan</a>');
  });

  it('shows what is so before the first contact and what is not, and asks only for what can be given there', () => {
    const { floor = '' } = pages;
    const known = stepPage(view(introduce, linkTo('introduce-customer', lena)), options);
    expect(known).toContain('<span class="badge good">Yes</span> The package was complete when the deal was won.');
    expect(known).not.toContain('name="recording"');
    expect(floor).toContain('<span class="badge bad">Not yet</span> Add a link to a call recording');
    expect(floor).toContain('name="recording"');
  });

  it('offers a fresh link by a form, because opening a page must change nothing', () => {
    expect(pages['expired']).toContain('<form method="post" action="/s/AbC/fresh">');
  });
});

describe('the page of every step', () => {
  it.each(['enterprise-across-zones', 'awkward-text', 'self-serve', 'incomplete'] as const)(
    'is well formed and safe for everybody (%s)',
    (sample) => {
      for (const { id, owner } of askSteps()) {
        const record = handoffRecord({ sample, steps: [stepRecord(id, { owner })] });
        if (!record.playbook.steps[id]) continue;
        for (const as of ['owner', 'reviewer', 'manager', 'revenueOperations'] as const) {
          expectGood(stepPage(view(record, linkTo(id, as === 'owner' ? owner : ruth, as)), options));
        }
      }
    },
  );

  it('shows what is asked, why, by when, and why then', () => {
    const html = stepPage(view(review, linkTo('review-brief', lena)), options);
    for (const shown of [
      'Review the brief',
      'Read the brief. Accept the handoff if you can work with it',
      'Due Mon, Nov 23, 4 PM Berlin time',
      '8 hours of working time left',
      '24 h after Fri, Nov 20, 4 PM (closed won), weekend skipped.',
      'href="/s/AbC/brief"',
    ])
      expect(html).toContain(shown);
  });

  it('posts choice, nonce and round', () => {
    const html = stepPage(view(review, linkTo('review-brief', lena)), options);
    const forms = html.match(/<form .*?<\/form>/gs) ?? [];
    expect(forms).toHaveLength(6);
    for (const form of forms) {
      expect(form).toContain('method="post" action="/s/AbC"');
      expect(form).toContain('name="nonce" value="n0nce"');
      expect(form).toContain('name="round" value="1"');
      expect(form).toMatch(/name="choice" value="(accept|return|wait-for-customer|reassign|note|away)"/);
    }
  });

  it('has save, complete and the exception in the package form, so that what was typed goes along', () => {
    const html = stepPage(view(incomplete, linkTo('complete-package', anna)), options);
    const form = html.match(/<form .*?<\/form>/s)?.[0] ?? '';
    for (const choice of ['save', 'complete', 'request-exception'])
      expect(form).toContain(`<button name="choice" value="${choice}"`);
    expect(form).toContain('name="packageVersion" value="1"');
    expect(form).toContain('name="customerGoals.outcomes60Days"');
    expect(form.indexOf('customerGoals.outcomes60Days')).toBeLessThan(form.indexOf('customerGoals.outcomes30Days'));
  });

  it('wants a confirmation before a handoff is cancelled', () => {
    const html = stepPage(view(review, linkTo('review-brief', klaus, 'manager')), options);
    expect(html).toMatch(/type="checkbox" id="cancel-confirm" name="confirm" value="0" required/);
  });
});

describe('a form that cannot be used', () => {
  const typed = { text: `Dear ${hostile}`, recipients: hostile, checklist: ['1'], choice: 'approved' };
  const problems = [
    { field: 'checklist', problem: 'Tick all the checks' },
    { field: 'recipients', problem: `"${hostile}" needs the form name@company.com` },
    { field: 'nowhere', problem: 'Something else.' },
  ];
  const html = stepPage(view(introduce, linkTo('introduce-customer', lena)), {
    ...options,
    refused: { choice: 'approved', problems, typed },
  });

  it('shows again what was typed', () => {
    expectGood(html);
    expect(html).toContain('Dear &quot;&gt;&lt;script&gt;');
    expect(html).toMatch(/value="1" checked/);
    expect(html).not.toMatch(/value="0" checked/);
  });

  it('names every problem on top with the way to its field, and at the field', () => {
    expect(html).toContain('role="alert"');
    expect(html).toContain('<a href="#approved-checklist">Tick all the checks</a>');
    expect(html).toContain('<li dir="auto">Something else.</li>');
    expect(html).toContain(
      'aria-describedby="approved-recipients-hint approved-recipients-problem" aria-invalid="true"',
    );
    expect(html).toContain('<title>Error: ');
    expect(html).toMatch(/role="alert"[^>]* tabindex="-1" autofocus><h2[^>]*>There is a problem</);
  });

  it('keeps what was typed into the package form', () => {
    const refused = {
      choice: 'complete',
      problems: [{ field: 'contract.discounts', problem: 'Enter the discounts (or "none")' }],
      typed: { 'contract.discounts': 'maybe', 'dealContext.whyUs': `Because\n${hostile}` },
    };
    const page = stepPage(view(incomplete, linkTo('complete-package', anna)), { ...options, refused });
    expectGood(page);
    expect(page).toContain('value="n0nce"');
    expect(page).toContain('maybe</textarea>');
    expect(page).toContain('Because\n&quot;&gt;');
    expect(page).toContain('<a href="#package-contract-discounts">Enter the discounts (or &quot;none&quot;)</a>');
  });

  it('opens the action that was tried', () => {
    const refused = {
      choice: 'wait-for-customer',
      problems: [{ field: 'until', problem: 'Enter the day the pause ends' }],
      typed: { reason: 'x' },
    };
    const page = stepPage(view(introduce, linkTo('introduce-customer', lena)), { ...options, refused });
    expect(page).toContain('<details open><summary>Wait for the customer</summary>');
  });

  it('keeps a leading line break of a text', () => {
    const refused = { choice: 'approved', problems: [], typed: { text: '\nfirst line empty' } };
    const page = stepPage(view(introduce, linkTo('introduce-customer', lena)), { ...options, refused });
    expect(page).toMatch(/<textarea [^>]*>\n\nfirst line empty/);
  });
});

describe('the headers', () => {
  it('allow the one style sheet of the page, forms to ourselves, and nothing else', () => {
    const policy = pageHeaders()['content-security-policy'] ?? '';
    const style = /<style>(.*?)<\/style>/s.exec(outcome.unknownLinkPage({ site }))?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    );
  });

  it('allow the one script to the pages that have it, and it to send to ourselves', () => {
    const page = stepPage(view(incomplete, linkTo('complete-package', anna)), options);
    const text = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(text).digest('base64');
    expect(pageHeaders({ isScripted: true })['content-security-policy']).toContain(
      `; script-src 'sha256-${hash}'; connect-src 'self'; `,
    );
    expect(stepPage(view(review, linkTo('review-brief', lena)), options)).not.toContain('<script');
  });

  it('keep the address to ourselves', () => {
    expect(pageHeaders()).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    });
  });
});

describe('rows of a form', () => {
  const map = view(handoffRecord({ steps: [stepRecord('map-stakeholders')] }), linkTo('map-stakeholders', lena));
  const [choice] = map.choices;
  const typed = { stakeholders: `${hostile} | ann@ | boss | high\nBo | bo@example.com | champion | low | stays` };
  const problems = [
    { field: 'stakeholders', problem: 'Person 1 needs a name', at: { row: 0, column: 'name' } },
    { field: 'stakeholders', problem: 'bo@example.com is there twice', at: { row: 1 } },
  ];
  const html = stepPage(map, { ...options, refused: { choice: choice?.id ?? '', problems, typed } });

  it('name their row to screen readers, and keep everything that was typed', () => {
    expectGood(html);
    expect(html).toContain('<span class="unseen">Person 2: </span>Email');
    expect(html).toContain('value="bo@example.com"');
    expect(html).toContain('value="boss" checked');
    expect(html).toContain('Move up<span class="unseen"> person 2</span>');
  });

  it('have each problem once, at its cell or its row, and the summary leads there', () => {
    expect(html).toContain('<a href="#verified-stakeholders-0-name">Person 1 needs a name</a>');
    expect(html).toContain('aria-describedby="verified-stakeholders-0-name-problem" aria-invalid="true"');
    expect(html).toContain('<a href="#verified-stakeholders-1">bo@example.com is there twice</a>');
    expect(html).toContain(
      'id="verified-stakeholders-1" tabindex="-1" aria-describedby="verified-stakeholders-1-problem"',
    );
    expect(html.match(/Person 1 needs a name/g)).toHaveLength(2);
  });

  it('leave Enter to the button that the form is for', () => {
    const form = html.match(/<form .*?<\/form>/gs)?.find((each) => each.includes('value="verified"')) ?? '';
    expect(form.match(/<button[^>]*>/)?.[0]).toBe('<button class="unseen" tabindex="-1" aria-hidden="true">');
  });
});

describe('emails to the customer on the page that sends them', () => {
  const link = linkTo('introduce-customer', lena);
  const seen = view(introduce, link);
  const shown = async (text: string, isUpdated = false) => {
    const values = Object.fromEntries(seen.choices[0]?.fields.map(({ name, value }) => [name, value]) ?? []);
    const typed = { ...values, text };
    const arranged = { field: 'preview', said: '' };
    const refused = { choice: 'approved', problems: [], typed, ...(isUpdated && { arranged }) };
    const step = { kind: 'step', view: seen, refused, behind: { record: introduce, people } } as const;
    const at = '2026-11-20T15:00:00Z';
    const previews = await previewMails({ site, calendarOf }, step, at);
    return outcomePage(step, { path: '/s/AbC', nonce: 'n0nce', site, at, submitted: true, previews });
  };

  it('stand in frames in which nothing runs, whatever was typed', async () => {
    const { html } = await shown(`Hi ${hostile}`);
    const frames = html.match(/<iframe[^>]*>/g) ?? [];
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatch(/^<iframe sandbox title="Meet Lena Vogt/);
    expect(frames[0]?.slice(1)).not.toContain('<');
    expect(html).toContain('<bdi><bdi>Anna Keller</bdi> &lt;anna.keller@example.com&gt;</bdi>');
    expect(html).not.toContain('<script');
  });

  it('are styled by nothing but what the policy names by its hash', async () => {
    const { html, framed } = await shown('Hi **Ann**, see https://example.com/a');
    const policy = pageHeaders(framed)['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("'unsafe-hashes'");
    expect(policy).not.toMatch(/unsafe-inline|script-src|frame-src/);
    const document = parse(html).querySelector('iframe')?.getAttribute('srcdoc') ?? '';
    const mail = parse(document);
    const own = mail.querySelectorAll('[style]').map((element) => element.getAttribute('style') ?? '');
    const sheets = mail.querySelectorAll('style').map((element) => element.textContent);
    expect(own.length).toBeGreaterThan(3);
    for (const style of [...own, ...sheets])
      expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });

  it('come up to date by a button that neither saves nor sends', async () => {
    expect((await shown('Hi')).html).toContain('<button name="preview" value="1" class="quiet" formnovalidate>');
    const { html, status } = await shown('Hi', true);
    expect(status).toBe(200);
    expect(html).toMatch(/id="preview-approved"[^>]* tabindex="-1" autofocus/);
    expect(html).toContain('Nothing is saved or sent yet.');
  });
});
