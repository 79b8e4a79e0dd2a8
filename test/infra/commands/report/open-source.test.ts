import { afterEach, describe, expect, it, vi } from 'vitest';
import { deployed } from '../../../../infra/commands/report/open-source.ts';
import { putOnBus } from '../../../../infra/local/put-event.ts';
import { serve } from '../../../../infra/local/serve.ts';
import { dealEvent, roster } from '../../../support/deals.ts';
import { full } from '../../../support/playbooks/full.ts';

const at = '2026-11-20T15:00:00.000Z';

describe('what reports are made of', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is measured again as of now, whatever moment is to be told of: everybody reads it', async () => {
    const { system, url, close } = await serve({
      ...{ port: 0, startAt: Date.parse(at), roster: roster(), playbook: full },
    });
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    vi.spyOn(console, 'log').mockReturnValue();
    await putOnBus(system, dealEvent());
    await system.clock.settled();
    for (const said of ['2026-08-02T09:00:00Z', '2027-03-01T09:00:00Z']) {
      const { source } = await deployed(undefined, { as: undefined, said, rebuild: true });
      expect([source.at, source.measured.asOf]).toEqual([said, at]);
    }
    await close();
  });
});
