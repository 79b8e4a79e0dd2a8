import { isClosed } from '../../../functions/domain/handoff/handoff.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Content } from '../../../functions/pages/html.ts';
import { html } from '../../../functions/pages/html.ts';
import type { System } from '../system.ts';
import { briefView } from './brief-view.ts';
import { captionOf } from './captions.ts';
import { emailsView } from './emails-view.ts';
import { readExecution } from './execution.ts';
import { executionView } from './execution-page.ts';
import { handoffPage, handoffPath, isView, type View } from './handoff-page.ts';

import { definitionOf, machineView, type Pictures, withoutStyle } from './machine-view.ts';
import { recordView } from './record-view.ts';
import type { Standing } from './register.ts';
import { stepsView } from './steps-view.ts';
import type { Story } from './story.ts';
import { storyBanner } from './story-banner.ts';
import type { Surroundings } from './surroundings.ts';
import { timelineView } from './timeline-view.ts';

export interface HandoffWorld {
  readonly system: System;
  readonly pictures: Pictures;
  readonly playbook: Playbook;
  readonly story: Story;
}

/** The page of a handoff with the view asked for, the timeline unless said; `style` is the picture's own. */
export async function showHandoff(
  { system, pictures, playbook, story }: HandoffWorld,
  { handoff, query }: { readonly handoff: Standing; readonly query: URLSearchParams },
  around: Surroundings,
): Promise<{ readonly body: Content; readonly style: string }> {
  const { id, record } = handoff;
  const asked = query.get('view');
  const view = isView(asked) ? asked : 'timeline';
  const execution = await readExecution(system, id);
  const svg = await pictures.of(playbook);
  const begun = <T extends Content>(show: (known: NonNullable<typeof record>) => T): Content =>
    record === undefined
      ? html`<p class="card soft">Nothing yet: its package has not been looked at.</p>`
      : show(record);
  const shows: Readonly<Record<View, () => Content | Promise<Content>>> = {
    timeline: async () => timelineView(handoff, await system.world.audit.trail(id), around),
    steps: () => begun((known) => stepsView(known, around)),
    brief: () => begun((known) => briefView(known, around.people)),
    emails: () => emailsView(handoff, around),
    record: () => recordView(handoff, around),
    execution: () => execution && executionView(execution),
  };
  const machine =
    execution &&
    machineView({
      ...{ svg, definition: await definitionOf(system, id), execution, record, now: around.now },
      whole: query.get('picture') === 'whole',
      paths: { part: handoffPath(id, view), whole: handoffPath(id, view, 'whole') },
    });
  const banner =
    story.handoff() === id && record
      ? storyBanner(
          captionOf(record, await system.world.audit.trail(id), around.people),
          story.isPlaying(),
          isClosed(record.state.status),
        )
      : undefined;
  const page = { handoff, view, shown: await shows[view](), machine, banner };
  return { body: handoffPage(page, around), style: withoutStyle(svg).style };
}
