import type { CrmAnswer, CrmHttp, CrmRequest, CrmSecrets } from '../../../functions/ports/crm-access.ts';
import type { Account } from '../../account/account.ts';
import type { Clock } from '../../account/clock.ts';
import { webhookPath, writeBackNames } from '../../wiring/crms.ts';
import type { LocalCrm } from '../local-crm.ts';
import type { FakeCrm, FakeCrmOptions, Told } from './fake-crm.ts';
import { createFakeHubspot, fakePortal } from './hubspot/fake-hubspot.ts';
import { createFakePipedrive, fakeCompany } from './pipedrive/fake-pipedrive.ts';
import type { PlayedName } from './played-names.ts';
import { createFakeSalesforce, fakeOrganization, partnerSource } from './salesforce/fake-salesforce.ts';

interface Played {
  readonly account: string;
  readonly secrets: CrmSecrets;
  /** The source of its events, where it tells of deals on a partner bus. */
  readonly partnerSource?: string;
  readonly create: (options: FakeCrmOptions) => FakeCrm;
}

/** Each CRM with the account it plays and what it lets us in by. */
const players = {
  hubspot: {
    account: fakePortal,
    secrets: { accessToken: 'pat-local-played-on-this-machine', clientSecret: 'played-on-this-machine' },
    create: createFakeHubspot,
  },
  salesforce: {
    account: fakeOrganization,
    secrets: { clientId: 'played-on-this-machine', clientSecret: 'played-on-this-machine' },
    partnerSource,
    create: createFakeSalesforce,
  },
  pipedrive: {
    account: String(fakeCompany),
    secrets: {
      apiToken: 'played-on-this-machine',
      webhookUser: 'handoff',
      webhookPassword: 'played-on-this-machine',
    },
    create: createFakePipedrive,
  },
} as const satisfies Readonly<Record<PlayedName, Played>>;

/** A CRM on this machine. */
export interface PlayedCrm {
  readonly name: PlayedName;
  readonly fake: FakeCrm;
  /** What a system is told to be connected to it. */
  readonly settings: LocalCrm & { readonly http: CrmHttp };
  /** Answers a request to its API that came over the network. */
  readonly answer: (request: CrmRequest) => CrmAnswer;
  /** From now on it tells this account what happens. */
  attach(account: Pick<Account, 'handle' | 'publish'>): void;
  /**
   * Puts deals into it that were there before anybody was told of any, in the stage before winning, from what events of ours say of
   * them. Moves the clock on by `seedingTakes`. Returns their ids in the CRM.
   */
  seed(details: readonly Readonly<Record<string, unknown>>[]): Promise<readonly string[]>;
}

/** As long as any CRM takes to tell what happened, in milliseconds. */
export const seedingTakes = 60_000;

/** The account that a played CRM plays. */
export const playedAccount = (name: PlayedName): string => players[name].account;

/** Where a played CRM's API stands, behind the address of this machine. */
export const playedPath = (name: string): string => `/played/${name}`;

/** Plays a CRM on this machine. `siteUrl`: where the system is reached, without a slash at the end. */
export function playCrm(name: PlayedName, { clock, siteUrl }: { clock: Clock; siteUrl: string }): PlayedCrm {
  const { account, secrets, create, partnerSource: source }: Played = players[name];
  const apiUrl = `${siteUrl}${playedPath(name)}`;
  let attached: Pick<Account, 'handle' | 'publish'> | undefined;
  let isSeeding = false;
  const fake = create({
    clock,
    apiUrl,
    secrets,
    webhookUrl: `${siteUrl}${webhookPath(name)}`,
    tell: async (told) => {
      if (isSeeding) return 200;
      return attached ? deliver(attached, told) : 503;
    },
  });
  const answer = (request: CrmRequest) => fake.answer(request);
  return {
    name,
    fake,
    answer,
    settings: {
      name,
      account,
      apiUrl,
      secrets,
      ...(source !== undefined && { partnerSource: source }),
      http: async (request) => answer(request),
      // Everything that can be: whoever looks wants to see it.
      writeBack: writeBackNames,
    },
    attach: (to) => {
      attached = to;
    },
    async seed(details) {
      const last = fake.stages.findLast(({ phase }) => phase === 'proposed')?.id ?? '';
      isSeeding = true;
      const ids = details.map((detail) => fake.put(detail));
      for (const id of ids) fake.move(id, last);
      await clock.advanceTo(clock.now() + seedingTakes);
      isSeeding = false;
      return ids;
    },
  };
}

async function deliver({ handle, publish }: Pick<Account, 'handle' | 'publish'>, told: Told): Promise<number> {
  if ('event' in told) {
    publish({ ...told.event, detail: Object(told.event.detail) });
    return 200;
  }
  const { method, url, headers, body = '' } = told.webhook;
  const { host, pathname: path } = new URL(url);
  const answer = await handle({ method, path, headers: { host, ...headers }, body: Buffer.from(body) });
  return answer.status;
}
