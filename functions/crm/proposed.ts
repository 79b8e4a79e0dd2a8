/** A stage of a pipeline, by each of the names it goes by, with its place among the others. */
export interface NamedStage {
  readonly names: readonly string[];
  readonly place: number;
}

/**
 * The place in the pipeline from which deals count as proposed: that of the first of `from` that is a name of a stage, whatever
 * the case. Undefined where none is.
 */
export function proposalPlace(stages: readonly NamedStage[], from: readonly string[]): number | undefined {
  for (const name of from) {
    const found = stages.find(({ names }) => names.some((each) => each.toLowerCase() === name.toLowerCase()));
    if (found) return found.place;
  }
  return undefined;
}

/** The stages from which deals usually count as proposed, as CRMs are delivered and as companies call them. */
export const usualProposals: readonly string[] = [
  'Proposal/Price Quote',
  'Proposal sent',
  'Proposal made',
  'Proposal',
  'Quote sent',
  'Negotiation',
  'Negotiation/Review',
  'Negotiations started',
];
