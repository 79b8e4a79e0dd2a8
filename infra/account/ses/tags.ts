import { isObject } from '../wire/message.ts';
import { parameterError } from './addresses.ts';
import type { Mail } from './mail.ts';

interface Tag {
  readonly name: string;
  readonly value: string;
}

const mostTags = 50;
const longest = 255;

/**
 * The tags of a mail by their names: the parameter's, or where that is left out those of the message's own header
 * (`X-SES-MESSAGE-TAGS: name=value, …`). Refuses what SES does not take.
 */
export function messageTags(parameter: unknown, header: string | undefined): Mail['tags'] {
  const given = Array.isArray(parameter) ? parameter.filter(isObject) : [];
  const tags: readonly Tag[] =
    given.length > 0
      ? given.map(({ Name, Value }) => ({ name: String(Name), value: String(Value) }))
      : headerTags(header ?? '');
  if (tags.length > mostTags) throw parameterError(`Too many message tags: ${tags.length}, at most ${mostTags}.`);
  for (const { name, value } of tags) {
    checkPart('name', name);
    checkPart('value', value);
  }
  const names = new Set(tags.map(({ name }) => name));
  if (names.size < tags.length) throw parameterError('Duplicate message tag names are not allowed.');
  return Object.fromEntries(tags.map(({ name, value }) => [name, value]));
}

function headerTags(header: string): Tag[] {
  const parts = header.split(',').map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', ...value] = part.split('=');
      return { name: name.trim(), value: value.join('=').trim() };
    });
}

function checkPart(part: 'name' | 'value', text: string): void {
  if (text === '') throw parameterError(`The tag ${part} must be specified.`);
  if (text.length > longest) throw parameterError(`Tag ${part} cannot exceed ${longest} characters.`);
  if (!/^[A-Za-z0-9_-]+$/.test(text))
    throw parameterError(
      `Invalid tag ${part} <${text}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`,
    );
}
