import { hubspot } from '../../functions/crm/hubspot/hubspot.ts';
import type { Crm, CrmDeal } from '../../functions/ports/crm.ts';
import type { CrmAnswer, CrmRequest, HeldSecrets } from '../../functions/ports/crm-access.ts';
import { createClock } from '../../infra/account/clock.ts';
import type { Told } from '../../infra/local/crm/fake-crm.ts';
import { createFakeHubspot, type FakeHubspotOptions, fakePortal } from '../../infra/local/crm/hubspot/fake-hubspot.ts';

export const secrets = { accessToken: 'pat-na1-current', clientSecret: 'client-secret' };
const apiUrl = 'https://api.hubapi.example';
const webhookUrl = 'https://handoff.example/crm/hubspot';
export const settings = { account: fakePortal, apiUrl, webhookUrl };

/** A HubSpot on this machine, our connection to it, and all that they said to each other. */
export function openPortal(
  options: Partial<FakeHubspotOptions> & {
    /** It was given no address for webhooks. */
    readonly isMute?: boolean;
    readonly held?: (fresh: boolean) => HeldSecrets;
    readonly between?: (request: CrmRequest, answer: () => CrmAnswer) => CrmAnswer;
  } = {},
) {
  const { held = () => [secrets], between = (_, answer) => answer(), isMute = false, ...others } = options;
  const clock = createClock({ start: Date.parse('2026-11-20T15:00:00Z') });
  const told: Told[] = [];
  const fake = createFakeHubspot({
    ...{ clock, apiUrl, secrets, limit: 10_000 },
    ...(!isMute && { webhookUrl }),
    tell: async (each) => {
      told.push(each);
      return 200;
    },
    ...others,
  });
  const asked: CrmRequest[] = [];
  const connection = {
    settings,
    secrets: async (how?: { readonly fresh: boolean }) => held(how?.fresh ?? false),
    http: async (request: CrmRequest) => {
      asked.push(request);
      return between(request, () => fake.answer(request));
    },
    now: () => clock.now(),
  };
  const crm: Crm = hubspot.connect(connection);
  return { clock, fake, crm, connection, asked, told };
}

/** The deal, which has to be there. */
export async function readDeal(crm: Crm, dealId: string): Promise<CrmDeal> {
  const read = await crm.readDeal(dealId);
  if (!('deal' in read)) throw new Error(`No deal: ${JSON.stringify(read)}`);
  return read.deal;
}
