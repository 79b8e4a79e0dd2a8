import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isLocale } from '../../functions/domain/texts/locale.ts';
import { knownLanguages } from '../../functions/domain/texts/texts.ts';
import { isUsageError, playbookOption, usageProblem } from './command-line.ts';
import { type CollectedMail, collectMails, missingKinds, type SampleDeal } from './mails/collect-mails.ts';
import { filesOf, galleryPage, named } from './mails/gallery.ts';
import { problemsOf } from './mails/mail-checks.ts';
import { scenes } from './mails/scenes.ts';
import { typedIn } from './mails/typed-texts.ts';
import { sampleDeals, sampleRoster } from './sample-company.ts';
import { readSamples } from './samples.ts';

const usage = `Usage: npm run mails -- <folder> [--deal <name>]… [--locale <tag>]… [--playbook <name>]

Plays the sample deals through everything that makes an email, in every language that emails are written in, and writes each
email into the folder: as .html, .txt and .eml, and as .ics where it carries an invitation. index.html shows them all. --deal plays only
the deals of those names, --locale only stages of those locales, such as en-GB.

Exit code 0: nothing is wrong with any; 1: something is, and is printed; 2: the options can't be used.`;

/** `npm run mails`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      deal: { type: 'string', multiple: true },
      locale: { type: 'string', multiple: true },
      playbook: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [folder, ...more] = positionals;
  if (values.help || folder === undefined || more.length > 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const playbook = playbookOption(values.playbook);
  const known: readonly SampleDeal[] = readSamples(sampleDeals).map(({ name, text }) => ({
    name,
    event: JSON.parse(text),
  }));
  const unknown = values.deal?.filter((name) => !known.some((deal) => deal.name === name)) ?? [];
  if (unknown.length > 0) {
    console.error(
      `No sample deal is called ${unknown.join(', ')}. There are: ${known.map(({ name }) => name).join(', ')}.`,
    );
    return 2;
  }
  const noLocale = values.locale?.find((tag) => !isLocale(tag));
  if (noLocale !== undefined) {
    console.error(`--locale is "${noLocale}"; it must be the tag of a locale, such as en-US, en-GB, or de-DE.`);
    return 2;
  }
  // First: the plays take minutes, and would be lost where nothing can be written.
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    console.error(`${folder} can't be a folder: ${error instanceof Error ? error.message : error}`);
    return 2;
  }
  const deals = known.filter(({ name }) => values.deal?.includes(name) ?? true);
  const roster = sampleRoster();
  const collected: CollectedMail[] = [];
  for (const locale of values.locale ?? knownLanguages)
    collected.push(...(await collectMails({ deals, scenes, playbook, roster, locale })));
  const missing = missingKinds(collected);
  const typed = deals.flatMap(({ event }) => typedIn(event));
  const exhibits = named(collected).map((each) => ({ ...each, problems: problemsOf(each.mail, typed) }));
  for (const exhibit of exhibits)
    for (const [ending, content] of Object.entries(filesOf(exhibit)))
      await writeFile(join(folder, `${exhibit.name}.${ending}`), content);
  await writeFile(join(folder, 'index.html'), galleryPage(exhibits, missing));
  const wrong = exhibits.filter(({ problems }) => problems.length > 0);
  for (const { name, problems } of wrong) for (const problem of problems) console.log(`${name}: ${problem}`);
  if (missing.length > 0) console.log(`No play brings about: ${missing.join(', ')}.`);
  console.log(
    `${exhibits.length} emails are in ${join(folder, 'index.html')}; something is wrong with ${wrong.length}.`,
  );
  return wrong.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!isUsageError(error)) throw error;
  console.error(`${usageProblem(error)}\n\n${usage}`);
  process.exitCode = 2;
}
