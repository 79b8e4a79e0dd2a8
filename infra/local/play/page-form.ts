import { type HTMLElement, parse } from 'node-html-parser';
import { rowsAsText, rowsName } from '../../../functions/domain/fields/rows.ts';

/** A form of a step page as a person sees it, with what stands in its fields. */
export interface PageForm {
  readonly choice: string;
  /** By name; several where a name comes more than once. */
  readonly values: Map<string, string[]>;
  readonly fields: readonly PageField[];
}

export interface PageField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** Whether it stands in plain sight for this choice, not folded away. */
  readonly shown: boolean;
  /** The values that can be chosen: of a select, of radio buttons, of checkboxes. */
  readonly options: readonly string[];
}

/** The form with which somebody makes a choice; undefined when the page does not offer it. */
export function formFor(html: string, choice: string): PageForm | undefined {
  const form = formsOn(html)
    .filter(({ text }) => text.includes(choice))
    .flatMap(({ read }) => read())
    .find((candidate) => choicesOf(candidate).includes(choice));
  if (!form) return undefined;
  const button = form.querySelectorAll('[name="choice"]').find((element) => element.getAttribute('value') === choice);
  const unfolded = [undefined, button && foldOf(button, form)];
  const values = new Map<string, string[]>();
  const fields = new Map<string, PageField>();
  for (const element of form.querySelectorAll('input, textarea, select')) {
    const name = element.getAttribute('name');
    if (!name || name === 'choice') continue;
    const type = typeOf(element);
    const known = fields.get(name);
    fields.set(name, {
      name,
      type,
      required: element.hasAttribute('required') || element.hasAttribute('data-required') || (known?.required ?? false),
      shown: unfolded.includes(foldOf(element, form)),
      options: [...(known?.options ?? []), ...optionsOf(element, type)],
    });
    const value = textIn(element, type);
    if (value !== undefined) values.set(name, [...(values.get(name) ?? []), value]);
  }
  const said = rowsAsText(Object.fromEntries(values));
  const typed = [...fields.values()].flatMap((field) => {
    if (field.type === 'hidden') return [];
    const mark = fields.get(rowsName(field.name));
    if (mark) return [{ ...field, type: 'textarea', required: mark.required, shown: mark.shown, options: [] }];
    return [field];
  });
  return {
    choice,
    values: new Map(Object.entries(said).map(([name, texts]) => [name, [texts].flat()])),
    fields: typed.filter(({ name }) => !cellOfRows(name, fields)),
  };
}

/** People type rows as lines: one field for all of their cells. */
const cellOfRows = (name: string, fields: ReadonlyMap<string, PageField>): boolean =>
  [...fields.keys()].some(
    (mark) => mark.startsWith('rows:') && name.startsWith(`${mark.slice(5)}.`) && /\.\d+\.\w+$/.test(name),
  );

/** The choices that a page offers, in its order. */
export const choicesOn = (html: string): string[] => formsOn(html).flatMap(({ read }) => read().flatMap(choicesOf));

interface FormOnPage {
  readonly text: string;
  readonly read: () => readonly HTMLElement[];
}

/** Whoever looks at a page looks at its forms several times. */
let last: { readonly html: string; readonly forms: readonly FormOnPage[] } = { html: '', forms: [] };

/** The forms of a page, in its order, each read when it is asked for; the rest is left unread, as it is most of a page and takes its time. */
function formsOn(html: string): readonly FormOnPage[] {
  if (html === last.html) return last.forms;
  const forms = (html.match(/<form\b[\s\S]*?<\/form>/g) ?? []).map((text): FormOnPage => {
    let known: readonly HTMLElement[] | undefined;
    return {
      text,
      read: () => {
        known ??= parse(text).querySelectorAll('form');
        return known;
      },
    };
  });
  last = { html, forms };
  return forms;
}

/** A page that is the step's, or leads back to it, says that there is still something to decide. */
export const isStillOpen = (html: string, link: string): boolean =>
  [`href="${link}"`, `action="${link}"`].some((way) => html.includes(way));

/** The next steps that a page leads to, with the path of the reader's link. */
export const nextStepsOn = (html: string): { readonly step: string; readonly link: string }[] =>
  (html.match(/<a\b[^>]*\bdata-step=[^>]*>/g) ?? [])
    .flatMap((link) => parse(link).querySelectorAll('a[data-step]'))
    .map((link) => ({ step: link.getAttribute('data-step') ?? '', link: link.getAttribute('href') ?? '' }));

/** The problems that a page names, as plain text. */
export const problemsOn = (html: string): string =>
  html
    .replace(/[\s\S]*<(?:div|section)[^>]*role="alert"[^>]*>/, '')
    .replace(/<\/(?:div|section)>[\s\S]*/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

function choicesOf(form: HTMLElement): string[] {
  // A form may be saved at the end of each of its sections.
  const buttons = form.querySelectorAll('[name="choice"]');
  return [...new Set(buttons.map((element) => element.getAttribute('value') ?? ''))];
}

/** The part of a form that an element is folded away in, if it is. */
function foldOf(element: HTMLElement, form: HTMLElement): HTMLElement | undefined {
  for (let outer = element.parentNode; outer && outer !== form; outer = outer.parentNode)
    if (outer.tagName === 'DETAILS') return outer;
  return undefined;
}

function typeOf(element: HTMLElement): string {
  const tag = element.tagName.toLowerCase();
  return tag === 'input' ? (element.getAttribute('type') ?? 'text') : tag;
}

function optionsOf(element: HTMLElement, type: string): string[] {
  if (type === 'select') return element.querySelectorAll('option').map((option) => option.getAttribute('value') ?? '');
  if (type === 'radio' || type === 'checkbox') return [element.getAttribute('value') ?? 'on'];
  return [];
}

function textIn(element: HTMLElement, type: string): string | undefined {
  if (type === 'textarea') return element.textContent.replace(/^\n/, '');
  if (type === 'select') {
    const options = element.querySelectorAll('option');
    return (options.find((option) => option.hasAttribute('selected')) ?? options[0])?.getAttribute('value') ?? '';
  }
  if (type === 'radio' || type === 'checkbox')
    return element.hasAttribute('checked') ? (element.getAttribute('value') ?? 'on') : undefined;
  return element.getAttribute('value') ?? '';
}
