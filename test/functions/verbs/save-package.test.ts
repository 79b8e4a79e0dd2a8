import { describe, expect, it } from 'vitest';
import type { Form } from '../../../functions/domain/fields/evidence.ts';
import type { World } from '../../../functions/ports/world.ts';
import { decideStep } from '../../../functions/verbs/decide-step.ts';
import { saveField } from '../../../functions/verbs/save-field.ts';
import { formFor } from '../../../infra/local/play/page-form.ts';
import { breaking, callsIn } from '../../support/breaking.ts';
import { course } from '../../support/course.ts';
import { sampleEvent } from '../../support/deals.ts';
import { anna, daniel } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';

const step = 'complete-package';
const whyUs = 'dealContext.whyUs';
const renewal = 'contract.renewalDate';

/** The package lacks answers, and Anna has its form before her in as many windows as somebody likes. */
async function asked() {
  const { system, id } = await upTo('schedule-internal-meeting', { event: sampleEvent('incomplete') });
  return { system, id, link: system.linkOf(anna, step) };
}

/** A window with the form as it is now, and how what is typed in it is sent: as a draft, all of it, or field by field. */
async function windowOf({ system, link }: { readonly system: OpenSystem; readonly link: string }) {
  const { html } = await system.get(link);
  const values = formFor(html, 'save')?.values ?? new Map<string, string[]>();
  const linkId = link.replace('/s/', '');
  const submission = (form: Form, later: number) => ({
    linkId,
    form,
    at: new Date(Date.parse(system.now()) + later).toISOString(),
  });
  return {
    draft: (typed: Form, world: World = system.world, later = 0) =>
      decideStep(world)(submission({ ...Object.fromEntries(values), choice: 'save', ...typed }, later)),
    fields: (typed: Form, world: World = system.world, later = 0) => {
      const shown = Object.keys(typed).map((name) => [`shown:${name}`, values.get(`shown:${name}`) ?? []]);
      return saveField(world)(submission({ round: '1', ...Object.fromEntries(shown), ...typed }, later));
    },
  };
}

const ways = ['draft', 'fields'] as const;
const changes = /^(packages|audit\.write|schedules|tokens)/;

async function standing(system: OpenSystem, id: string) {
  const { package: pkg, packageHistory = {} } = await system.load(id);
  const { dealContext, contract } = pkg as { dealContext?: { whyUs?: string }; contract?: { renewalDate?: string } };
  return {
    whyUs: dealContext?.whyUs,
    renewal: contract?.renewalDate,
    waiting: packageHistory[whyUs]?.rivals?.map(({ text }) => text) ?? [],
  };
}

const told = async (system: OpenSystem, id: string) =>
  (await system.world.audit.trail(id)).filter(({ what }) => what === 'package-saved').map(({ detail }) => detail);

/** A world in which something else happens right before one of the calls. */
function between(
  world: World,
  at: number,
  happens: () => Promise<unknown>,
): { readonly world: World; count: () => number } {
  let calls = 0;
  const parts = Object.entries(world).map(([name, part]) => {
    if (typeof part !== 'object' || part === null || name === 'site') return [name, part];
    const methods = Object.entries(part as object).map(([method, run]) => [
      method,
      async (...given: readonly unknown[]) => {
        calls += 1;
        if (calls === at) await happens();
        return run.apply(part, given);
      },
    ]);
    return [name, Object.fromEntries(methods)];
  });
  return { world: Object.fromEntries(parts) as World, count: () => calls };
}

