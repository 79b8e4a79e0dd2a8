import type { Instant } from '../domain/time/calendar.ts';

/** An event as EventBridge delivers it; what it holds is parsed by the verb that takes it. */
export interface BusEvent {
  readonly time: string;
  readonly [member: string]: unknown;
}

/** When the event was put on the bus, UTC. */
export const busEventTime = (event: BusEvent): Instant => new Date(event.time).toISOString();
