import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    // Those in Chromium, and nearly five hundred random stories: `npm run test:browser`, `npm run test:stories`.
    exclude: ['test/browser/**', 'test/stories/**', 'node_modules/**'],
    // `npm test` leaves them out; a file that is run by its name plays all it has.
    tags: [{ name: 'course', description: 'Plays for long: `npm run test:courses`.' }],
    // Nothing patches a module or keeps state in one, so test files may share theirs.
    isolate: false,
    // Node reads TypeScript itself: through Vite's module runner, tests take a sixth more processor time.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Every core: the runner itself has little to do.
    maxWorkers: '100%',
    // Commands that tests start as processes load in two thirds of the time.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    setupFiles: ['test/support/seed.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    // No test is about how long it takes: these only end what hangs. On a machine with ten times the work that it has cores
    // for, a test that starts processes or plays a whole course takes minutes.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
