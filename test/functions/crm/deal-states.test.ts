import { describe, expect, it } from 'vitest';
import { connectorOf } from '../../../functions/crm/connectors.ts';
import { type CrmDeal, type DealState, mostStates } from '../../../functions/ports/crm.ts';
import type { CrmAnswer, CrmRequest, CrmSecrets } from '../../../functions/ports/crm-access.ts';
import { CrmUnavailable } from '../../../functions/ports/errors.ts';
import { createClock } from '../../../infra/account/clock.ts';
import { createFakePipedrive } from '../../../infra/local/crm/pipedrive/fake-pipedrive.ts';
import { playCrm } from '../../../infra/local/crm/played-crm.ts';
import { type PlayedName, playedNames } from '../../../infra/local/crm/played-names.ts';
import { createFakeSalesforce } from '../../../infra/local/crm/salesforce/fake-salesforce.ts';
import { sampleEvent } from '../../support/deals.ts';

const { detail } = sampleEvent('complete-standard');
const sellers = ['olivia.bennett@example.com', 'james.carter@example.com'];

/** Deals in a played CRM, and our connection to it; `between` may answer in its place. */
function stood(
  name: PlayedName,
  deals: number,
  between: (request: CrmRequest, answer: () => CrmAnswer) => CrmAnswer = (_, answer) => answer(),
) {
  const clock = createClock({ start: Date.parse('2026-11-20T15:00:00Z') });
  const { fake, settings } = playCrm(name, { clock, siteUrl: 'https://handoff.example.com' });
  const ids = Array.from({ length: deals }, (_, i) =>
    fake.put({ ...detail, name: `Deal ${i}`, accountExecutive: sellers[i % 2] }),
  );
  const asked: string[] = [];
  let held: readonly CrmSecrets[] = [settings.secrets];
  const { account, apiUrl, http } = settings;
  const crm = connectorOf(name).connect({
    settings: { account, apiUrl, webhookUrl: '' },
    secrets: async (how) => (how?.fresh ? [settings.secrets] : held),
    http: async (request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      const answer = await http(request);
      return between(request, () => answer);
    },
    now: () => clock.now(),
  });
  const hold = (secrets: readonly CrmSecrets[]) => {
    held = secrets;
  };
  return { clock, fake, ids, asked, crm, hold };
}

const stateOf = ({ dealId, stage, phase, changedAt, facts }: CrmDeal): DealState => ({
  ...{ dealId, stage, phase, changedAt },
  ...{ name: String(facts['name']), accountExecutive: String(facts['accountExecutive']) },
});

const byId = (states: readonly DealState[]) => states.toSorted((a, b) => (a.dealId < b.dealId ? -1 : 1));

