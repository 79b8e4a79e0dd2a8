import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../functions/aws/world.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { linkTo } from '../../../functions/mailing/link-to.ts';
import { type MailOnce, sendOnce } from '../../../functions/mailing/send-mail.ts';
import {
  MailInHand,
  MailRejected,
  MailThrottled,
  MailUnavailable,
  RecordsUnavailable,
} from '../../../functions/ports/errors.ts';
import type { Mail, OutgoingMail } from '../../../functions/ports/mail.ts';
import type { Mails } from '../../../functions/ports/mails.ts';
import { lena, site } from '../../support/handoff-record.ts';
import { begun, openRecords } from '../../support/records.ts';

const at = '2026-11-20T15:00:00Z';
const later = '2026-11-20T15:05:00Z';

/** A mail service that fails as it is told, and counts what it sent. */
function postOffice(...failures: (Error | 'crash after sending')[]): Mail & { readonly sent: OutgoingMail[] } {
  const sent: OutgoingMail[] = [];
  return {
    sent,
    send: async (mail) => {
      const failure = failures.shift();
      if (failure instanceof Error) throw failure;
      sent.push(mail);
      if (failure) throw new Error('The function was killed.');
      return { messageId: `ses-${sent.length}` };
    },
  };
}

async function open() {
  const { records: ports } = await openRecords();
  const records = { ...ports, newLinkId: () => randomUUID(), hash: sha256, site };
  const record = await begun(records);
  const { id } = record.state;
  let composed = 0;
  const once = (more: Partial<MailOnce> = {}): MailOnce => ({
    record,
    key: 'a-key',
    at,
    toCustomer: false,
    compose: async () => {
      composed += 1;
      return {
        to: [{ name: 'Lena Vogt', email: lena }],
        cc: [],
        message: { subject: 'Hello', preview: 'Hello', blocks: [] },
        tags: { handoff: id, kind: 'ask', step: 'hold-kickoff' },
      };
    },
    ...more,
  });
  const load = async (): Promise<HandoffRecord> => (await records.handoffs.load(id)) ?? record;
  const audited = async () => (await records.audit.trail(id)).map(({ what, detail }) => `${what}: ${detail}`);
  return { records, once, load, audited, composed: () => composed };
}

