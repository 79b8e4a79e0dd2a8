import { briefOf } from '../domain/handoff/handoff-package.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { briefPage } from '../pages/brief-page.ts';
import type { Page } from '../pages/outcome-page.ts';
import { unknownLinkPage } from '../pages/outcome-pages.ts';
import type { World } from '../ports.ts';
import { involvedPeople } from './involved-people.ts';

/**
 * The handover brief behind any link that has not expired (S4: the single source of truth, always within reach), also when
 * the step is decided. Reads only.
 */
export const showBrief =
  (world: Pick<World, 'handoffs' | 'roster' | 'site' | 'hash'>) =>
  async ({ linkId, at }: { linkId: string; at: Instant }): Promise<Page> => {
    const { site } = world;
    const link = await world.handoffs.findLink(world.hash(linkId));
    const record = link && Date.parse(at) < Date.parse(link.expiresAt) && (await world.handoffs.load(link.handoffId));
    if (!record) return { status: 404, html: unknownLinkPage({ site }) };
    const brief = briefOf(record, await involvedPeople(world, record));
    return { status: 200, html: briefPage(brief, { site, back: `/s/${linkId}` }) };
  };
