import { connectorOf } from '../../../functions/crm/connectors.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { readFilter } from '../../../functions/domain/step/board.ts';
import type { Content } from '../../../functions/pages/html.ts';
import { html } from '../../../functions/pages/html.ts';
import type { WireResponse } from '../../account/wire/message.ts';
import type { PlayedCrm } from '../crm/played-crm.ts';
import type { Sample } from '../samples.ts';
import type { System } from '../system.ts';
import { emptyAnswer, fileAnswer, mailAnswer, pageAnswer } from './answers.ts';
import type { Autoplay, AutoplayWorld } from './autoplay.ts';
import { closingSection } from './closing-section.ts';
import { crmPage, crmPath } from './crm-page.ts';
import { crmStyle } from './crm-style.ts';
import { readExecution } from './execution.ts';
import { executionPage } from './execution-page.ts';
import { showHandoff } from './handoff-view.ts';
import { inboxPage, readMailFilter } from './inbox.ts';
import { indexPage } from './index-page.ts';
import { layout } from './layout.ts';
import { liveAnswer } from './live.ts';
import { createPictures } from './machine-view.ts';
import { mailOf, newestLink } from './mail-links.ts';
import { framedHtml, mailView } from './mail-page.ts';
import type { Said } from './messages.ts';
import { readPeople } from './overview.ts';
import { plannedNext } from './planned.ts';
import type { Register } from './register.ts';
import { reportsPage, reportsPath } from './reports-page.ts';
import { rosterPage } from './roster-page.ts';
import type { Story } from './story.ts';
import { style } from './style.ts';
import type { Surroundings } from './surroundings.ts';
import { type AccountFault, readTrouble } from './trouble.ts';

export interface ConsoleWorld {
  readonly system: System;
  readonly register: Register;
  readonly autoplay: Autoplay;
  readonly story: Story;
  readonly later: AutoplayWorld['later'];
  readonly siteUrl: string;
  /** What new handoffs follow. */
  readonly playbook: Playbook;
  readonly samples: readonly Sample[];
  readonly broken: readonly Sample[];
  /** The CRM that is played here. */
  readonly crm?: PlayedCrm;
  /** Faults of the account itself, as they are found. */
  readonly faults: AccountFault[];
}

/** A request for a page, taken apart. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly part: string;
  readonly said: Said | undefined;
  /** What was typed and could not be used, to be shown again. */
  readonly typed?: string;
}

const plannedShown = 6;

