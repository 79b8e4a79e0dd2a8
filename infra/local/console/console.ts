import { isClosed } from '../../../functions/domain/handoff/handoff.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Content } from '../../../functions/pages/html.ts';
import { html } from '../../../functions/pages/html.ts';
import { asAwsError } from '../../account/wire/errors.ts';
import {
  bodyText,
  splitTarget,
  textResponse,
  type WireHandler,
  type WireResponse,
} from '../../account/wire/message.ts';
import { pathMatcher } from '../../account/wire/rest.ts';
import type { Sample } from '../samples.ts';
import type { System } from '../system.ts';
import { actions } from './actions.ts';
import { emptyAnswer, fileAnswer, mailAnswer, pageAnswer, redirectTo } from './answers.ts';
import { executionPage, readExecution } from './execution-page.ts';
import { currentStates } from './execution-states.ts';
import type { Standing, Surroundings } from './handoff-list.ts';
import { handoffPage } from './handoff-page.ts';
import { indexPage } from './index-page.ts';
import { layout } from './layout.ts';
import { framedHtml, mailPage } from './mail-page.ts';
import { createMessages, type Said } from './messages.ts';
import { type Handoff, openSteps, readHandoff, readHandoffs, readPeople } from './overview.ts';
import { isFromOwnForm } from './own-origin.ts';
import { rosterPage } from './roster-page.ts';
import { type AccountFault, readTrouble } from './trouble.ts';

export interface ConsoleWorld {
  readonly system: System;
  readonly siteUrl: string;
  /** What new handoffs follow. */
  readonly playbook: Playbook;
  readonly samples: readonly Sample[];
  readonly broken: readonly Sample[];
  /** Faults of the account itself, as they are found. */
  readonly faults: AccountFault[];
}

/** A request for a page, taken apart. */
interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly part: string;
  readonly said: Said | undefined;
}

/**
 * The console's pages (GET, which changes nothing) and forms (POST, from its own pages only, answered with a redirect to a
 * page that is rendered when everything has settled).
 */
