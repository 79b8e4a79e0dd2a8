import { mkdir, writeFile } from 'node:fs/promises';
import { pictureOf } from './picture.ts';
import { shippedPlaybooks } from './shipped-playbooks.ts';

/** `npm run picture [-- <folder>]`: draws the state machine of every shipped playbook; beside its file, or into that folder. */
const [folder = `${import.meta.dirname}/`] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
for (const [name, playbook] of Object.entries(shippedPlaybooks))
  await writeFile(`${folder.replace(/\/$/, '')}/${name}.svg`, await pictureOf(playbook));
