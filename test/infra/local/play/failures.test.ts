import { expect, it } from 'vitest';
import { failuresOf } from '../../../../infra/local/play/failures.ts';

const failed = (functionName: string, errorType: string) => ({
  at: 0,
  functionName,
  requestId: 'r',
  errorType,
  errorMessage: 'Maximum sending rate exceeded.',
  trace: [],
});
const none = { throttleNext: () => undefined };

it('failures are said in words, each once, and counted', () => {
  const failures = [
    failed('notify', 'MailThrottled'),
    failed('track-mail', 'MailThrottled'),
    failed('notify', 'MailThrottled'),
    failed('notify', 'HandoffAbandoned'),
  ];
  const letter = {
    at: 0,
    origin: 'rule mail-fate',
    functionName: 'track-mail',
    payload: '{}',
    errorType: 'TypeError',
    errorMessage: 'No such mail.',
    attempts: 3,
  };
  expect(failuresOf({ lambda: { ...none, failures }, deadLetters: [letter] })).toEqual([
    'The function notify failed: MailThrottled: Maximum sending rate exceeded. (2 times)',
    'The function track-mail failed: MailThrottled: Maximum sending rate exceeded.',
    'An event of the rule mail-fate for the function track-mail was given up: No such mail.',
  ]);
});
