import { readFile, writeFile } from 'node:fs/promises';
import { compileLayout } from './mails/compile-layout.ts';
import { compiledFile, sourceFile } from './mails/layout-files.ts';

/** `npm run mails:layout`: writes the committed layout of mails, as MJML compiles it. */
await writeFile(compiledFile, await compileLayout(await readFile(sourceFile, 'utf8')));
