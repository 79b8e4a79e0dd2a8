import { recordOf } from '../../../../functions/domain/fields/record.ts';
import type { CrmAnswer } from '../../../../functions/ports/crm-access.ts';
import { answered, badRequest, notEmulated, propertiesOf, shownObject } from './hubspot-shapes.ts';
import type { StoredObject } from './hubspot-store.ts';

/** A search shows no more results than these, however it is paged. */
const mostFound = 10_000;
const mostOnPage = 200;

type Comparison = (value: string, wanted: string) => boolean;

/** Moments are written as text and asked for in milliseconds. */
const numeric = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text));

const operators: Readonly<Record<string, Comparison>> = {
  EQ: (value, wanted) => value.toLowerCase() === wanted.toLowerCase() || numeric(value) === numeric(wanted),
  NEQ: (value, wanted) => value.toLowerCase() !== wanted.toLowerCase(),
  GT: (value, wanted) => numeric(value) > numeric(wanted),
  GTE: (value, wanted) => numeric(value) >= numeric(wanted),
  LT: (value, wanted) => numeric(value) < numeric(wanted),
  LTE: (value, wanted) => numeric(value) <= numeric(wanted),
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Answers `POST …/search` over these records, with the caps that HubSpot has. */
export function searched(objects: readonly StoredObject[], body: unknown): CrmAnswer {
  const { filterGroups, sorts, properties, limit = 10, after = '0', ...others } = recordOf(body);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return notEmulated(`${unknown} of a search`);
  const groups = listOf(filterGroups).map((group) => listOf(recordOf(group)['filters']).map(recordOf));
  const [sort, ...more] = listOf(sorts).map(recordOf);
  if (groups.length > 5 || groups.some((filters) => filters.length > 6) || more.length > 0)
    return badRequest('A search takes at most 5 groups of 6 filters, and 1 sort.');
  if (typeof limit !== 'number' || limit > mostOnPage) return badRequest(`The limit is ${mostOnPage} results a page.`);
  const first = Number(after);
  if (!(first >= 0) || first + limit > mostFound)
    return badRequest(`A search cannot be paged beyond ${mostFound} results.`);
  const strange = groups.flat().find(({ operator }) => !Object.hasOwn(operators, String(operator)));
  if (strange) return notEmulated(`the operator ${String(strange['operator'])} of a search`);

  const seen = objects.map((object) => ({ object, all: propertiesOf(object) }));
  const found = seen.filter(({ all }) =>
    groups.some((filters) =>
      filters.every(({ propertyName, operator, value }) => {
        const held = all[String(propertyName)];
        return held !== undefined && (operators[String(operator)]?.(held, String(value)) ?? false);
      }),
    ),
  );
  const by = String(sort?.['propertyName'] ?? 'hs_object_id');
  const way = sort?.['direction'] === 'DESCENDING' ? -1 : 1;
  const sorted = found.toSorted((a, b) => way * (numeric(a.all[by] ?? '') - numeric(b.all[by] ?? '')));
  const page = sorted.slice(first, first + limit);
  const next = first + limit;
  const hasNext = next < sorted.length;
  return answered(200, {
    total: sorted.length,
    results: page.map(({ object }) => shownObject(object, listOf(properties).map(String))),
    ...(hasNext && { paging: { next: { after: String(next) } } }),
  });
}
