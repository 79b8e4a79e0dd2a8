import { saidInPlays } from '../play/answers.ts';
import { inventedMetric, toldByPhone } from '../play/invented-answers.ts';
import type { SampleEvent } from '../sample-company.ts';

/** Every text within a value as JSON has it. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** What people and their CRM wrote in a play of a deal, in words of their own. */
export const typedIn = ({ detail }: Pick<SampleEvent, 'detail'>): readonly string[] => [
  ...textsIn(detail),
  ...saidInPlays.flatMap((text) => [text, ...text.split(': ').slice(-1)]),
  toldByPhone(String(Object(detail['customer']).name)),
  inventedMetric,
];