/** The console's pages, by their paths, and the page for an address that has none. */
export function createPages(world: ConsoleWorld): {
  readonly pages: Readonly<Record<string, (asked: Asked) => Promise<WireResponse>>>;
  readonly missing: (asked: Asked, what: string) => Promise<WireResponse>;
} {
  const { system, register, autoplay, story, later, siteUrl, playbook, samples, broken, faults, crm } = world;
  const crmTitle = crm && connectorOf(crm.name).title;
  const { clock, account } = system;
  const pictures = createPictures();

  const surroundings = async (): Promise<Surroundings> => {
    const { mails } = account.inbox;
    return {
      now: clock.now(),
      zone: 'UTC',
      people: await readPeople(system),
      calendarOf: system.world.calendarOf,
      roles: playbook.roles,
      mails,
      siteUrl,
      paths: { board: '/', handoffs: '/handoffs' },
      stepLink: (handoff, { step, owner }) => newestLink(mails, { handoff, step, email: owner }),
      mailLink: (handoff, entry) => mailOf(mails, handoff, entry),
    };
  };

  const framed = async (
    asked: Asked,
    around: Surroundings,
    page: { readonly status?: number; readonly title: string; readonly body: Content; readonly style?: string },
  ) => {
    const kept = new URLSearchParams([...asked.query].filter(([name]) => name !== 'said'));
    const planned = await plannedNext({ system, register, people: around.people }, plannedShown);
    const back = kept.size === 0 ? asked.path : `${asked.path}?${kept}`;
    const clockView = { clock, playing: autoplay.pace(), planned, back };
    const { status = 200, title, body, style: own } = page;
    const styles = [style, ...(own === undefined ? [] : [own])];
    return pageAnswer(
      status,
      layout({ clock: clockView, title, said: asked.said, body, styles, crm: crmTitle }),
      styles,
    );
  };

  const missing = async (asked: Asked, what: string) =>
    framed(asked, await surroundings(), {
      status: 404,
      title: 'Not found',
      body: html`<h1>${what}</h1><p><a href="/">To the board</a></p>`,
    });

  async function board(asked: Asked): Promise<WireResponse> {
    const around = await surroundings();
    const handoffs = await register.all(system);
    const trouble = await readTrouble(system, handoffs, faults);
    const filter = readFilter(asked.query);
    return framed(asked, around, {
      title: 'Board',
      body: indexPage({ handoffs, filter, trouble, closing: { samples, broken, playbook }, crm: crmTitle }, around),
    });
  }

  const pages: Readonly<Record<string, (asked: Asked) => Promise<WireResponse>>> = {
    '/': board,
    '/handoffs': board,
    '/inbox': async (asked) => {
      const around = await surroundings();
      const body = inboxPage(readMailFilter(asked.query), asked.query.get('part'), around);
      return framed(asked, around, { title: 'Inbox', body });
    },
    '/close': async (asked) => {
      const around = await surroundings();
      const { typed } = asked;
      const first = (await register.all(system)).length === 0;
      const closing = { samples, broken, playbook, people: around.people, first, now: around.now };
      const body = html`<h1>Close a deal</h1>${closingSection({ ...closing, ...(typed !== undefined && { typed }) })}`;
      return framed(asked, around, { title: 'Close a deal', body, ...(typed !== undefined && { status: 422 }) });
    },
    [crmPath]: async (asked) => {
      if (crm === undefined || crmTitle === undefined)
        return missing(asked, 'No CRM is played here. Start with npm start -- --crm hubspot.');
      const { stages, outage } = crm.fake;
      const fake = { stages, outage, deals: crm.fake.deals() };
      const around = await surroundings();
      const body = crmPage({ title: crmTitle, fake, handoffs: await register.all(system) }, around);
      return framed(asked, around, { title: crmTitle, body, style: crmStyle });
    },
    '/handoffs/{part}': async (asked) => {
      const handoff = await register.one(system, asked.part);
      if (handoff === undefined) return missing(asked, 'There is no such handoff.');
      const around = await surroundings();
      const shown = await showHandoff({ system, pictures, playbook, story }, { handoff, query: asked.query }, around);
      return framed(asked, around, { title: handoff.deal.customer.name, ...shown });
    },
    '/executions/{part}': async (asked) => {
      const execution = await readExecution(system, asked.part);
      if (execution === undefined) return missing(asked, 'There is no such execution.');
      return framed(asked, await surroundings(), {
        title: `Execution ${asked.part}`,
        body: executionPage(execution),
      });
    },
    '/mails/{part}': async (asked) => {
      const mail = account.inbox.find(asked.part);
      if (mail === undefined) return missing(asked, 'There is no such email.');
      const pathOf = (part: string) => `${asked.path}?${new URLSearchParams({ part })}`;
      const shown = mailView({ mail, part: asked.query.get('part'), pathOf, siteUrl });
      const body = html`<p class="small crumb"><a href="/inbox">Inbox</a></p>${shown}`;
      return framed(asked, await surroundings(), { title: mail.subject, body });
    },
    '/mails/{part}/html': async (asked) => {
      const mail = account.inbox.find(asked.part);
      return mail === undefined ? missing(asked, 'There is no such email.') : mailAnswer(framedHtml(mail));
    },
    '/mails/{part}/raw.eml': async (asked) => {
      const mail = account.inbox.find(asked.part);
      if (mail === undefined) return missing(asked, 'There is no such email.');
      return fileAnswer('email.eml', 'message/rfc822', mail.raw);
    },
    '/mails/{part}/attachment': async (asked) => {
      const number = Number(asked.query.get('number') ?? '');
      const attachment = account.inbox.find(asked.part)?.attachments[number];
      if (attachment === undefined) return missing(asked, 'There is no such attachment.');
      const { filename = `attachment-${number + 1}`, mimeType, content } = attachment;
      return fileAnswer(filename, mimeType, content);
    },
    [reportsPath]: async (asked) => {
      const around = await surroundings();
      // No handoff: only when all was measured is asked.
      const { asOf } = await system.world.measured.between('0000-01', '0000-01');
      return framed(asked, around, { title: 'Reports', body: reportsPage(asOf, around) });
    },
    '/roster': async (asked) => {
      const around = await surroundings();
      const managers = [...around.people.values()].filter(({ role }) => role === 'customerSuccessManager');
      const responsible = await system.world.roster.openHandoffs(managers.map(({ email }) => email));
      const body = rosterPage(await register.all(system), responsible, {
        ...around,
        bounces: account.mailTrouble.bounces,
      });
      return framed(asked, around, { title: 'Roster', body });
    },
    '/live': async () => liveAnswer({ register, clock, later }),
    '/favicon.ico': async () => emptyAnswer,
  };
  return { pages, missing };
}