describe.each(playedNames)('where deals stand in %s', (name) => {
  it('is what reading each of them says, in every stage', async () => {
    const { fake, ids, crm } = stood(name, 7);
    for (const [i, { id }] of fake.stages.entries()) fake.move(ids[i] ?? '', id);
    const whole = await Promise.all(ids.map((id) => crm.readDeal(id)));
    expect(byId(await crm.dealStates(ids))).toEqual(
      byId(whole.map((read) => stateOf('deal' in read ? read.deal : (undefined as never)))),
    );
  });

  it('is asked for in one call for as many as there may be, and one for each owner once', async () => {
    const { ids, crm, asked } = stood(name, 201);
    const first = await crm.dealStates(ids.slice(0, mostStates));
    expect(new Set(first.map(({ dealId }) => dealId))).toEqual(new Set(ids.slice(0, mostStates)));
    const once = asked.length;
    expect(once).toBeLessThanOrEqual(4);
    expect(await crm.dealStates(ids.slice(mostStates, 2 * mostStates))).toHaveLength(mostStates);
    expect(asked).toHaveLength(once + 1);
    expect(await crm.dealStates(ids.slice(-1))).toHaveLength(1);
  });

  it('is asked of nobody for no deal, nor for what is no id', async () => {
    const { crm, asked } = stood(name, 1);
    expect(await crm.dealStates([])).toEqual([]);
    expect(await crm.dealStates(["D-2026'1041"])).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('leaves out deals that are no more, and shows the others', async () => {
    const { fake, ids, crm } = stood(name, 3);
    fake.remove(ids[1] ?? '');
    expect((await crm.dealStates([...ids, ids[0]?.replace(/\d{2}/, '77') ?? ''])).map(({ dealId }) => dealId)).toEqual([
      ids[0],
      ids[2],
    ]);
    for (const id of ids) if (id !== ids[1]) fake.remove(id);
    expect(await crm.dealStates(ids)).toEqual([]);
  });

  it('says no owner where the CRM knows none', async () => {
    const { ids, crm } = stood(name, 1, (request, answer) =>
      /owners|users|query/.test(request.url)
        ? { ...answer(), text: answer().text.replaceAll(/[\w.]+@[\w.]+/g, '') }
        : answer(),
    );
    const [state] = await crm.dealStates(ids);
    expect([state?.dealId, state?.accountExecutive]).toEqual([ids[0], undefined]);
  });

  it('is read with the token that is right by now', async () => {
    const { ids, crm, hold } = stood(name, 2);
    hold([{ accessToken: 'old', apiToken: 'old', clientId: 'old', clientSecret: 'old' }]);
    expect(await crm.dealStates(ids)).toHaveLength(2);
  });

  it('is not told by halves', async () => {
    const { ids, crm } = stood(name, 2, (request, answer) =>
      /batch\/read|deals\?|query/.test(request.url)
        ? {
            ...answer(),
            text: answer().text.replaceAll(
              /"(?:hs_lastmodifieddate|updatedAt|createdAt|update_time|add_time|SystemModstamp)":"[^"]*"/g,
              '"x":1',
            ),
          }
        : answer(),
    );
    await expect(crm.dealStates(ids)).rejects.toThrow(CrmUnavailable);
  });
});

describe('deals that were archived in Pipedrive', () => {
  it('are shown for a call each, as they are in no list', async () => {
    const clock = createClock({ start: Date.parse('2026-11-20T15:00:00Z') });
    const apiUrl = 'https://local.pipedrive.com';
    const secrets = { apiToken: 'is' };
    const fake = createFakePipedrive({ clock, apiUrl, secrets, tell: async () => 200 });
    const ids = Array.from({ length: 5 }, () => fake.put(detail));
    let calls = 0;
    const crm = connectorOf('pipedrive').connect({
      settings: { account: 'x', apiUrl, webhookUrl: '' },
      secrets: async () => [secrets],
      http: async (request) => {
        calls += 1;
        return fake.answer(request);
      },
      now: () => clock.now(),
    });
    await crm.dealStates(ids);
    const before = calls;
    for (const id of ids.slice(0, 3)) fake.archive(id);
    fake.remove(ids[4] ?? '');
    expect(byId(await crm.dealStates(ids)).map(({ dealId }) => dealId)).toEqual(ids.slice(0, 4));
    expect(calls - before).toBe(1 + 3 + 1);
  });
});

describe('deals that Salesforce lists on more than one page', () => {
  it('are all there', async () => {
    const clock = createClock({ start: Date.parse('2026-11-20T15:00:00Z') });
    const apiUrl = 'https://local.my.salesforce.com';
    const secrets = { clientId: 'id', clientSecret: 'secret' };
    const fake = createFakeSalesforce({ clock, apiUrl, secrets, tell: async () => 200, pageSize: 2 });
    const ids = Array.from({ length: 5 }, () => fake.put(detail));
    const crm = connectorOf('salesforce').connect({
      settings: { account: 'x', apiUrl, webhookUrl: '' },
      secrets: async () => [secrets],
      http: async (request) => fake.answer(request),
      now: () => clock.now(),
    });
    expect((await crm.dealStates(ids)).map(({ dealId }) => dealId)).toEqual(ids);
  });
});
