import type { Members, Shape } from '../wire/parameters.ts';

const text = { type: 'string' } as const;
const required = { required: true } as const;
const addresses: Shape = { type: 'list', of: text };
const structure = (members: Members) => ({ type: 'structure', members }) as const;
const content = structure({ Data: { ...text, ...required }, Charset: text });

const ofEveryMail: Members = {
  ConfigurationSetName: text,
  Tags: { type: 'list', of: structure({ Name: { ...text, ...required }, Value: { ...text, ...required } }) },
};

/** What each action of SES takes here. Sending in the name of another account's identities is not emulated. */
export const mailShapes: Readonly<Record<string, Members>> = {
  SendRawEmail: {
    ...ofEveryMail,
    Source: text,
    Destinations: addresses,
    RawMessage: { ...structure({ Data: { ...text, ...required } }), ...required },
  },
  SendEmail: {
    ...ofEveryMail,
    Source: { ...text, ...required },
    Destination: {
      ...structure({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses }),
      ...required,
    },
    Message: {
      ...structure({
        Subject: { ...content, ...required },
        Body: { ...structure({ Text: content, Html: content }), ...required },
      }),
      ...required,
    },
    ReplyToAddresses: addresses,
    ReturnPath: text,
  },
  GetSendQuota: {},
  GetSendStatistics: {},
  GetAccountSendingEnabled: {},
  VerifyEmailIdentity: { EmailAddress: { ...text, ...required } },
  ListIdentities: {
    IdentityType: { ...text, values: ['EmailAddress', 'Domain'] },
    MaxItems: { type: 'integer', least: 1, most: 1000 },
    NextToken: text,
  },
  GetIdentityVerificationAttributes: { Identities: { ...addresses, ...required } },
};
