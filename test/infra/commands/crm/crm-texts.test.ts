import { describe, expect, it } from 'vitest';
import { connectorOf } from '../../../../functions/crm/connectors.ts';
import type { SetupCheck } from '../../../../functions/crm/crm-setup.ts';
import { setups } from '../../../../functions/crm/setups.ts';
import type { CrmDeal } from '../../../../functions/ports/crm.ts';
import { CrmUnavailable } from '../../../../functions/ports/errors.ts';
import { createClock } from '../../../../infra/account/clock.ts';
import { mappedDeal } from '../../../../infra/commands/crm/map-text.ts';
import { checksText, createdText, registeredText, stepsText } from '../../../../infra/commands/crm/setup-text.ts';
import { stageSteps } from '../../../../infra/commands/crm/stage-steps.ts';
import { patience } from '../../../../infra/commands/patience.ts';
import { patientHttp } from '../../../../infra/commands/stage-crm.ts';
import { playCrm } from '../../../../infra/local/crm/played-crm.ts';
import { playedNames } from '../../../../infra/local/crm/played-names.ts';
import { crmNames, crmWiring } from '../../../../infra/wiring/crms.ts';
import { playbook } from '../../../../statemachines/playbooks/default.ts';
import { wonDeal } from '../../../support/crm-double.ts';
import { sampleEvent } from '../../../support/deals.ts';

const at = '2026-11-20T15:00:00Z';

describe('what is printed to connect a CRM', () => {
  it('is there for each that can be asked', () => {
    expect(Object.keys(setups).sort()).toEqual(crmNames.filter((name) => crmWiring(name).isAsked).sort());
  });

  it('has each file in full, or where it was written', () => {
    const steps = [
      { what: 'Upload it.', how: ['Run it.'], files: [{ path: 'src/app.json', text: '{\n  "a": 1\n}\n' }] },
    ];
    expect(stepsText(steps)).toBe('1. Upload it.\n   - Run it.\n\n   src/app.json:\n\n   {\n     "a": 1\n   }');
    expect(stepsText(steps, 'out')).toBe('1. Upload it.\n   - Run it.\n   - Written: out/src/app.json');
  });

  it('names every secret, and holds none', () => {
    const { secretNames } = connectorOf('hubspot');
    const parameter = '/handoff/production/crm';
    const { how } = stageSteps({ stage: 'production', crm: 'hubspot', parameter, secretNames }).secrets;
    const text = how.join('\n');
    expect(text).toContain('{"current":{"accessToken":"…","clientSecret":"…"}}');
    expect(text).toContain('--name /handoff/production/crm --type SecureString');
  });

  it('says of properties what became of them', () => {
    const property = {
      object: 'Deal',
      name: 'handoff_scope',
      label: 'Scope',
      type: 'string',
      filledBy: 'sales',
    } as const;
    const text = createdText([
      { property, outcome: 'created' },
      { property, outcome: 'there already' },
      { property, outcome: { refused: 'Too many properties.' } },
    ]);
    expect(text).toBe('Properties: 1 created, 1 there already, 1 refused.\n   handoff_scope: Too many properties.');
  });

  it('says of the webhook what became of it', () => {
    expect(registeredText('registered')).toBe('Webhook: registered.');
    expect(registeredText('replaced')).toBe('Webhook: replaced.');
    expect(registeredText({ refused: 'Too many webhooks.' })).toBe('Webhook refused: Too many webhooks.');
  });

  it('says of checks what is wrong and what to do', () => {
    const checks: SetupCheck[] = [
      { what: 'The token works', ok: true },
      {
        what: 'The stages are found',
        ok: false,
        problem: 'There is no stage "Proposal".',
        remedy: 'Name it in the mapping.',
      },
    ];
    expect(checksText(checks)).toBe(
      'ok    The token works\nFAIL  The stages are found\n      There is no stage "Proposal".\n      To fix it: Name it in the mapping.',
    );
  });
});

describe.each(playedNames)('a deal of %s, shown as the package it would become', (name) => {
  const read = async (sample: 'complete-standard' | 'incomplete') => {
    const played = playCrm(name, { clock: createClock({ start: Date.parse(at) }), siteUrl: 'http://127.0.0.1' });
    const dealId = played.fake.put(sampleEvent(sample).detail);
    const { secrets, http, account, apiUrl } = played.settings;
    const { connect } = connectorOf(name);
    const crm = connect({ settings: { account, apiUrl, webhookUrl: '' }, secrets: async () => [secrets], http });
    const found = await crm.readDeal(dealId);
    if (!('deal' in found)) throw new Error('There is no such deal.');
    return mappedDeal(found.deal, { playbook, at });
  };

  it('is complete where the CRM says everything', async () => {
    const { text, isUsable } = await read('complete-standard');
    expect(isUsable).toBe(true);
    expect(text).toContain('The package is complete (100%).');
    expect(text).toContain('Account executive: anna.keller@example.com');
  });

  it('names each gap where it does not', async () => {
    const { text, isUsable } = await read('incomplete');
    expect(isUsable).toBe(true);
    expect(text).toMatch(/The package is \d+% complete\. To go:\n {3}\S/);
  });
});

describe('a CRM that is asked too often', () => {
  it('is asked again until it answers, in the end without success', async () => {
    const waits: number[] = [];
    const again = patience(async (milliseconds) => void waits.push(milliseconds));
    const statuses = [429, 429, 201];
    const request = { method: 'POST', url: 'https://crm.example', headers: {} } as const;
    const http = patientHttp(async () => ({ status: statuses.shift() ?? 429, headers: {}, text: '' }), again);
    expect(await http(request)).toMatchObject({ status: 201 });
    expect(waits).toEqual([500, 1000]);
    await expect(http(request)).rejects.toThrow(CrmUnavailable);
  });
});

describe('a deal that the stage leaves out', () => {
  it('says so before all else', () => {
    const deal = { ...wonDeal('17'), leftOut: 'Its dealtype is "renewal".' };
    const { text } = mappedDeal(deal, { playbook, at });
    expect(text.split('\n').slice(1, 4)).toEqual(['', 'No handoff begins with it:', '   Its dealtype is "renewal".']);
  });
});

describe('a deal that lacks what a handoff needs', () => {
  it('says so, with what to do', () => {
    const deal: CrmDeal = {
      dealId: '1',
      stage: 'New',
      phase: 'early',
      changedAt: at,
      facts: {},
      notes: ['No company.'],
    };
    const { text, isUsable } = mappedDeal(deal, { playbook, at });
    expect(isUsable).toBe(false);
    expect(text).toContain('No handoff could begin with it:');
    expect(text).toContain('detail.accountExecutive');
    expect(text).toContain('Noticed:\n   No company.');
  });
});
