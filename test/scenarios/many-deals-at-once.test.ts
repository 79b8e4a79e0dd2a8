import { expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../infra/account/clock.ts';
import { playCrm } from '../../infra/local/crm/played-crm.ts';
import { playedNames } from '../../infra/local/crm/played-names.ts';
import { createSystem, silent } from '../../infra/local/system.ts';
import { course } from '../support/course.ts';
import { roster, sampleEvent } from '../support/deals.ts';

const siteUrl = 'http://handoff.example.com';

for (const name of playedNames)
  it(
    `each of many deals that are won in one second in ${name} gets its handoff, whatever it takes at a time`,
    course,
    async () => {
      const clock = createClock({ start: Date.parse('2026-11-17T08:00:00Z') });
      const crm = playCrm(name, { clock, siteUrl });
      const system = await createSystem({
        ...{ clock, siteUrl, roster: roster(), crm: crm.settings },
        observerOf: () => silent,
      });
      crm.attach(system.account);
      onTestFinished(() => system.close());
      const ids = Array.from({ length: 25 }, () => crm.fake.put(sampleEvent('complete-standard').detail));
      const won = crm.fake.stages.find(({ phase }) => phase === 'won')?.id ?? '';
      for (const id of ids) crm.fake.move(id, won);
      await clock.advanceTo(clock.now() + 3_600_000);
      const records = await Promise.all(ids.map((id) => system.world.handoffs.load(`${id}-1`)));
      expect(records.map((record) => record?.state.status)).toEqual(ids.map(() => 'open'));
      expect(system.account.deadLetters).toEqual([]);
    },
  );