describe.each(ways)('a package that is saved (%s)', (way) => {
  const typed = { [whyUs]: 'The price.', [renewal]: '2027-11-17' };

  it('is saved, told and followed once, wherever it was interrupted before it was sent again', course, async () => {
    const whole = await asked();
    const all = await callsIn(whole.system.world, async (world) => (await windowOf(whole))[way](typed, world));
    const wanted = await standing(whole.system, whole.id);
    expect(wanted).toEqual({ whyUs: 'The price.', renewal: '2027-11-17', waiting: [] });
    expect(await told(whole.system, whole.id)).toEqual(['Version 1: Why us; Renewal date']);
    const calls = all.filter(({ port, method }) => changes.test(`${port}.${method}`));
    expect(calls.map(({ port, method }) => `${port}.${method}`)).toEqual(
      expect.arrayContaining(['packages.save', 'audit.write', 'schedules.put']),
    );
    for (const call of calls)
      for (const when of ['before', 'after'] as const) {
        const under = await asked();
        const { system, id } = under;
        const page = await windowOf(under);
        const where = `${when} ${call.port}.${call.method} ${call.call}`;
        await page[way](typed, breaking(system.world, { ...call, when })).catch(() => undefined);
        const again = await callsIn(system.world, (world) => page[way](typed, world, 60_000));
        // The reminders follow in one of the attempts, which need not be the first.
        expect(
          again.map(({ port }) => port),
          where,
        ).toContain('schedules');
        expect(await standing(system, id), where).toEqual(wanted);
        expect(await told(system, id), where).toEqual(['Version 1: Why us; Renewal date']);
        expect((await system.load(id)).packageVersion, where).toBe(1);
      }
  });

  it('loses nothing of what another window saves between any two of its calls', course, async () => {
    const counted = await asked();
    const none = between(counted.system.world, 0, async () => undefined);
    await (await windowOf(counted))[way](typed, none.world);
    for (let at = 1; at <= none.count(); at += 1) {
      const under = await asked();
      const { system, id } = under;
      const [one, other] = [await windowOf(under), await windowOf(under)];
      const theirs = { [whyUs]: 'Support.', 'contract.planTier': 'Gold' };
      const { world } = between(system.world, at, () => other.fields(theirs));
      await one[way](typed, world);
      const where = `before call ${at}`;
      const stands = await standing(system, id);
      expect([stands.whyUs, ...stands.waiting].sort(), where).toEqual(['Support.', 'The price.']);
      expect(stands.renewal, where).toBe('2027-11-17');
      expect((await system.load(id)).package, where).toMatchObject({ contract: { planTier: 'Gold' } });
      // What was typed is on record with whoever typed it, and a late repetition changes nothing.
      await one[way](typed, system.world, 120_000);
      await other.fields(theirs, system.world, 180_000);
      expect(await standing(system, id), where).toEqual(stands);
    }
  });

  it('is one version where the same is sent twice at once', async () => {
    const under = await asked();
    const page = await windowOf(under);
    await Promise.all([page[way](typed), page[way](typed)]);
    const { system, id } = under;
    expect((await system.load(id)).packageVersion).toBe(1);
    expect(await told(system, id)).toEqual(['Version 1: Why us; Renewal date']);
  });
});

describe('many windows at once', () => {
  it('all get in what they typed, each into another field', course, async () => {
    const under = await asked();
    const names = ['whyTheyBought', 'painPoints', 'currentProcess', 'whyUs', 'objections', 'buyingProcess'];
    const pages = await Promise.all(names.map(() => windowOf(under)));
    await Promise.all(pages.map((page, i) => page.fields({ [`dealContext.${names[i]}`]: `Answer ${i}` })));
    const { package: pkg, packageVersion } = await under.system.load(under.id);
    const said = (pkg as { dealContext: Record<string, string> }).dealContext;
    expect(names.map((name) => said[name])).toEqual(names.map((_, i) => `Answer ${i}`));
    expect(packageVersion).toBe(names.length);
  });

  it('are told to try again where others save without an end, and nothing is half-saved', course, async () => {
    const under = await asked();
    const { system, id } = under;
    const page = await windowOf(under);
    const busy: World = { ...system.world, packages: { save: async () => false } };
    await expect(page.fields({ [whyUs]: 'The price.' }, busy)).rejects.toThrow('try again');
    expect((await system.load(id)).packageVersion).toBe(0);
  });
});

describe('a field that is saved as it is typed', () => {
  it('is refused with what to do once the step is somebody else’s, in the middle of it, too', course, async () => {
    const under = await asked();
    const { system, id } = under;
    const [page, other] = [await windowOf(under), await windowOf(under)];
    const decide = decideStep(system.world);
    const give = async () => {
      await other.fields({ 'contract.planTier': 'Gold' });
      const form = { choice: 'reassign', round: '1', to: 'tom.hughes@example.com' };
      const roster = await system.world.roster.everybody();
      const sales = roster.find(({ role, email, active }) => role === 'accountExecutive' && email !== anna && active);
      await decide({
        linkId: under.link.replace('/s/', ''),
        form: { ...form, to: sales?.email ?? daniel },
        at: system.now(),
      });
    };
    // Right before the save itself, which then finds another version and another owner.
    const saves: World['packages'] = {
      save: async (input) => {
        await give();
        return system.world.packages.save(input);
      },
    };
    const late = await page.fields({ [whyUs]: 'The price.' }, { ...system.world, packages: saves });
    expect(late).toEqual({ refused: expect.stringContaining('Not saved: somebody took over or answered this step.') });
    expect(await standing(system, id)).toMatchObject({ whyUs: expect.not.stringContaining('The price.') });
    expect(await page.fields({ [whyUs]: 'The price.' })).toEqual({
      refused: expect.stringContaining('Not saved: somebody else has this step now.'),
    });
  });

  it('is refused where it is more than fits, and what was saved before stays', async () => {
    const under = await asked();
    const page = await windowOf(under);
    await page.fields({ [whyUs]: 'The price.' });
    const after = await windowOf(under);
    const refused = await after.fields({ [whyUs]: 'ü'.repeat(120_000) });
    expect(refused).toEqual({ refused: expect.stringContaining('more text than fits') });
    expect((await standing(under.system, under.id)).whyUs).toBe('The price.');
  });
});
