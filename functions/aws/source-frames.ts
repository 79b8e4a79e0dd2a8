import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const maps = new Map<string, SourceMap | undefined>();

/**
 * A frame of a stack (`at step (file:///var/task/index.mjs:1:2345)`) by the line of the source, as the map beside its file has it; as it is
 * where there is none. Read here, when something has failed: Node would read all maps each time a function starts, and that
 * takes as long as a sixth of the code.
 */
export function inSources(frame: string): string {
  const [, start = '', url = '', line = '', column = '', end = ''] =
    /^(.*?)(file:\/\/\S+):(\d+):(\d+)(\)?)$/.exec(frame) ?? [];
  const origin = url && mapOf(url)?.findOrigin(Number(line), Number(column));
  if (!origin || !('fileName' in origin) || !origin.fileName) return frame;
  return `${start}${origin.fileName.replace(/^(\.\.\/)+/, '')}:${origin.lineNumber}:${origin.columnNumber}${end}`;
}

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) maps.set(url, readMap(url));
  return maps.get(url);
}

function readMap(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')));
  } catch {
    // No map, or none that can be read: what failed is told all the same.
    return undefined;
  }
}
