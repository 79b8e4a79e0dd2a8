import type { PersonId } from './fact.ts';
import type { Measured, MeasuredHandoff, MeasuredRound } from './measured-handoff.ts';
import type { ReportId, Scope, Whose } from './who-sees.ts';

/** In place of the id of somebody who is not to be told from others. */
export const somebody: PersonId = 'somebody';

/**
 * What a reader may see for a report: the handoffs in which those people have a part, with the rounds that are theirs. Whoever
 * may not be named is `somebody`, teams that are not the reader's to see are left out, and so is the AE completeness score but for
 * the account executive and their own manager.
 */
export function seenBy(scope: Scope, report: ReportId, measured: Measured): Measured {
  const { whose } = scope.sees[report];
  if (whose === 'nobody') return { ...measured, handoffs: [] };
  const isTheirs = theirs(scope, whose);
  return { ...measured, handoffs: measured.handoffs.flatMap((handoff) => seenHandoff(scope, isTheirs, handoff)) };
}

function seenHandoff(scope: Scope, isTheirs: IsTheirs, handoff: MeasuredHandoff): readonly MeasuredHandoff[] {
  const { accountExecutive, accountExecutiveTeam, customerSuccessManager, customerSuccessManagerTeam } = handoff;
  const rounds: MeasuredRound[] = [];
  for (const round of handoff.rounds) if (isTheirs(round.owner, round.team)) rounds.push(seenRound(scope, round));
  const takesPart =
    isTheirs(accountExecutive, accountExecutiveTeam) || isTheirs(customerSuccessManager, customerSuccessManagerTeam);
  if (!takesPart && rounds.length === 0) return [];
  const person = (id: PersonId | undefined) => (id === undefined ? undefined : nameable(scope, id));
  const team = (id: PersonId | undefined) => (id !== undefined && scope.teams.has(id) ? id : undefined);
  const isScored = accountExecutive !== undefined && scope.reports.has(accountExecutive);
  const seen = {
    ...handoff,
    accountExecutive: person(accountExecutive),
    accountExecutiveTeam: team(accountExecutiveTeam),
    customerSuccessManager: person(customerSuccessManager),
    customerSuccessManagerTeam: team(customerSuccessManagerTeam),
    completeness: isScored ? handoff.completeness : undefined,
    rounds,
  };
  return [seen as MeasuredHandoff];
}

/** There are several hundred thousand rounds: members that are undefined stay, as a copy without them takes five times as long. */
const seenRound = (scope: Scope, round: MeasuredRound): MeasuredRound =>
  ({
    ...round,
    owner: nameable(scope, round.owner),
    team: round.team !== undefined && scope.teams.has(round.team) ? round.team : undefined,
  }) as MeasuredRound;

const nameable = (scope: Scope, id: PersonId): PersonId => (scope.names.has(id) ? id : somebody);

type IsTheirs = (id: PersonId | undefined, team: PersonId | undefined) => boolean;

/** Whether work is that of the people asked for. The team that it was done in counts where nobody knows any more who did it. */
function theirs(scope: Scope, whose: Whose): IsTheirs {
  switch (whose) {
    case 'nobody':
      return () => false;
    case 'own':
      return (id) => id !== undefined && scope.self.has(id);
    case 'reports':
      return (id, team) =>
        id !== undefined &&
        (scope.reports.has(id) || (!scope.known.has(id) && team !== undefined && scope.self.has(team)));
    case 'line':
      return (id, team) =>
        id !== undefined &&
        (scope.line.has(id) || (!scope.known.has(id) && team !== undefined && scope.line.has(team)));
    case 'everybody':
      return () => scope.everybody;
  }
}

/** The name of somebody in a report, where the reader may read it there. */
export const personIn = (scope: Scope, report: ReportId, id: PersonId | undefined): string | undefined =>
  id !== undefined && scope.sees[report].shows.includes('names') ? scope.names.get(id) : undefined;

/** The name of the manager of a team in a report, where the reader may read it there. */
export const teamIn = (scope: Scope, report: ReportId, id: PersonId | undefined): string | undefined =>
  id !== undefined && scope.sees[report].shows.includes('teams') ? scope.teams.get(id) : undefined;
