import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** Closes a run with one plain line that any machine can read. */
export default class ClosingLine implements Reporter {
  #filter: readonly string[] = [];

  onInit({ config }: Vitest): void {
    this.#filter = config.tagsFilter ?? [];
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    let others = 0;
    for (const module of modules) {
      // A file that could not even be loaded has no tests to count.
      if (module.state() === 'failed' && module.children.size === 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (this.#isLeftOut(test.tags)) others += 1;
        else if (state !== 'pending') count[state] += 1;
      }
    }
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
    console.log(
      `\n${line}${others > 0 ? `; ${others} of these files are left to the other of npm test and npm run test:courses` : ''}`,
    );
  }

  /** Whether the run is only of courses, or of all but courses, and a test is of the others. */
  #isLeftOut(tags: readonly string[]): boolean {
    return this.#filter.some((tag) => (tag.startsWith('!') ? tags.includes(tag.slice(1)) : !tags.includes(tag)));
  }
}
