import type * as z from 'zod/mini';
import type { Instant } from '../time/calendar.ts';
import type { Column } from './columns.ts';
import type { FieldRule } from './field-rule.ts';
import type { Reading } from './reading.ts';

/** Somebody who can be named in a field of kind `person`. */
export interface Candidate {
  readonly email: string;
  readonly active: boolean;
}

/** A field of the package that a gap can be about. */
export interface GapField {
  readonly path: string;
  /** The section's title. */
  readonly section: string;
  readonly label: string;
}

/** Who fills a form in, and when: what some answers are measured by. */
export interface Filling {
  /** IANA zone in which times are typed. */
  readonly zone: string;
  readonly at: Instant;
  /** What has taken place did so on that day, in the zone, or later. */
  readonly notBefore?: Instant;
  /** Whom a `person` may name; anybody where it is not said. */
  readonly candidates?: readonly Candidate[];
  /** What a `choice` of segments offers; any name where it is not said. */
  readonly segments?: readonly string[];
  /** What `gaps` can be about; nothing where it is not said. */
  readonly gapFields?: readonly GapField[];
}

/** What is known of the occasion of a form, for fields that suggest something by themselves. */
export interface Occasion {
  /** How long a meeting of this sort usually takes. */
  readonly minutes?: number;
}

/** A line of an answer as brief and mails show it. */
export interface ShownLine {
  /** In place of the field's own label. */
  readonly label?: string;
  readonly text: string;
  /** http or https. */
  readonly url?: string;
}

/** Everything there is to know of one kind of field. Nothing else in the code tells kinds apart but their controls in HTML. */
export interface Kind<Value = unknown> {
  /** Whether an answer has several parts, a line each; the texts of such a field are read together. */
  readonly isList: boolean;
  /** Whether a form writes it in one line. */
  readonly oneLine: boolean;
  /** Where a form can ask for it row by row: what a row is called ('Person'), and its cells. */
  readonly rows?: { readonly noun: string; readonly columns: readonly Column[] };
  /** How to type it, where it is not plain text. */
  readonly typed?: string;
  /** What to do about a field that was left empty. */
  readonly missing: (rule: FieldRule) => string;
  /** What an answer is. Made when first asked for, because it takes a while and functions start without it. */
  readonly schema: (rule: FieldRule) => z.ZodMiniType<Value>;
  /**
   * Reads an answer as received: a text as typed into a form, or the structure that the schema tells of. Never throws. Without
   * `filling` nobody is at the form: bounds that count from today are not checked, times without a zone are UTC.
   */
  readonly read: (received: unknown, rule: FieldRule, filling?: Filling) => Reading<Value>;
  /** An answer for brief and mails, moments in `zone`. */
  readonly show: (answer: unknown, rule: FieldRule, zone: string) => readonly ShownLine[];
  /** What a form shows for an answer, as received or read; unfinished ones too, so that they can be corrected. */
  readonly write: (answer: unknown, zone: string) => string;
  /** A part of the answer that a form sends apart, under `<field>.<part>`: what `read` takes it for. */
  readonly ofPart?: (part: string, text: string) => unknown;
  readonly suggest?: (occasion: Occasion, rule: FieldRule) => Value | undefined;
  /** What is wrong with the rule of a field of this kind, to follow the field's name. */
  readonly flaws?: (rule: FieldRule) => readonly string[];
}
