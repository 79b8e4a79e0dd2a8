/** Makes each thing once, when it is first asked for. */
export function lazily<Key extends string | number, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new Map<Key, Made>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

/** Makes a thing when it is first asked for, and once. */
export function once<Made>(make: () => Made): () => Made {
  const made = lazily<'', Made>(make);
  return () => made('');
}