describe('a mail', () => {
  it('goes out once under its key, and is on record', async () => {
    const { records, once, load, audited, composed } = await open();
    const mail = postOffice();
    expect(await sendOnce({ ...records, mail }, once())).toBe('sent');
    expect(await sendOnce({ ...records, mail }, once())).toBe('sent before');
    expect(await sendOnce({ ...records, mail }, once({ record: await load() }))).toBe('sent before');
    expect(mail.sent).toHaveLength(1);
    expect(composed()).toBe(1);
    expect((await load()).mails['a-key']).toMatchObject({ status: 'sent', messageId: 'ses-1' });
    expect(await audited()).toEqual([`mail-sent: ask to ${lena}`]);
  });

  it('counts as sent only once all that it says counts as said', async () => {
    const { records, once, load } = await open();
    const covers = ['first news', 'second news'];
    for (let marked = 0; marked < covers.length; marked += 1) {
      let left = marked;
      const mails: Mails = {
        ...records.mails,
        markSent: async (sent) => {
          if (left-- === 0) throw new Error('The function was killed.');
          return records.mails.markSent(sent);
        },
      };
      const key = `a-key-${marked}`;
      await expect(sendOnce({ ...records, mails, mail: postOffice() }, once({ key, covers }))).rejects.toThrow(
        'killed',
      );
      expect((await load()).mails[key]?.status).not.toBe('sent');
      expect(await sendOnce({ ...records, mail: postOffice() }, once({ key, covers, at: later }))).toBe('sent');
      const known = (await load()).mails;
      expect([key, ...covers].map((each) => known[each]?.status)).toEqual(['sent', 'sent', 'sent']);
    }
  });

  it('goes out again under another key', async () => {
    const { records, once } = await open();
    const mail = postOffice();
    await sendOnce({ ...records, mail }, once());
    await sendOnce({ ...records, mail }, once({ key: 'another' }));
    expect(mail.sent).toHaveLength(2);
  });

  it('is given back and tried again when the service is too busy', async () => {
    const { records, once, load } = await open();
    const mail = postOffice(new MailThrottled('slow down'));
    await expect(sendOnce({ ...records, mail }, once({ toCustomer: true }))).rejects.toThrow(MailThrottled);
    expect((await load()).mails).toEqual({});
    expect(await sendOnce({ ...records, mail }, once({ toCustomer: true }))).toBe('sent');
    expect(mail.sent).toHaveLength(1);
  });

  it('that is out does not go out again because the records were busy when it was to be marked', async () => {
    const { records, once, load } = await open();
    const mail = postOffice(new MailThrottled('slow down'));
    let busy = 4;
    const busyFor = <A extends readonly unknown[], T>(note: (...given: A) => Promise<T>) => {
      return async (...given: A) => {
        if (busy-- > 0) throw new RecordsUnavailable('over capacity');
        return note(...given);
      };
    };
    const mails: Mails = {
      ...records.mails,
      markSent: busyFor(records.mails.markSent),
      release: busyFor(records.mails.release),
    };
    await expect(sendOnce({ ...records, mails, mail }, once({ toCustomer: true }))).rejects.toThrow(MailThrottled);
    busy = 4;
    expect(await sendOnce({ ...records, mails, mail }, once({ toCustomer: true }))).toBe('sent');
    expect(mail.sent).toHaveLength(1);
    expect((await load()).mails['a-key']?.status).toBe('sent');
  });

  it('does not go out again because the records were busy when the link to a desk was to be kept', async () => {
    const { records, once, load } = await open();
    const mail = postOffice();
    let busy = 4;
    const desks: typeof records.desks = {
      ...records.desks,
      store: async (...given) => {
        if (busy-- > 0) throw new RecordsUnavailable('over capacity');
        await records.desks.store(...given);
      },
    };
    expect(await sendOnce({ ...records, desks, mail }, once())).toBe('sent');
    expect(mail.sent).toHaveLength(1);
    expect((await load()).mails['a-key']?.status).toBe('sent');
    expect(busy).toBe(-1);
  });

  it('is held when the service will never take it, and is not tried again', async () => {
    const { records, once, load, audited } = await open();
    const mail = postOffice(new MailRejected('no such address'));
    expect(await sendOnce({ ...records, mail }, once())).toBe('rejected');
    expect(await sendOnce({ ...records, mail }, once())).toBe('held');
    expect(mail.sent).toEqual([]);
    expect((await load()).mails['a-key']?.status).toBe('held');
    expect(await audited()).toEqual([`mail-rejected: ask to ${lena}`]);
  });
});

