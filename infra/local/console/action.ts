import type { PlayedCrm } from '../crm/played-crm.ts';
import type { Sample } from '../samples.ts';
import type { System } from '../system.ts';
import type { Autoplay } from './autoplay.ts';
import type { Said } from './messages.ts';
import type { Story } from './story.ts';

/** What came of a form: where to go, and what to say there, unless there are no lines; `typed` is what could not be used, to be shown again. */
export interface Done {
  readonly said: Said;
  readonly path: string;
  readonly typed?: string;
}

export interface Actions {
  readonly system: System;
  readonly autoplay: Autoplay;
  readonly story: Story;
  readonly samples: readonly Sample[];
  readonly broken: readonly Sample[];
  /** The CRM that is played here. */
  readonly crm?: PlayedCrm;
}
