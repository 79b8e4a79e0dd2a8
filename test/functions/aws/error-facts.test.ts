import { describe, expect, it } from 'vitest';
import { errorFacts, withoutPersonalData } from '../../../functions/aws/error-facts.ts';
import { NoWorkingTimeError } from '../../../functions/domain/time/calendar.ts';
import { CalendarError } from '../../../functions/domain/time/calendar-availability.ts';
import * as errors from '../../../functions/ports/errors.ts';

const secret = 'anna.keller@example.com\n    and a second line with https://handoff.example.com/s/abc';

function thrownBy(make: () => Error): Error {
  try {
    throw make();
  } catch (error) {
    return error as Error;
  }
}

describe('what a log says of an error', () => {
  it('is its name, its cause and where it came from, and no word of its message', () => {
    const facts = errorFacts(thrownBy(() => new TypeError(secret, { cause: new RangeError(secret) })));
    expect(facts).toMatchObject({ error: 'TypeError', cause: 'RangeError' });
    expect(facts.frames.length).toBeGreaterThan(0);
    expect(facts.frames.length).toBeLessThanOrEqual(8);
    for (const frame of facts.frames) expect(frame).toMatch(/^at /);
    expect(JSON.stringify(facts)).not.toMatch(/anna|second line|\/s\//);
    expect(errorFacts('anna')).toEqual({ error: 'string', frames: [] });
  });
});

describe('an error on its way out of a function', () => {
  it('keeps its name, by which the state machine knows it', () => {
    expect(withoutPersonalData(new errors.HandoffAbandoned('Nobody acted.')).name).toBe('HandoffAbandoned');
    expect(withoutPersonalData(new SyntaxError(secret)).name).toBe('SyntaxError');
  });

  it('keeps a message of our own, which names handoffs and remedies only', () => {
    const own = withoutPersonalData(
      new errors.MailRejected('SES refused a mail: MessageRejected', { cause: new Error(secret) }),
    );
    expect(own.message).toBe('SES refused a mail: MessageRejected');
    expect(own.cause).toBeUndefined();
    expect(withoutPersonalData(new Error('Handoff D-1 has no record.')).message).toBe('Handoff D-1 has no record.');
  });

  // State machines that run already know a mail in hand by the name of what they retry.
  const names = new Map<unknown, string>([[errors.MailInHand, 'MailThrottled']]);

  it.each([...Object.values(errors), NoWorkingTimeError])('keeps its message when it is a %o', (OwnError) => {
    const name = names.get(OwnError) ?? OwnError.name;
    const out = withoutPersonalData(thrownBy(() => new OwnError('Handoff D-1 needs a look.')));
    expect(out).toMatchObject({ name, message: 'Handoff D-1 needs a look.' });
    expect(out.stack).toContain(`${name}: Handoff D-1 needs a look.`);
  });

  it('keeps what IAM says of a permission that is missing', () => {
    const denied = Object.assign(new Error('User: x is not authorized to perform: dynamodb:GetItem'), {
      name: 'AccessDeniedException',
    });
    class OfTheSdk extends Error {}
    Object.setPrototypeOf(denied, OfTheSdk.prototype);
    expect(withoutPersonalData(denied)).toMatchObject({
      name: 'AccessDeniedException',
      message: 'User: x is not authorized to perform: dynamodb:GetItem',
    });
  });

  it('loses the message when it quotes an entry of the roster', () => {
    const out = withoutPersonalData(new CalendarError('Impossible absence: "with Anna"'));
    expect(out.message).not.toContain('Anna');
  });

  it('loses any other message, in its stack, too', () => {
    const out = withoutPersonalData(thrownBy(() => new TypeError(secret)));
    expect(out.message).toContain('withheld');
    expect(`${out.stack} ${JSON.stringify(out)}`).not.toMatch(/anna|second line|\/s\//);
    expect(out.stack).toContain('error-facts.test.ts');
    expect(withoutPersonalData('anna').message).toContain('withheld');
  });
});
