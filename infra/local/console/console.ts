import { asAwsError } from '../../account/wire/errors.ts';
import {
  bodyText,
  splitTarget,
  textResponse,
  type WireHandler,
  type WireResponse,
} from '../../account/wire/message.ts';
import { pathMatcher } from '../../account/wire/rest.ts';
import { actions } from './actions.ts';
import { redirectTo } from './answers.ts';
import { createMessages } from './messages.ts';
import { isFromOwnForm } from './own-origin.ts';
import { type Asked, type ConsoleWorld, createPages } from './pages.ts';

/**
 * The console's pages (GET, which changes nothing) and forms (POST, from its own pages only, answered with a redirect to a
 * page that is rendered when everything has settled).
 */
export function createConsole(world: ConsoleWorld): WireHandler {
  const { siteUrl, faults } = world;
  const { clock } = world.system;
  const messages = createMessages();
  const { pages, missing } = createPages(world);
  const routes = Object.entries(pages).map(([path, show]) => ({ match: pathMatcher(path), show }));

  async function show(target: string, typed?: Pick<Asked, 'said' | 'typed'>): Promise<WireResponse> {
    const { path, query: text } = splitTarget(target);
    const query = new URLSearchParams(text);
    const asked: Asked = { path, query, part: '', said: messages.take(query.get('said')), ...typed };
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
    const { said, path: next, typed } = await action(world, form);
    if (said.lines.length === 0) return redirectTo(next);
    return typed === undefined ? redirectTo(messages.carry(said, next)) : show(next, { said, typed });
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
