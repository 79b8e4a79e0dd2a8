import { validationError } from '../wire/errors.ts';
import { isObject } from '../wire/message.ts';
import { type Item, itemBytes } from './capacity.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** An item's names and values together, in bytes. */
const largestItem = 400 * 1024;
const longestKeys = { hash: 2048, range: 1024 };
const longestExpression = 4096;
/** Maps and lists in each other, a value in the innermost counted too. */
const deepestNesting = 32;

/** Refuses values that are nested too deeply, and expressions that are too long. The request may still be anything. */
export function checkExtent(parameters: Parameters): void {
  for (const name in parameters) if (name.endsWith('Expression')) checkExpression(name, parameters[name]);
  checkNesting(parameters['ExpressionAttributeValues']);
  for (const item of newItems(parameters)) checkNesting(item);
}

/** Refuses items that are too large to be put; the request's types have been checked. */
export function checkNewItems(parameters: Parameters): void {
  for (const item of newItems(parameters))
    if (isObject(item) && itemBytes(item as Item) > largestItem)
      throw validationError('Item size has exceeded the maximum allowed size');
}

/** The items of PutItem and BatchWriteItem. */
function newItems({ Item: item, RequestItems: tables }: Parameters): readonly unknown[] {
  if (!isObject(tables)) return [item];
  return Object.values(tables)
    .flat()
    .map((request) =>
      isObject(request) && isObject(request['PutRequest']) ? request['PutRequest']['Item'] : undefined,
    );
}

/** Refuses an item as it would be stored after an update. */
export function checkStored(item: Item): void {
  checkNesting(item);
  if (itemBytes(item) > largestItem) throw validationError('Item size to update has exceeded the maximum allowed size');
}

/** Refuses a key whose parts are too long; given as the store has it, each part in hexadecimal digits. */
export function checkStoredKey(key: string): void {
  const [, hash = '', range = ''] = key.split('/');
  if (hash.length > 2 * longestKeys.hash)
    throw validationError(
      `One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of${longestKeys.hash} bytes`,
    );
  if (range.length > 2 * longestKeys.range)
    throw validationError(
      `One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of ${longestKeys.range} bytes`,
    );
}

function checkExpression(name: string, text: unknown): void {
  const bytes = typeof text === 'string' ? Buffer.byteLength(text) : 0;
  if (bytes <= longestExpression) return;
  throw validationError(
    `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${bytes}`,
  );
}

function checkNesting(values: unknown): void {
  if (!isObject(values)) return;
  for (const name in values) if (isTooDeep(values[name], 1)) throw tooDeep();
}

const tooDeep = () =>
  validationError(
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );

function isTooDeep(value: unknown, level: number): boolean {
  if (!isObject(value)) return false;
  const { M: map, L: list } = value;
  if (map === undefined && list === undefined) return false;
  if (level >= deepestNesting) return true;
  const below = isObject(map) ? Object.values(map) : Array.isArray(list) ? list : [];
  return below.some((each) => isTooDeep(each, level + 1));
}
