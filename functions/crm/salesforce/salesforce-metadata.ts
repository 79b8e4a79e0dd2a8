import type { SetupFile } from '../crm-setup.ts';
import { type SalesforceField, salesforceFields } from './salesforce-fields.ts';

/** The named credential that says to which AWS account events go, and the channel they come from. */
export const credentialName = 'Handoff_AWS';
const channel = 'Handoff__chn';
const root = 'force-app/main/default';

/** The project that the command line of Salesforce deploys: our fields, who may see them, and the relay of events. */
export const metadataFiles = (): readonly SetupFile[] => [
  {
    path: 'sfdx-project.json',
    text: `${JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '66.0' }, null, 2)}\n`,
  },
  ...salesforceFields.map((field) => ({
    path: `${root}/objects/${field.object}/fields/${field.name}.field-meta.xml`,
    text: fieldFile(field),
  })),
  { path: `${root}/permissionsets/Handoff.permissionset-meta.xml`, text: integrationPermissions() },
  { path: `${root}/permissionsets/Handoff_Sales.permissionset-meta.xml`, text: salesPermissions() },
  {
    path: `${root}/platformEventChannels/${channel}.platformEventChannel-meta.xml`,
    text: xml('PlatformEventChannel', ['<channelType>data</channelType>', '<label>Handoff</label>']),
  },
  {
    path: `${root}/platformEventChannelMembers/Handoff_Opportunity.platformEventChannelMember-meta.xml`,
    text: xml('PlatformEventChannelMember', [
      `<eventChannel>${channel}</eventChannel>`,
      '<selectedEntity>OpportunityChangeEvent</selectedEntity>',
    ]),
  },
  {
    path: `${root}/eventRelays/Handoff.eventRelay-meta.xml`,
    text: xml('EventRelayConfig', [
      `<destinationResourceName>callout:${credentialName}</destinationResourceName>`,
      `<eventChannel>${channel}</eventChannel>`,
      '<label>Handoff</label>',
      // After an error, what Salesforce still has comes again: what was heard twice is read once.
      '<relayOption>{"ReplayRecovery":"EARLIEST"}</relayOption>',
      // A relay is made stopped; there is no other way.
      '<state>STOP</state>',
    ]),
  },
];

function xml(type: string, lines: readonly string[]): string {
  const within = lines.map((line) => `    ${line}`).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${within}\n</${type}>\n`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const shapes: Readonly<Record<SalesforceField['type'], readonly string[]>> = {
  LongTextArea: ['<visibleLines>4</visibleLines>'],
  Text: ['<required>false</required>'],
  Url: ['<required>false</required>'],
  Date: ['<required>false</required>'],
  Number: ['<precision>18</precision>', '<scale>0</scale>', '<required>false</required>'],
};

const fieldFile = ({ name, label, type, length, hint }: SalesforceField): string =>
  xml('CustomField', [
    `<fullName>${name}</fullName>`,
    `<inlineHelpText>${escaped(hint)}</inlineHelpText>`,
    `<label>${escaped(label)}</label>`,
    ...(length === undefined ? [] : [`<length>${length}</length>`]),
    ...shapes[type],
    `<type>${type}</type>`,
  ]);

/** Fields of Salesforce's own that a user without a profile's rights does not see. */
const standardFields = [
  ...['Opportunity.AccountId', 'Opportunity.Amount', 'Account.Website', 'Account.Industry', 'Account.BillingAddress'],
  'Contact.Email',
];

const fieldPermission = (field: string, editable: boolean): string =>
  `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;

const objectPermission = (object: string, { isEdited, seesAll }: { isEdited: boolean; seesAll: boolean }): string =>
  [
    `<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>${isEdited}</allowEdit>`,
    `<allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${object}</object>`,
    `<viewAllRecords>${seesAll}</viewAllRecords></objectPermissions>`,
  ].join('');

/** Reads opportunities with what belongs to them, writes our fields and adds tasks, and nothing else. */
const integrationPermissions = (): string =>
  xml('PermissionSet', [
    ...salesforceFields.map(({ object, name, filledBy }) =>
      fieldPermission(`${object}.${name}`, filledBy === 'handoff'),
    ),
    ...standardFields.map((field) => fieldPermission(field, false)),
    '<hasActivationRequired>false</hasActivationRequired>',
    '<label>Handoff</label>',
    objectPermission('Account', { isEdited: false, seesAll: true }),
    objectPermission('Contact', { isEdited: false, seesAll: true }),
    objectPermission('Opportunity', { isEdited: true, seesAll: true }),
    objectPermission('Product2', { isEdited: false, seesAll: false }),
    '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>',
    '<userPermissions><enabled>true</enabled><name>EditTask</name></userPermissions>',
  ]);

/** For sellers: they fill in the package, and read what Handoff writes. */
const salesPermissions = (): string =>
  xml('PermissionSet', [
    ...salesforceFields.map(({ object, name, filledBy }) => fieldPermission(`${object}.${name}`, filledBy === 'sales')),
    '<hasActivationRequired>false</hasActivationRequired>',
    '<label>Handoff for sellers</label>',
  ]);