describe('a mail of which nobody knows whether it went out', () => {
  it.each<[string, Error | 'crash after sending', string | undefined]>([
    ['because the function was killed', 'crash after sending', 'claimed'],
    // Nobody is at it any more: whoever comes next need not wait.
    ['because the service could not be reached', new MailUnavailable('timeout'), undefined],
  ])('goes out again inside the company: at least once, %s', async (_, failure, status) => {
    const { records, once, load } = await open();
    const mail = postOffice(failure);
    await expect(sendOnce({ ...records, mail }, once())).rejects.toThrow();
    expect((await load()).mails['a-key']?.status).toBe(status);
    expect(await sendOnce({ ...records, mail }, once({ at: later }))).toBe('sent');
    expect((await load()).mails['a-key']?.status).toBe('sent');
  });

  it('is held when it was for a customer: at most once', async () => {
    const { records, once, load } = await open();
    const mail = postOffice('crash after sending');
    await expect(sendOnce({ ...records, mail }, once({ toCustomer: true }))).rejects.toThrow('killed');
    expect(await sendOnce({ ...records, mail }, once({ toCustomer: true, at: later }))).toBe('held');
    expect(await sendOnce({ ...records, mail }, once({ toCustomer: true, at: later }))).toBe('held');
    expect(mail.sent).toHaveLength(1);
    expect((await load()).mails['a-key']?.status).toBe('held');
  });

  it('goes out when only the answer to one’s own claim was lost: to a customer, too', async () => {
    const { records, once } = await open();
    const mail = postOffice();
    let lost = 2;
    const mails: Mails = {
      ...records.mails,
      claim: async (...given) => {
        const answer = await records.mails.claim(...given);
        if (lost-- > 0) throw new RecordsUnavailable('The answer was lost.');
        return answer;
      },
    };
    expect(await sendOnce({ ...records, mails, mail }, once({ toCustomer: true }))).toBe('sent');
    expect(mail.sent).toHaveLength(1);
  });

  it('is not held for what failed before it was sent', async () => {
    const { records, once, load } = await open();
    const mail = postOffice();
    const compose = () => Promise.reject(new RecordsUnavailable('No link can be made.'));
    await expect(sendOnce({ ...records, mail }, once({ toCustomer: true, compose }))).rejects.toThrow('No link');
    expect((await load()).mails).toEqual({});
    expect(await sendOnce({ ...records, mail }, once({ toCustomer: true, at: later }))).toBe('sent');
  });

  it('is left to whoever is sending it, and goes out when one who found it so comes again', async () => {
    const { records, once, load } = await open();
    const mail = postOffice('crash after sending');
    const lease = 600_000;
    await expect(sendOnce({ ...records, mail }, once({ lease }))).rejects.toThrow('killed');
    const [one, other] = [later, '2026-11-20T15:05:01Z'];
    await expect(sendOnce({ ...records, mail }, once({ lease, at: one }))).rejects.toThrow(MailInHand);
    await expect(sendOnce({ ...records, mail }, once({ lease, at: other }))).rejects.toThrow(MailInHand);
    expect(mail.sent).toHaveLength(1);
    // Tried again, it has the time it had: the lease alone would never be over for it.
    expect(await sendOnce({ ...records, mail }, once({ lease, at: one, record: await load() }))).toBe('sent');
    expect(await sendOnce({ ...records, mail }, once({ lease, at: other, record: await load() }))).toBe('sent before');
    expect(mail.sent).toHaveLength(2);
  });

  it('goes out at once where the attempt that was interrupted is tried again itself', async () => {
    const { records, once, load } = await open();
    const mail = postOffice('crash after sending');
    await expect(sendOnce({ ...records, mail }, once())).rejects.toThrow('killed');
    expect(await sendOnce({ ...records, mail }, once({ record: await load() }))).toBe('sent');
  });

  it('is tried again by state machines as what the mail service refuses for a moment', async () => {
    const { records, once } = await open();
    await records.mails.claim('D-2026-1041-1', 'a-key', { at, token: 'theirs' });
    const soon = once({ at: '2026-11-20T15:00:02Z' });
    await expect(sendOnce({ ...records, mail: postOffice() }, soon)).rejects.toMatchObject({ name: 'MailThrottled' });
  });

  it('is held, too, when the claim is all there is', async () => {
    const { records, once } = await open();
    const mail = postOffice();
    await records.mails.claim('D-2026-1041-1', 'a-key', { at, token: 'theirs' });
    expect(await sendOnce({ ...records, mail }, once({ toCustomer: true }))).toBe('held');
    expect(mail.sent).toEqual([]);
  });
});

describe('a link in a mail', () => {
  it('is known to the table by its hash only, and expires with the playbook', async () => {
    const { records, system } = await openRecords();
    const record = await begun(records);
    const url = await linkTo(system.world, record, { step: 'hold-kickoff', person: lena, as: 'owner', at });
    const [, linkId = ''] = /\/s\/([A-Za-z0-9_-]{22})$/.exec(url) ?? [];
    expect(linkId).not.toBe('');
    expect(JSON.stringify(await system.dump())).not.toContain(linkId);
    expect(await records.links.find(system.world.hash(linkId))).toMatchObject({
      handoffId: record.state.id,
      step: 'hold-kickoff',
      person: lena,
      as: 'owner',
      expiresAt: '2026-12-20T15:00:00.000Z',
    });
  });

  it('is never the same twice', async () => {
    const { system } = await openRecords();
    const ids = Array.from({ length: 100 }, () => system.world.newLinkId());
    expect(new Set(ids).size).toBe(100);
    expect(ids.every((id) => Buffer.from(id, 'base64url').length === 16)).toBe(true);
  });
});
