import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { bareAnswer } from './bare-answer.ts';

const dynamodb = new DynamoDBClient({});
const others = [new SFNClient({})];

/** Has the clients ready, and answers a bare page. */
export const handler = async (): Promise<object> => ({ ...(await bareAnswer(dynamodb)), clients: others.length });
