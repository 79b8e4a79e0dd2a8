import { isRecord, recordOf, type UnknownRecord } from '../../domain/fields/record.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import { instantIn, isNumericId, textOf } from '../reading.ts';
import { type HubspotAnswer, notWhole } from './hubspot-call.ts';

/** A record as HubSpot has it. */
export interface HubspotObject {
  readonly id: string;
  readonly properties: UnknownRecord;
  /** Earlier values of the properties that were asked for with their history, the newest first. */
  readonly history: UnknownRecord;
  readonly archived: boolean;
  /** When it changed last, UTC. */
  readonly changedAt: Instant;
}

/** A stage of a pipeline, in the pipeline's order. */
export interface HubspotStage {
  readonly id: string;
  readonly label: string;
  readonly pipeline: string;
  /** From 0 to 1. */
  readonly probability: number | undefined;
  /** Where HubSpot says. */
  readonly isClosed: boolean | undefined;
}

export interface HubspotOwner {
  readonly email: string;
  readonly archived: boolean;
}

export interface HubspotAccount {
  readonly portalId: string;
  /** IANA. */
  readonly timeZone: string | undefined;
  readonly currency: string | undefined;
}

/** A record at the other end of an association, with the numbers and the labels of its types. */
export interface Associated {
  readonly id: string;
  readonly types: readonly string[];
}

/**
 * The results of a list. 207 is a part of one: that is all there is where the rest does not exist, and half an answer where
 * HubSpot could not read it.
 */
export function resultsIn({ body }: HubspotAnswer, what: string): readonly unknown[] {
  const { results, errors } = recordOf(body);
  const failures = Array.isArray(errors) ? errors.filter((error) => !isNotFound(error)) : [];
  if (failures.length > 0 || !Array.isArray(results)) throw notWhole(what);
  return results;
}

const isNotFound = (error: unknown): boolean =>
  isRecord(error) && /NOT_FOUND|NO_ASSOCIATIONS/.test(`${textOf(error['category'])} ${textOf(error['subCategory'])}`);

export function objectIn(value: unknown, what: string): HubspotObject {
  const { id, properties, propertiesWithHistory, archived, updatedAt, createdAt } = recordOf(value);
  if (!isNumericId(id) || !isRecord(properties)) throw notWhole(what);
  const changedAt = instantIn(properties['hs_lastmodifieddate']) ?? instantIn(updatedAt) ?? instantIn(createdAt);
  if (changedAt === undefined) throw notWhole(what);
  return {
    ...{ id: String(id), properties, changedAt },
    history: recordOf(propertiesWithHistory),
    archived: archived === true,
  };
}

export function associationsIn(result: unknown, what: string): readonly Associated[] {
  const { to } = recordOf(result);
  if (!Array.isArray(to)) throw notWhole(what);
  return to.map((each) => {
    const { toObjectId, associationTypes } = recordOf(each);
    if (!isNumericId(toObjectId)) throw notWhole(what);
    const types = (Array.isArray(associationTypes) ? associationTypes : []).map(recordOf);
    const texts = types.flatMap(({ typeId, label }) => [textOf(typeId), textOf(label)]);
    return { id: String(toObjectId), types: texts.filter((text) => text !== '') };
  });
}

export const nextIn = (result: unknown): string | undefined =>
  textOf(recordOf(recordOf(recordOf(result)['paging'])['next'])['after']) || undefined;

const placeIn = ({ displayOrder }: UnknownRecord): number => Number(textOf(displayOrder)) || 0;

export function stagesIn(pipeline: unknown, what: string): readonly HubspotStage[] {
  const { id: pipelineId, stages } = recordOf(pipeline);
  if (!Array.isArray(stages)) throw notWhole(what);
  return stages
    .map(recordOf)
    .toSorted((a, b) => placeIn(a) - placeIn(b))
    .map(({ id, label, metadata }) => {
      const { probability, isClosed } = recordOf(metadata);
      const number = Number.parseFloat(textOf(probability));
      return {
        ...{ id: textOf(id), label: textOf(label) || textOf(id), pipeline: textOf(pipelineId) },
        probability: Number.isNaN(number) ? undefined : number,
        isClosed: isClosed === undefined || isClosed === null ? undefined : isClosed === true || isClosed === 'true',
      };
    });
}