export function createConsole(world: ConsoleWorld): WireHandler {
  const { system, siteUrl, playbook, samples, broken, faults } = world;
  const { clock, account } = system;
  const messages = createMessages();

  const surroundings = async (): Promise<Surroundings> => ({
    now: clock.now(),
    people: await readPeople(system),
    roles: playbook.roles,
    mails: account.inbox.mails,
    siteUrl,
  });

  const framed = (
    asked: Pick<Asked, 'path' | 'query' | 'said'>,
    page: { status?: number; title: string; body: Content },
  ) => {
    const kept = new URLSearchParams([...asked.query].filter(([name]) => name !== 'said'));
    const path = kept.size === 0 ? asked.path : `${asked.path}?${kept}`;
    return pageAnswer(
      page.status ?? 200,
      layout({ clock, title: page.title, path, said: asked.said, body: page.body }),
    );
  };

  const missing = (asked: Asked, what: string) =>
    framed(asked, {
      status: 404,
      title: 'Not found',
      body: html`<h1>${what}</h1><p><a href="/">To the handoffs</a></p>`,
    });

  /** Where nobody is asked anything, the states of the execution tell where it stands. */
  async function standing(handoff: Handoff): Promise<Standing> {
    const needed = openSteps(handoff, clock.now()).length === 0;
    const done = handoff.record !== undefined && isClosed(handoff.record.state.status);
    const execution = needed && !done ? await readExecution(system, handoff.id) : undefined;
    return { ...handoff, states: execution === undefined ? [] : currentStates(execution.events) };
  }

  async function index(asked: Asked, typed?: string): Promise<WireResponse> {
    const { query } = asked;
    const handoffs = await readHandoffs(system);
    const [to, handoff] = [query.get('to'), query.get('handoff')];
    const body = indexPage(
      {
        handoffs: await Promise.all(handoffs.map(standing)),
        filter: { ...(to && { to }), ...(handoff && { handoff }), all: query.has('all') },
        trouble: await readTrouble(system, handoffs, faults),
        closing: { samples, broken, ...(typed !== undefined && { typed }) },
      },
      await surroundings(),
    );
    return framed(asked, { title: 'Handoffs', body, ...(typed !== undefined && { status: 422 }) });
  }

  const pages: Readonly<Record<string, (asked: Asked) => Promise<WireResponse>>> = {
    '/': (asked) => index(asked),
    '/handoffs': (asked) => index(asked),
    '/handoffs/{part}': async (asked) => {
      const execution = await readExecution(system, asked.part);
      const handoff = await readHandoff(system, asked.part, execution?.described);
      if (handoff === undefined) return missing(asked, 'There is no such handoff.');
      const body = handoffPage(
        await standing(handoff),
        await system.world.audit.trail(handoff.id),
        await surroundings(),
      );
      return framed(asked, { title: handoff.deal.customer.name, body });
    },
    '/executions/{part}': async (asked) => {
      const execution = await readExecution(system, asked.part);
      if (execution === undefined) return missing(asked, 'There is no such execution.');
      return framed(asked, { title: `Execution ${asked.part}`, body: executionPage(execution) });
    },
    '/mails/{part}': async (asked) => {
      const mail = account.inbox.find(asked.part);
      if (mail === undefined) return missing(asked, 'There is no such mail.');
      return framed(asked, { title: mail.subject, body: mailPage(mail, siteUrl) });
    },
    '/mails/{part}/html': async (asked) => {
      const mail = account.inbox.find(asked.part);
      return mail === undefined ? missing(asked, 'There is no such mail.') : mailAnswer(framedHtml(mail));
    },
    '/mails/{part}/invite.ics': async (asked) => {
      const calendar = account.inbox.find(asked.part)?.calendar;
      if (calendar === undefined) return missing(asked, 'There is no such invitation.');
      return fileAnswer('invite.ics', 'text/calendar; charset=utf-8', calendar.text);
    },
    '/roster': async (asked) => {
      const around = await surroundings();
      const managers = [...around.people.values()].filter(({ role }) => role === 'customerSuccessManager');
      const responsible = await system.world.roster.openHandoffs(managers.map(({ email }) => email));
      return framed(asked, { title: 'Roster', body: rosterPage(await readHandoffs(system), responsible, around) });
    },
    '/favicon.ico': async () => emptyAnswer,
  };
  const routes = Object.entries(pages).map(([path, show]) => ({ match: pathMatcher(path), show }));

  async function show(target: string): Promise<WireResponse> {
    const { path, query: text } = splitTarget(target);
    const query = new URLSearchParams(text);
    const asked: Asked = { path, query, part: '', said: messages.take(query.get('said')) };
    for (const route of routes) {
      const parts = matched(route.match, path);
      if (parts !== undefined) return route.show({ ...asked, part: parts['part'] ?? '' });
    }
    return missing(asked, 'There is nothing at this address.');
  }

  async function act(path: string, form: URLSearchParams): Promise<WireResponse> {
    const action = Object.hasOwn(actions, path) ? actions[path] : undefined;
    if (action === undefined)
      return textResponse(405, 'text/plain; charset=utf-8', 'Nothing can be posted to this address.\n');
    const { said, path: next, typed } = await action({ system, samples, broken }, form);
    if (typed !== undefined) return index({ path: '/', query: new URLSearchParams(), part: '', said }, typed);
    return redirectTo(messages.carry(said, next));
  }

  return async (request) => {
    try {
      if (request.method === 'GET' || request.method === 'HEAD') return await show(request.path);
      if (request.method !== 'POST')
        return textResponse(405, 'text/plain; charset=utf-8', 'This address takes GET and POST only.\n');
      if (!isFromOwnForm(request, siteUrl))
        return textResponse(
          403,
          'text/plain; charset=utf-8',
          'This form did not come from the console’s own pages; nothing was done.\n',
        );
      return await act(splitTarget(request.path).path, new URLSearchParams(bodyText(request.body)));
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      faults.push({ at: clock.now(), text });
      return textResponse(500, 'text/plain; charset=utf-8', `${asAwsError(error).message}\n`);
    }
  };
}

/** A path with a malformed part matches nothing. */
function matched(match: ReturnType<typeof pathMatcher>, path: string): ReturnType<typeof match> {
  try {
    return match(path);
  } catch {
    return undefined;
  }
}
