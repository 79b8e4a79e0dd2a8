import type { CrmConnector } from '../../../../functions/crm/crm-connector.ts';
import type { CrmRequest, CrmSecrets, CrmSettings } from '../../../../functions/ports/crm-access.ts';
import { type Clock, createClock } from '../../../../infra/account/clock.ts';
import type { FakeCrm, Told } from '../../../../infra/local/crm/fake-crm.ts';

/** What a fake CRM needs around it: a clock, and somebody who hears what it tells and answers with a status. */
export function hearing(start: string, answer: (told: Told, nth: number) => number = () => 200) {
  const clock = createClock({ start: Date.parse(start) });
  const heard: { readonly told: Told; readonly at: string }[] = [];
  return {
    clock,
    heard,
    tell: async (told: Told): Promise<number> => {
      heard.push({ told, at: new Date(clock.now()).toISOString() });
      return answer(told, heard.length);
    },
    /** Moves the clock by so many seconds. */
    pass: (seconds: number) => clock.advanceTo(clock.now() + seconds * 1000),
  };
}

/** A connector that speaks with a fake: what it asked, and a way to change the secrets that it holds. */
export function connected(
  connector: CrmConnector,
  fake: Pick<FakeCrm, 'answer'>,
  stage: { readonly settings: CrmSettings; readonly secrets: CrmSecrets; readonly clock: Clock },
) {
  const asked: CrmRequest[] = [];
  let held: readonly CrmSecrets[] = [stage.secrets];
  const crm = connector.connect({
    settings: stage.settings,
    secrets: async () => held,
    http: async (request) => {
      asked.push(request);
      return fake.answer(request);
    },
    now: () => stage.clock.now(),
  });
  const hold = (now: readonly CrmSecrets[]) => {
    held = now;
  };
  return { crm, asked, hold };
}
