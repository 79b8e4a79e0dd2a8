import type { FakeCrmOptions } from '../fake-crm.ts';

/** Something that happened to one opportunity. */
export interface OpportunityChange {
  readonly recordId: string;
  readonly changeType: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
  /** The fields that changed, with their new values; null for emptied ones. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly commitUser: string;
}

export interface EventRelay {
  happened(change: OpportunityChange): void;
  /** While it is held, nothing is told; then all that waited is. */
  hold(isHeld: boolean): void;
  /** From now on it says of changes only that there were some: `GAP_*`. */
  gaps: boolean;
  /** Salesforce lost track: `GAP_OVERFLOW`, of no record. */
  overflow(): void;
}

/** How long after something happened Salesforce tells of it, and when it tries again what EventBridge did not take. */
const delay = 1000;
const retry = 60_000;
/** For how long Salesforce keeps what it has to tell. */
const kept = 72 * 60 * 60_000;

/**
 * Tells by Change Data Capture over an Event Relay. Changes of the same kind in one transaction come as one event with several
 * record ids.
 */
export function eventRelay({ clock, tell }: FakeCrmOptions, source: string): EventRelay {
  let waiting: (OpportunityChange & { readonly at: number })[] = [];
  let isDue = false;
  let isHeld = false;
  let gaps = false;
  let transactions = 0;

  function sendSoon(wait = delay): void {
    if (isDue || isHeld || waiting.length === 0) return;
    isDue = true;
    clock.at(clock.now() + wait, () => void sendAll(), 'Salesforce tells of what happened');
  }

  async function sendAll(): Promise<void> {
    isDue = false;
    if (isHeld) return;
    const changes = waiting.filter(({ at }) => at > clock.now() - kept);
    waiting = [];
    const alike = Map.groupBy(changes, ({ at, changeType, values, commitUser }) =>
      JSON.stringify([at, changeType, values, commitUser]),
    );
    for (const group of alike.values()) {
      const status = await relay(eventOf(group));
      if (status < 200 || status > 299) waiting.push(...group);
    }
    sendSoon(retry);
  }

  const relay = (detail: unknown): Promise<number> =>
    tell({ event: { source, detailType: 'OpportunityChangeEvent', detail } }).catch(() => 0);

  function header(changeType: string, recordIds: readonly string[], more: Readonly<Record<string, unknown>>) {
    transactions += 1;
    return {
      ...{ entityName: 'Opportunity', recordIds, changeType, changeOrigin: '', nulledFields: [], diffFields: [] },
      ...{ transactionKey: `0005f9a1-0000-0000-0000-${String(transactions).padStart(12, '0')}`, sequenceNumber: 1 },
      ...{ commitTimestamp: clock.now(), commitNumber: 10_000_000 + transactions },
      ...more,
    };
  }

  function eventOf(group: readonly (OpportunityChange & { readonly at: number })[]): unknown {
    const [first] = group;
    const { changeType = 'UPDATE', values = {}, commitUser = '', at = 0 } = first ?? {};
    const recordIds = group.map(({ recordId }) => recordId);
    if (gaps)
      return {
        payload: {
          ChangeEventHeader: header(`GAP_${changeType}`, recordIds, {
            commitTimestamp: at,
            commitUser,
            changedFields: [],
          }),
        },
      };
    const said = Object.entries(values).filter(([, value]) => value !== null);
    return {
      payload: {
        ChangeEventHeader: header(changeType, recordIds, {
          ...{ commitTimestamp: at, commitUser },
          changedFields: changeType === 'UPDATE' ? Object.keys(values) : [],
          nulledFields: Object.keys(values).filter((name) => values[name] === null),
        }),
        ...Object.fromEntries(said),
      },
    };
  }

  return {
    happened(change) {
      waiting.push({ ...change, at: clock.now() });
      sendSoon();
    },
    hold(held) {
      isHeld = held;
      sendSoon();
    },
    get gaps() {
      return gaps;
    },
    set gaps(now) {
      gaps = now;
    },
    overflow() {
      const detail = {
        payload: { ChangeEventHeader: header('GAP_OVERFLOW', ['000000000000000AAA'], { commitUser: '' }) },
      };
      clock.at(clock.now() + delay, () => void relay(detail), 'Salesforce tells that it lost track');
    },
  };
}
