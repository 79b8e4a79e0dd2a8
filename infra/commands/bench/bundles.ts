import { columns, type Figure, type Part } from '../../local/bench/figures.ts';
import { type Bundle, bundleFunctions } from '../../stack/bundling.ts';
import type { FunctionName } from '../../wiring/function-names.ts';
import { inTemporaryFolder } from './in-temporary-folder.ts';
import { wholeStage } from './measure-cold-starts.ts';

/** Bytes of a function's bundle, and of what of it is read when it starts. */
const most = { all: 600_000, atStart: 300_000 } as const;
/** So many parts of a bundle are named. */
const mostNamed = 6;

/** What the functions ship: exact numbers, which `bundling.test.ts` holds. */
export async function benchBundles(): Promise<Part> {
  const bundles = await inTemporaryFolder((folder) => bundleFunctions(wholeStage, folder));
  return {
    title: 'Bundles: kilobytes',
    figures: [
      largest('the whole', { bytesOf: ({ bytes }) => bytes, bundles, most: most.all }),
      largest('what is read at the start', {
        bytesOf: ({ bytesAtStart }) => bytesAtStart,
        bundles,
        most: most.atStart,
      }),
    ],
    notes: [
      '',
      ...columns([
        ['', 'all', 'at start', 'the heaviest of it'],
        ...bundles.map(({ name, bytes, bytesAtStart, parts }) => [
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

interface Weighed {
  readonly bytesOf: (bundle: Bundle<FunctionName>) => number;
  readonly bundles: readonly Bundle<FunctionName>[];
  readonly most: number;
}

function largest(what: string, { bytesOf, bundles, most: atMost }: Weighed): Figure {
  const [first] = bundles.toSorted((a, b) => bytesOf(b) - bytesOf(a));
  const met = bundles.filter((bundle) => bytesOf(bundle) <= atMost).length;
  return {
    what: `${what}, the largest`,
    measured: first ? `${first.name} ${kilobytes(bytesOf(first))}; ${met} of ${bundles.length} meet the goal` : 'none',
    goal: { text: `≤ ${kilobytes(atMost)}`, met: met === bundles.length },
  };
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0);
