import type { Person } from '../../../functions/domain/people/person.ts';
import type { AuditSample } from '../../../functions/domain/reports/audit-sample.ts';
import { auditPage } from '../../../functions/pages/reports/audit-page.ts';
import type { WorldOf } from '../../../functions/ports/world.ts';
import { viewAudit, type viewAuditUses } from '../../../functions/verbs/audit-quarter.ts';
import { asFile, auditFile, noLink, ownFile } from './file-links.ts';
import type { ReportFile, ReportSource } from './report-files.ts';

/** The page of a quarter's audit as a file, for somebody who may see it: notes stand there, and are written on the live page. */
export async function auditPageFile(
  world: WorldOf<typeof viewAuditUses>,
  { measured, roster, site, at }: Pick<ReportSource, 'measured' | 'roster' | 'site' | 'at'>,
  { person, sample }: { readonly person: Person; readonly sample: AuditSample },
): Promise<ReportFile> {
  const shown = await viewAudit(world, { person, roster, measured, sample });
  const { html } = auditPage(shown, { site, linkId: noLink, nonce: '', at });
  const isThere = (file: string) => file === ownFile('overview');
  return { name: auditFile, text: asFile(html, { isThere, period: sample.quarter }) };
}
