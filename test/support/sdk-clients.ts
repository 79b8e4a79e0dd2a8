// The clients that functions have, as one file that can be bundled.
export { ConditionalCheckFailedException, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
export { EventBridgeClient } from '@aws-sdk/client-eventbridge';
export { FirehoseClient } from '@aws-sdk/client-firehose';
export { LambdaClient } from '@aws-sdk/client-lambda';
export { SchedulerClient } from '@aws-sdk/client-scheduler';
export { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
export { SFNClient } from '@aws-sdk/client-sfn';
export { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
