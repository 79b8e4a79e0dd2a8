import type { FakeStage } from '../fake-crm.ts';

/** HubSpot's own sales pipeline, as every new portal has it. */
export const fakeStages = [
  { id: 'appointmentscheduled', label: 'Appointment Scheduled', phase: 'early', probability: '0.2' },
  { id: 'qualifiedtobuy', label: 'Qualified To Buy', phase: 'early', probability: '0.4' },
  { id: 'presentationscheduled', label: 'Presentation Scheduled', phase: 'early', probability: '0.6' },
  { id: 'decisionmakerboughtin', label: 'Decision Maker Bought-In', phase: 'proposed', probability: '0.8' },
  { id: 'contractsent', label: 'Contract Sent', phase: 'proposed', probability: '0.9' },
  { id: 'closedwon', label: 'Closed Won', phase: 'won', probability: '1.0' },
  { id: 'closedlost', label: 'Closed Lost', phase: 'lost', probability: '0.0' },
] as const satisfies readonly (FakeStage & { readonly probability: string })[];

const isClosed = (phase: FakeStage['phase']): boolean => phase === 'won' || phase === 'lost';

/** As the API of pipelines answers. */
export const pipelines = {
  results: [
    {
      ...{ id: 'default', label: 'Sales Pipeline', displayOrder: 0, archived: false },
      stages: fakeStages.map(({ id, label, phase, probability }, displayOrder) => ({
        ...{ id, label, displayOrder, archived: false },
        metadata: { isClosed: String(isClosed(phase)), probability },
      })),
    },
  ],
};

/** What HubSpot calculates of a deal's stage and when it entered it. */
export function calculatedOf(dealstage: string | undefined, enteredAt: string | undefined): Record<string, string> {
  const phase = fakeStages.find(({ id }) => id === dealstage)?.phase ?? 'early';
  return {
    hs_is_closed: String(isClosed(phase)),
    hs_is_closed_won: String(phase === 'won'),
    ...(dealstage && enteredAt && { [`hs_v2_date_entered_${dealstage}`]: enteredAt }),
  };
}
