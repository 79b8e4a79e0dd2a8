import { isClosed } from '../../../functions/domain/handoff/handoff.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Content } from '../../../functions/pages/html.ts';
import { html } from '../../../functions/pages/html.ts';
import { briefView } from '../../../functions/pages/operations/brief-view.ts';
import { handoffPage, handoffViews, viewPath } from '../../../functions/pages/operations/handoff-page.ts';
import { withoutStyle } from '../../../functions/pages/operations/machine-card.ts';
import { pathOf } from '../../../functions/pages/operations/showing.ts';
import { stepsView } from '../../../functions/pages/operations/steps-view.ts';
import { timelineView } from '../../../functions/pages/operations/timeline-view.ts';
import type { System } from '../system.ts';
import { captionOf } from './captions.ts';
import { emailsView } from './emails-view.ts';
import { readExecution } from './execution.ts';
import { executionView } from './execution-page.ts';
import { definitionOf, machineView, type Pictures } from './machine-view.ts';
import { recordView } from './record-view.ts';
import type { Standing } from './register.ts';
import type { Story } from './story.ts';
import { storyBanner } from './story-banner.ts';
import type { Surroundings } from './surroundings.ts';

/** What the page shows beside the state machine, by the address's parameter `view`. */
const views = { ...handoffViews, record: 'Record', execution: 'Execution' } as const;
type View = keyof typeof views;

const isView = (text: string | null): text is View => text !== null && Object.hasOwn(views, text);

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
  const path = pathOf(around, id);
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
      paths: { part: viewPath(path, view), whole: viewPath(path, view, 'whole') },
    });
  const banner =
    story.handoff() === id && record
      ? storyBanner(
          captionOf(record, await system.world.audit.trail(id), around.people),
          story.isPlaying(),
          isClosed(record.state.status),
        )
      : undefined;
  const page = { handoff, views, view, shown: await shows[view](), machine, banner };
  return { body: handoffPage(page, around), style: withoutStyle(svg).style };
}
