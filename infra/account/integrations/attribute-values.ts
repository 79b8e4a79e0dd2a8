import { isObject } from '../wire/message.ts';

type Values = Readonly<Record<string, unknown>>;

/** The Java SDK's member names, which state machines must use, and the wire's. */
const wireNames: Readonly<Record<string, string>> = {
  S: 'S',
  N: 'N',
  B: 'B',
  Ss: 'SS',
  Ns: 'NS',
  Bs: 'BS',
  M: 'M',
  L: 'L',
  Bool: 'BOOL',
  Nul: 'NULL',
};

const javaNames: Values = Object.fromEntries(Object.entries(wireNames).map(([java, wire]) => [wire, java]));

type Rename = (member: string) => string;

const toWireName: Rename = (member) => {
  const wire = Object.hasOwn(wireNames, member) ? wireNames[member] : undefined;
  if (wire !== undefined) return wire;
  const known = Object.keys(wireNames).join(', ');
  throw new Error(`The field "${member}" is not supported by Step Functions: an attribute value is one of ${known}`);
};

const toJavaName: Rename = (member) => String(javaNames[member] ?? member);

/** Parameters that hold an item, a list of items, or either further down. */
const itemFields = new Set([
  'Item',
  'Key',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'Attributes',
  'LastEvaluatedKey',
]);
const listFields = new Set(['Items', 'Keys']);

/** DynamoDB parameters as a state machine's SDK integration spells them, in the wire's spelling. Throws for a spelling that the Java SDK does not have. */
export function toWire(parameters: Values): Values {
  return convertFields(parameters, toWireName);
}

/** A DynamoDB answer in the Java SDK's spelling. */
export function fromWire(answer: Values): Values {
  return convertFields(answer, toJavaName);
}

/** A BatchGetItem answer lists items right below each table's name. */
function convertFields(fields: Values, rename: Rename, inResponses = false): Values {
  const converted = Object.entries(fields).map(([name, value]): [string, unknown] => {
    if (itemFields.has(name) && isObject(value)) return [name, convertItem(value, rename)];
    const isList = listFields.has(name) || inResponses;
    if (isList && Array.isArray(value))
      return [name, value.map((item) => (isObject(item) ? convertItem(item, rename) : item))];
    if (Array.isArray(value)) return [name, value.map((each) => (isObject(each) ? convertFields(each, rename) : each))];
    return [name, isObject(value) ? convertFields(value, rename, name === 'Responses') : value];
  });
  return Object.fromEntries(converted);
}

function convertItem(item: Values, rename: Rename): Values {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, convertValue(value, rename)]));
}

function convertValue(value: unknown, rename: Rename): unknown {
  if (!isObject(value))
    throw new Error(`An attribute value must be an object with one member, not ${JSON.stringify(value)}`);
  const members = Object.entries(value).map(([member, content]): [string, unknown] => {
    const wire = rename(member);
    checkText(member, content);
    if (member === 'M' && isObject(content)) return [wire, convertItem(content, rename)];
    if (member === 'L' && Array.isArray(content)) return [wire, content.map((each) => convertValue(each, rename))];
    return [wire, content];
  });
  return Object.fromEntries(members);
}

/** Numbers, too, travel as text. */
function checkText(member: string, content: unknown): void {
  if (!['S', 'N', 'B'].includes(member) || typeof content === 'string') return;
  throw new Error(`The value for the field '${member}' must be a STRING, not ${JSON.stringify(content)}`);
}
