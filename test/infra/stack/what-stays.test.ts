import { describe, expect, it } from 'vitest';
import { synthesize } from './synthesize.ts';

const stack = synthesize({
  customerManagedKey: true,
  operations: 'iam',
  domain: { name: 'handoff.example.com', hostedZone: { id: 'Z0123456789', name: 'example.com' } },
});

/**
 * What holds something that cannot be made again, by logical id. CloudFormation knows a resource by nothing else: under another
 * id it makes a new and empty one, and leaves or deletes the old. A construct that is renamed or moved fails here; where that is
 * meant, what it holds has to be brought over first.
 */
const holding: Readonly<Record<string, string>> = {
  StorageTableB43FDCE7: 'AWS::DynamoDB::Table',
  Key961B73FD: 'AWS::KMS::Key',
  FactsInS3BucketA235AB35: 'AWS::S3::Bucket',
  MailSender3CE0A474: 'AWS::SES::EmailIdentity',
  MailSenderDkimDnsToken1E88EE9EB: 'AWS::Route53::RecordSet',
  MailSenderDkimDnsToken26C7FE37D: 'AWS::Route53::RecordSet',
  MailSenderDkimDnsToken3BB5E0B1C: 'AWS::Route53::RecordSet',
  MailConfigurationSet2AA84368: 'AWS::SES::ConfigurationSet',
  WorkflowMachine0C2E3460: 'AWS::StepFunctions::StateMachine',
  WorkflowVersionE0143EB4: 'AWS::StepFunctions::StateMachineVersion',
  WorkflowLiveF2682DEC: 'AWS::StepFunctions::StateMachineAlias',
  WorkflowRemindersC3BA5C05: 'AWS::Scheduler::ScheduleGroup',
  EntranceBus803D2810: 'AWS::Events::EventBus',
  EntranceArchive2464D34A: 'AWS::Events::Archive',
  PagesApi998C29E9: 'AWS::ApiGatewayV2::Api',
  DeadLettersUndelivered38E8742A: 'AWS::SQS::Queue',
  DeadLettersReminders04D89AC0: 'AWS::SQS::Queue',
  DeadLettersTriedAgain752ACEAD: 'AWS::SQS::Queue',
  DeadLettersDeliveries61839E71: 'AWS::SQS::Queue',
  WorkflowLogs8B0907C7: 'AWS::Logs::LogGroup',
  PagesAccessLogsCAFA4551: 'AWS::Logs::LogGroup',
  FunctionsstarthandoffLogsDFCB924E: 'AWS::Logs::LogGroup',
  FunctionsstopdealLogsCA2567FD: 'AWS::Logs::LogGroup',
  FunctionsvalidatepackageLogs66207FA6: 'AWS::Logs::LogGroup',
  FunctionsfollowdealLogs6003CB33: 'AWS::Logs::LogGroup',
  FunctionsnotifyLogs3FF4BB14: 'AWS::Logs::LogGroup',
  FunctionsactondeskLogsB8461F39: 'AWS::Logs::LogGroup',
  FunctionsclosehandoffLogsDB0DE650: 'AWS::Logs::LogGroup',
  FunctionsshowreportsLogs1FD9DF87: 'AWS::Logs::LogGroup',
  FunctionsshowdeskLogsE5416DEA: 'AWS::Logs::LogGroup',
  FunctionsshowoperationsLogs6571D7DA: 'AWS::Logs::LogGroup',
  FunctionsshowpageLogs4F6C5ACF: 'AWS::Logs::LogGroup',
  FunctionsdecidestepLogsC8CDAFD3: 'AWS::Logs::LogGroup',
  FunctionstrackmailLogs792C5822: 'AWS::Logs::LogGroup',
  FunctionstryagainLogsADBF7D83: 'AWS::Logs::LogGroup',
  FunctionsmeasureLogs09723640: 'AWS::Logs::LogGroup',
  FunctionsauditquarterLogsBFC80575: 'AWS::Logs::LogGroup',
  FunctionssendreportsLogs58521A1D: 'AWS::Logs::LogGroup',
};

describe('What holds state', () => {
  const types = new Set(Object.values(holding));
  const resources = Object.entries(stack.template.Resources);
  // The address of the pages is made by every deploy alike.
  const found = resources.filter(([id, { Type }]) => types.has(Type) && id !== 'PagesRecord81A3A9B6');

  it('stays what it is: no logical id changes', () => {
    expect(Object.fromEntries(found.map(([id, { Type }]) => [id, Type]))).toEqual(holding);
  });

  it('stays when the stage goes, where it cannot be made again', () => {
    const policies = resources.flatMap(([id, { DeletionPolicy = '', UpdateReplacePolicy = '' }]) =>
      [DeletionPolicy, UpdateReplacePolicy].some((policy) => /^Retain/.test(policy))
        ? [[id, `${DeletionPolicy} ${UpdateReplacePolicy}`]]
        : [],
    );
    expect(Object.fromEntries(policies)).toEqual({
      // Its name is another one each time, so that one which stays is in nobody's way; and protected as it is, a first deploy
      // that fails could not delete it.
      StorageTableB43FDCE7: 'Retain Retain',
      Key961B73FD: 'RetainExceptOnCreate Retain',
      FactsInS3BucketA235AB35: 'RetainExceptOnCreate Retain',
      MailSender3CE0A474: 'RetainExceptOnCreate Retain',
      MailSenderDkimDnsToken1E88EE9EB: 'RetainExceptOnCreate Retain',
      MailSenderDkimDnsToken26C7FE37D: 'RetainExceptOnCreate Retain',
      MailSenderDkimDnsToken3BB5E0B1C: 'RetainExceptOnCreate Retain',
      WorkflowVersionE0143EB4: 'RetainExceptOnCreate Retain',
    });
  });

  it('that stays has no name that a second first deploy would meet, or goes when the first one fails', () => {
    for (const [id, { DeletionPolicy, Properties }] of resources)
      if (DeletionPolicy === 'Retain')
        expect(
          Object.keys(Properties).filter((property) => /(^|Table|Alias)Name$/.test(property)),
          id,
        ).toEqual([]);
  });
});
