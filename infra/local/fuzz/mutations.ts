import fc from 'fast-check';

/** Somebody's data, which stands among the inputs and must stand in no error. */
export const personal = 'h.luehrs@personal.example';

/** Names that mean something to JavaScript, and none at all. */
const oddNames = ['__proto__', 'constructor', 'toString', 'valueOf', 'toJSON', 'then', 'length', 'hasOwnProperty', ''];

const oddTexts = [
  ...['', ' ', '\u0000', '\ud800', '\u202e', 'null', 'NaN', '-1', '0', '1e999', '9'.repeat(30), "'", '"', '%', '%2F'],
  ...['2026-02-30', '2026-11-20', '2026-11-20T25:00:00Z', '+275760-09-13T00:00:00Z', '0000-00-00', '../..', '|', ';'],
  ...['\n', 'a\nb', 'x'.repeat(3000), 'é'.repeat(300), personal, 'Europe/Nowhere', 'EUR', 'true', 'won', '=cmd()'],
];

const oddNumbers = [0, -1, 1.5, 1e21, -1e308, 2 ** 53, 8.64e15, 8.64e15 + 1, 1e-7, 100, 1_700_000_000_000];

/** JSON of at most three levels, with what breaks careless readers among it. */
const oddJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, [], {}, { length: { toString: null } }),
    fc.constantFrom(...oddTexts),
    fc.constantFrom(...oddNumbers),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...oddNames), fc.string({ maxLength: 5 })), tie('value')), {
        maxLength: 3,
      })
      .map((members): unknown => Object.fromEntries(members)),
  ),
})).value;

/** A change at one place in a JSON value. */
interface Change {
  /** Which of all places, the first ones again after the last. */
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'rename' | 'repeat' | 'move' | 'nest' | 'cut' | 'grow';
  readonly value: unknown;
  readonly name: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(5000),
  how: fc.constantFrom('replace', 'replace', 'remove', 'rename', 'repeat', 'move', 'nest', 'cut', 'grow'),
  value: oddJson,
  name: fc.constantFrom(...oddNames),
});

/** One of the samples, with up to six changes; now and then something else altogether. */
export const mutated = (samples: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: changed(samples) },
    { weight: 1, arbitrary: oddJson },
    // Deeper than any recursion should go.
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 1500 }).map(nested) },
  );

const changed = (samples: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.nat(Math.max(0, samples.length - 1)), fc.array(change, { maxLength: 6 }))
    .map(([which, changes]) => changes.reduce<unknown>(withChange, samples[which]));

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { detail: value };
  return value;
}

type Path = readonly (string | number)[];

/** All places of a value, itself the first. */
function placesIn(value: unknown): readonly Path[] {
  const found: Path[] = [];
  const waiting: { readonly value: unknown; readonly path: Path }[] = [{ value, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: here, path } = next;
    found.push(path);
    if (typeof here !== 'object' || here === null) continue;
    for (const [name, inner] of Object.entries(here))
      waiting.push({ value: inner, path: [...path, Array.isArray(here) ? Number(name) : name] });
  }
  return found;
}

function withChange(value: unknown, { at, how, value: other, name }: Change): unknown {
  const places = placesIn(value);
  const path = places[at % places.length] ?? [];
  const elsewhere = places[(at * 7 + 3) % places.length] ?? [];
  return replaced(value, path, (here) => {
    switch (how) {
      case 'replace':
        return [[undefined, other]];
      case 'remove':
        return [];
      case 'rename':
        return [[name, here]];
      case 'repeat':
        return [
          [undefined, here],
          [name, here],
        ];
      case 'move':
        return [[undefined, valueAt(value, elsewhere)]];
      case 'nest':
        return [[undefined, at % 2 === 0 ? [here] : { [name]: here }]];
      case 'cut':
        return [[undefined, typeof here === 'string' ? here.slice(0, at % (here.length + 1)) : null]];
      case 'grow':
        return [[undefined, typeof here === 'string' ? here + JSON.stringify(other).slice(0, 3000) : here]];
    }
  });
}

/** What stands in one place's stead: values, each under a name where it is another. */
type Instead = readonly (readonly [name: string | undefined, value: unknown])[];

function replaced(value: unknown, [step, ...path]: Path, by: (here: unknown) => Instead): unknown {
  if (step === undefined) return by(value)[0]?.[1] ?? null;
  const through = (name: string | number, inner: unknown): Instead => {
    if (String(name) !== String(step)) return [[undefined, inner]];
    return path.length === 0 ? by(inner) : [[undefined, replaced(inner, path, by)]];
  };
  if (Array.isArray(value)) return value.flatMap((inner, i) => through(i, inner).map(([, each]) => each));
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([name, inner]) =>
      through(name, inner).map(([other = name, each]) => [other, each] as const),
    ),
  );
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (here, step) => Object.entries(Object(here)).find(([name]) => name === String(step))?.[1],
    value,
  );

/** A text with pieces taken out, put in and said twice. */
export const mutatedText = (samples: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(
        fc.record({
          at: fc.nat(100_000),
          length: fc.nat(12),
          put: fc.oneof(fc.constantFrom(...oddTexts), fc.string({ maxLength: 4 })),
          twice: fc.boolean(),
        }),
        { maxLength: 6 },
      ),
    )
    .map(([text, edits]) =>
      edits.reduce((now, { at, length, put, twice }) => {
        const from = at % (now.length + 1);
        return `${now.slice(0, twice ? from + length : from)}${put}${now.slice(twice ? from : from + length)}`;
      }, text),
    );
