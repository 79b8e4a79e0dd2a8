import type { CrmAnswer, CrmHttp, CrmRequest, CrmSecrets } from '../../functions/ports/crm-access.ts';
import { CrmUnavailable } from '../../functions/ports/errors.ts';
import type { Account } from '../../infra/account/account.ts';
import type { Clock } from '../../infra/account/clock.ts';
import type { PlayedCrm } from '../../infra/local/crm/played-crm.ts';
import type { PlayedName } from '../../infra/local/crm/played-names.ts';
import type { Draws } from '../../infra/local/simulate/draws.ts';

export interface LineOptions {
  readonly name: PlayedName;
  readonly played: PlayedCrm;
  readonly clock: Clock;
  readonly draws: Draws;
  /** Nothing goes wrong any more; milliseconds since 1970. */
  readonly quietAfter: number;
  readonly tell: (text: string) => void;
}

/** The secret of each CRM that lets us in, and where it is shown. */
const entrances: Readonly<Record<PlayedName, { readonly secret: string; readonly shownAt: RegExp }>> = {
  hubspot: { secret: 'accessToken', shownAt: /./ },
  pipedrive: { secret: 'apiToken', shownAt: /./ },
  salesforce: { secret: 'clientSecret', shownAt: /\/services\/oauth2\/token$/ },
};

const suffix = '-changed';
const refused = JSON.stringify([{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Not now.' }]);

/**
 * The way between a played CRM and us, on which answers are cut, lost and busy, writes are refused, and webhooks come late, twice, or
 * without an answer. The token may change on the CRM's side.
 */
export function troubledLine({ name, played, clock, draws, quietAfter, tell }: LineOptions) {
  const { secret, shownAt } = entrances[name];
  const { secrets, http: direct } = played.settings;
  const newSecrets: CrmSecrets = { ...secrets, [secret]: `${secrets[secret as keyof typeof secrets]}${suffix}` };
  let isChanged = false;
  const isTroubled = () => clock.now() < quietAfter;

  /** As the CRM has to see it, which knows one token only. */
  function asShown(request: CrmRequest): CrmRequest {
    if (!shownAt.test(new URL(request.url).pathname)) return request;
    const { body, headers } = request;
    const isForm = secret === 'clientSecret';
    const isNew = (isForm ? (body ?? '') : JSON.stringify(headers)).includes(suffix);
    const given = (text: string) =>
      isNew === isChanged ? text.replace(suffix, '') : `${text.replace(suffix, '')}-expired`;
    if (isForm) return { ...request, ...(body !== undefined && { body: given(body) }) };
    const shown = Object.entries(headers).map(([header, value]): [string, string] => [
      header,
      header === 'authorization' || header === 'x-api-token' ? given(value) : value,
    ]);
    return { ...request, headers: Object.fromEntries(shown) };
  }

  const http: CrmHttp = async (request): Promise<CrmAnswer> => {
    const drawn = isTroubled() ? draws.int(0, 999) : 1000;
    const ask = () => direct(asShown(request));
    const went = (what: string) => tell(`${what}: ${request.method} ${new URL(request.url).pathname}`);
    if (drawn < 15) {
      went('not reached');
      throw new CrmUnavailable('The line is cut.');
    }
    if (drawn < 25) return { status: 429, headers: { 'retry-after': '7' }, text: '' };
    if (drawn < 75 && request.method === 'PATCH') {
      went('refused');
      return { status: 400, headers: {}, text: refused };
    }
    const answer = await ask();
    if (drawn < 90) {
      went('answer lost');
      throw new CrmUnavailable('The line was cut.');
    }
    if (drawn < 110 && answer.text !== '') {
      went('half an answer');
      return { ...answer, text: answer.text.slice(0, draws.int(0, answer.text.length - 1)) };
    }
    return answer;
  };

  /** It comes (again) in a moment; webhooks that are signed are too old after five minutes. Nobody waits for it, nor does the clock. */
  const soon = (run: () => unknown) => clock.at(clock.now() + draws.int(1, 240) * 1000, () => void run());

  const to = (account: Pick<Account, 'handle' | 'publish'>): Pick<Account, 'handle' | 'publish'> => ({
    async handle(request) {
      const drawn = isTroubled() ? draws.int(0, 99) : 100;
      const failed = { status: 503, headers: {}, body: Buffer.alloc(0) };
      if (drawn < 5) return failed;
      if (drawn < 20) soon(() => account.handle(request));
      if (drawn >= 20 && drawn < 30) {
        const answer = await account.handle(request);
        return drawn < 25 ? failed : answer;
      }
      if (drawn >= 30 && drawn < 45) {
        // Whoever passes it on keeps it until it is taken.
        const later = async (): Promise<void> => {
          const { status } = await account.handle(request);
          if (status >= 500) clock.at(clock.now() + 20_000, () => void later());
        };
        soon(later);
        return { ...failed, status: 200 };
      }
      return account.handle(request);
    },
    publish(event) {
      const drawn = isTroubled() ? draws.int(0, 99) : 100;
      if (drawn < 20) soon(() => account.publish(event));
      if (drawn >= 20 && drawn < 35) soon(() => account.publish(event));
      else account.publish(event);
    },
  });

  return {
    ...{ http, to, secrets, newSecrets },
    changeToken: () => {
      isChanged = true;
    },
  };
}
