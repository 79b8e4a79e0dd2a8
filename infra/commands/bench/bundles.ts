import { columns, type Part } from '../../local/bench/figures.ts';
import { inTemporaryFolder } from '../../local/bench/temporary-folder.ts';
import { bundleFunctions } from '../../stack/bundling.ts';
import { wholeStage } from './measure-cold-starts.ts';
import { worstOf } from './worst-of.ts';

/** Bytes of a function's bundle, and of what of it is read when it starts. */
const most = { all: 600_000, atStart: 300_000 } as const;
/** So many parts of a bundle are named. */
const mostNamed = 6;

/** What the functions ship: exact numbers, which `bundling.test.ts` holds. */
export async function benchBundles(): Promise<Part> {
  const all = await inTemporaryFolder((folder) => bundleFunctions(wholeStage, folder));
  return {
    title: 'Bundles: kilobytes',
    figures: [
      worstOf('the whole, the largest', { all, of: ({ bytes }) => bytes, most: most.all, text: kilobytes }),
      worstOf('what is read at the start, the largest', {
        all,
        of: ({ bytesAtStart }) => bytesAtStart,
        most: most.atStart,
        text: kilobytes,
      }),
    ],
    notes: [
      '',
      ...columns([
        ['', 'all', 'at start', 'the heaviest of it'],
        ...all.map(({ name, bytes, bytesAtStart, parts }) => [
          name,
          kilobytes(bytes),
          kilobytes(bytesAtStart),
          parts
            .slice(0, mostNamed)
            .map((part) => `${part.name} ${kilobytes(part.bytes)}`)
            .join(', '),
        ]),
      ]),
    ],
  };
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0);
