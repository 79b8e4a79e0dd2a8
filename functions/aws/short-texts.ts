import { deflateRawSync, inflateRawSync } from 'node:zlib';

// What a step says of its ask is three hundred characters of which nearly all stand in every other step as well.

/**
 * What short texts often say, the most usual last, as what is nearer is told in fewer bits. Texts in the table are read by it: it never
 * changes. Another one would be another kind of bytes, beside this one.
 */
const firstWords = [
  'New York time London time Berlin time Paris time UTC Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec 2028 2027 ',
  'in place of , who is not there, from , holiday skipped, closed , half day , from the first working moment after ',
  'https://meet.example.com https:// ","email":"@ ","name":" ","roles":["champion"],"influence":"high","stays":true},{"',
  '","approved":true,"heldAt":"2026-11-18T08:00:00Z","meetingAt":"2026-11-18T08:00:00Z","place":"","minutes":30,"notes":"',
  '"recipients":["","outcome":"","reason":"","text":"","questions":"","what":"","why":"","retro":"","score":9},"form":"',
  ' (package ready) (introduction sent) (kickoff held) (internal meeting held) (handoff confirmed) (renewal date) (asked)',
  '"later":"","inPlaceOf":"","promise":"promised Wed, Dec 30, 10 AM 11 AM 12 PM 1 PM 2 PM 3 PM 4 PM Sat, Sun, ',
  'close of business, 5 business days after close of business, 2 business days after 30 days after 14 days after 7 days after ',
  '48 elapsed hours after 24 elapsed hours after months before 72 h after 48 h after 24 h after , weekend skipped',
  'Mon, Nov 23, 5 PM Tue, Nov 24, 9 AM Wed, Nov 18, 9:30 AM Thu, Nov 19, 8 AM Fri, Nov 20, 6 PM (closed won)',
  '{"messageId":"010001a1e8a09340-c5a1-4d7e-000000","sentTo":["","said":{"step":"","detail":"-invitation to , ask to ","id":"',
  '{"by":"system","as":"system","at":"2026-12-17T09:15:00.000Z","evidence":{}}{"by":"","as":"owner","at":"',
  '{"askedAt":"2026-11-17T08:30:00Z","promisedAt":"2026-12-18T08:30:00Z","promiseIsDue":true,"dueAt":"2026-12-18T08:30:00Z",',
  '"because":"due "askSaid":{"at":"2026-11-17T08:30:00.000Z","from":"page"},"askSaid":{"at":"","from":"execution"}}',
].join('');

/** The window holds the words above, and little memory has to be made ready for each text. */
const params = { dictionary: Buffer.from(firstWords), windowBits: 11, memLevel: 5, level: 9 } as const;

/** A text of some hundred characters in few bytes. */
export const shortened = (text: string): Uint8Array => deflateRawSync(text, params);

/** What was shortened. */
export const lengthened = (bytes: Uint8Array): string => inflateRawSync(bytes, params).toString();
