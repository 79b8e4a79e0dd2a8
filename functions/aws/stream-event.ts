import { handoffIn } from './item-keys.ts';

/**
 * Changes of items of handoffs, as Lambda reads them from the table's stream; or its record of changes that it gave up, which says
 * where in the stream they stood and not what they were.
 */
export type StreamEvent =
  | {
      readonly Records: readonly {
        readonly dynamodb: { readonly NewImage: { readonly pk: { readonly S: string } } };
      }[];
    }
  | { readonly DDBStreamBatchInfo: unknown };

/** The ids of the handoffs that changed; undefined where nobody knows which. Throws for a change of anything else. */
export const changedHandoffsIn = (event: StreamEvent): readonly string[] | undefined =>
  'Records' in event ? event.Records.map(({ dynamodb }) => handoffIn(dynamodb.NewImage.pk.S)) : undefined;
