import { raw } from 'hono/html';
import type { HandoffRecord } from '../../domain/handoff/handoff.ts';
import { isLate, roundsOf } from '../../domain/handoff/step-record.ts';
import { isOver } from '../../domain/handoff/step-rule.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import { type Content, type Html, html } from '../html.ts';
import { focusedPicture } from './focused-picture.ts';
import { type Marks, markedPicture } from './marked-picture.ts';

export interface MachineCard {
  /** As it is drawn for the playbook. */
  readonly svg: string;
  readonly marks: Marks;
  /** Where it stands, or stood last: the part that is shown. */
  readonly around: readonly string[];
  /** Shows all of it, not only where it stands. */
  readonly whole: boolean;
  /** Where it is shown in part, and where whole. */
  readonly paths: { readonly part: string; readonly whole: string };
  /** Only its steps are marked: how it came from one to the next is not known. */
  readonly stepsOnly?: boolean;
  /** What is said below it. */
  readonly note?: Content;
}

/** The state machine's picture with the way of a handoff: where it stands, what it passed, what was late. */
export function machineCard({ svg, marks, around, whole, paths, stepsOnly, note }: MachineCard): Html {
  const marked = markedPicture(withoutStyle(svg).picture, marks);
  const nodes = around.map((state) => marks.requestOf.get(state) ?? state);
  const shown = whole ? marked : focusedPicture(marked, nodes);
  const other = whole
    ? html`<a class="small end" href="${paths.part}">Where it stands</a>`
    : html`<a class="small end" href="${paths.whole}">Whole picture</a>`;
  return html`<section class="card machine" aria-label="State machine"><div class="line"><h2>State machine</h2><span class="legend small"><i class="now"></i> now <i class="past"></i> passed <i class="late"></i> late</span>${other}</div>
<div class="picture${whole && ' whole'}${stepsOnly && ' steps-only'}"${whole && html` tabindex="0" role="region" aria-label="Picture of the state machine"`}>${raw(shown)}</div>${note}</section>`;
}

/** The picture and the style that it brings along, apart: a page allows styles one by one. */
export function withoutStyle(svg: string): { readonly picture: string; readonly style: string } {
  const [whole = '', style = ''] = /<style>([\s\S]*?)<\/style>\n?/.exec(svg) ?? [];
  return { picture: svg.replace(whole, ''), style };
}

/** The state in which a step is asked for; undefined for a step that the picture does not know. */
export type StateOf = (step: string) => string | undefined;

/** What the record knows of the way: the steps that were asked, those that are open, those that were late. */
export function marksOf(record: HandoffRecord, stateOf: StateOf, now: Instant): Pick<MachineCard, 'marks' | 'around'> {
  const asked = Object.values(record.steps).toSorted((a, b) => Date.parse(a.askedAt) - Date.parse(b.askedAt));
  const statesOf = (steps: typeof asked) => steps.flatMap(({ step }) => stateOf(step) ?? []);
  const current = statesOf(asked.filter(({ step, decision }) => !decision && !isOver(record, step)));
  const path = { entered: new Set(statesOf(asked)), joined: new Set<string>(), led: new Map() };
  const marks = { path, current: new Set(current), late: lateStates(record, stateOf, now), requestOf: new Map() };
  return { marks, around: current.length > 0 ? current : statesOf(asked).slice(-1) };
}

/** The states of the steps that somebody was late with in some round, or is by now (UTC). */
export function lateStates(record: HandoffRecord, stateOf: StateOf, now: Instant): ReadonlySet<string> {
  const late = Object.values(record.steps).filter((step) => roundsOf(step).some((round) => isLate(round, now)));
  return new Set(late.flatMap(({ step }) => stateOf(step) ?? []));
}
