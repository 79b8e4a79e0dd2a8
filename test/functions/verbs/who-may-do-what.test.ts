import { describe, expect, it } from 'vitest';
import { ruleIn } from '../../../functions/domain/handoff/step-rule.ts';
import { askSteps } from '../../../functions/domain/playbook/capabilities.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { actionFields, actionsOf } from '../../../functions/domain/step/step-actions.ts';
import { playbook as agency } from '../../../statemachines/playbooks/agency.ts';
import { playbook as standard } from '../../../statemachines/playbooks/default.ts';
import { courseUnless } from '../../support/course.ts';
import { full } from '../../support/playbooks/full.ts';
import { stages } from '../../support/stages.ts';
import { actions, columns, type Side, tableOf, tryAll } from '../../support/who-may.ts';

/**
 * Who may do what, as it is meant to be: by act and by whose link it is. `yes`: the page offers it and the form is taken.
 * `no`: this page does not offer it. `theirs`: the step is somebody else's now. `done`: it is decided. `over`: the handoff has
 * ended. `left`: whoever the link belongs to has left. `none`: there is no such page.
 */
const open = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
complete          yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
grant-exception   no        no        theirs    theirs    left      none      no        no        no        no        yes       no        no
accept            no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
save              yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
request-exception yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
decline-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
hand-review       no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
reassign          yes       yes       theirs    theirs    left      none      no        no        yes       yes       yes       no        no
wait-for-customer yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
note              yes       yes       theirs    theirs    left      none      yes       yes       yes       yes       yes       yes       yes
skip              no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
cancel            no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
away              yes       yes       yes       yes       left      none      yes       yes       yes       yes       yes       yes       yes
move-meeting      no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
call-off-meeting  no        no        theirs    theirs    left      none      no        no        no        no        no        no        no`;

/** Whoever has asked waits for the reviewer, and goes on with the package. */
const exceptionAsked = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
complete          yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
grant-exception   no        no        theirs    theirs    left      none      yes       no        no        no        yes       no        no
save              yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
request-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
decline-exception no        no        theirs    theirs    left      none      yes       no        no        no        yes       no        no
hand-review       no        no        theirs    theirs    left      none      yes       no        no        no        yes       no        no
reassign          yes       yes       theirs    theirs    left      none      no        no        yes       yes       yes       no        no
wait-for-customer yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
note              yes       yes       theirs    theirs    left      none      yes       yes       yes       yes       yes       yes       yes
skip              no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
cancel            no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
away              yes       yes       yes       yes       left      none      yes       yes       yes       yes       yes       yes       yes
move-meeting      no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
call-off-meeting  no        no        theirs    theirs    left      none      no        no        no        no        no        no        no`;

/** Revenue operations has the step, and asked for the exception: neither may they decide on it, nor whoever asked. */
const askedByThem = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
complete          theirs    yes       theirs    theirs    left      none      no        no        no        no        no        no        no
grant-exception   theirs    no        theirs    theirs    left      none      yes       no        no        no        no        no        no
save              theirs    yes       theirs    theirs    left      none      no        no        no        no        no        no        no
request-exception theirs    no        theirs    theirs    left      none      no        no        no        no        no        no        no
decline-exception theirs    no        theirs    theirs    left      none      yes       no        no        no        no        no        no
hand-review       theirs    no        theirs    theirs    left      none      yes       no        no        no        no        no        no
reassign          theirs    yes       theirs    theirs    left      none      no        no        yes       yes       yes       no        no
wait-for-customer theirs    yes       theirs    theirs    left      none      no        no        no        no        no        no        no
note              theirs    yes       theirs    theirs    left      none      yes       yes       yes       yes       yes       yes       yes
skip              theirs    no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
cancel            theirs    no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
away              yes       yes       yes       yes       left      none      yes       yes       yes       yes       yes       yes       yes
move-meeting      theirs    no        theirs    theirs    left      none      no        no        no        no        no        no        no
call-off-meeting  theirs    no        theirs    theirs    left      none      no        no        no        no        no        no        no`;

/** The internal meeting is planned: whoever takes part in it changes it on any page of theirs, also where the step is somebody else's. */
const returned = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
complete          yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
grant-exception   no        no        theirs    theirs    left      none      no        no        no        no        yes       no        no
save              yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
request-exception yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
decline-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
hand-review       no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
reassign          yes       yes       theirs    theirs    left      none      no        no        yes       yes       yes       no        no
wait-for-customer yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
note              yes       yes       theirs    theirs    left      none      yes       yes       yes       yes       yes       yes       yes
skip              no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
cancel            no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
away              yes       yes       yes       yes       left      none      yes       yes       yes       yes       yes       yes       yes
move-meeting      yes       no        yes       yes       left      none      yes       no        no        no        no        no        yes
call-off-meeting  yes       no        yes       yes       left      none      yes       no        no        no        no        no        yes`;

const inReview = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
accept            yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
return            yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
complete          no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
grant-exception   no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
save              no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
request-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
decline-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
hand-review       no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
reassign          yes       yes       theirs    theirs    left      none      no        no        yes       yes       yes       no        no
wait-for-customer yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
note              yes       yes       theirs    theirs    left      none      yes       yes       yes       yes       yes       yes       yes
skip              no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
cancel            no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
away              yes       yes       yes       yes       left      none      yes       yes       yes       yes       yes       yes       yes
move-meeting      yes       no        yes       yes       left      none      yes       no        no        no        no        no        yes
call-off-meeting  yes       no        yes       yes       left      none      yes       no        no        no        no        no        yes`;

/** The step that planned the meeting is decided; the meeting goes on being changed by whoever is in it, and by those above. */
const meetingAhead = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
scheduled         done      done      done      done      left      none      done      done      done      done      done      done      done
save              done      done      done      done      left      none      done      done      done      done      done      done      done
request-exception done      done      done      done      left      none      done      done      done      done      done      done      done
decline-exception done      done      done      done      left      none      done      done      done      done      done      done      done
hand-review       done      done      done      done      left      none      done      done      done      done      done      done      done
reassign          done      done      done      done      left      none      done      done      done      done      done      done      done
wait-for-customer done      done      done      done      left      none      done      done      done      done      done      done      done
note              done      done      done      done      left      none      done      done      done      done      done      done      done
skip              done      done      done      done      left      none      done      done      done      done      done      done      done
cancel            done      done      done      done      left      none      done      done      done      done      done      done      done
away              done      done      done      done      left      none      done      done      done      done      done      done      done
move-meeting      yes       done      yes       yes       left      none      yes       done      yes       yes       yes       done      yes
call-off-meeting  yes       done      yes       yes       left      none      yes       done      yes       yes       yes       done      yes`;

/** Whoever is asked how it went can change it too, and so can those above: it may not have taken place. */
const meetingOver = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
held              yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
save              no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
request-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
decline-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
hand-review       no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
reassign          yes       yes       theirs    theirs    left      none      no        no        yes       yes       yes       no        no
wait-for-customer yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
note              yes       yes       theirs    theirs    left      none      yes       yes       yes       yes       yes       yes       yes
skip              no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
cancel            no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
away              yes       yes       yes       yes       left      none      yes       yes       yes       yes       yes       yes       yes
move-meeting      yes       yes       yes       yes       left      none      yes       no        yes       yes       yes       no        yes
call-off-meeting  yes       yes       yes       yes       left      none      yes       no        yes       yes       yes       no        yes`;

/** Nobody waits for remarks: there is nothing to hand over, to pause or to leave out. The handoff has ended, and takes nothing else. */
const remarks = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
shared            yes       yes       theirs    theirs    left      over      no        no        no        no        no        no        no
save              no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
request-exception no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
decline-exception no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
hand-review       no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
reassign          no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
wait-for-customer no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
note              no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
skip              no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
cancel            no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
away              yes       yes       yes       yes       left      over      yes       yes       yes       yes       yes       yes       yes
move-meeting      no        no        theirs    theirs    left      over      no        no        no        no        no        no        no
call-off-meeting  no        no        theirs    theirs    left      over      no        no        no        no        no        no        no`;

const answersOwed = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
supplied          yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
settled           no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
not-possible      no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
complete          no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
grant-exception   no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
save              yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
request-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
decline-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
hand-review       no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
reassign          yes       yes       theirs    theirs    left      none      no        no        yes       yes       yes       no        no
wait-for-customer yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
note              yes       yes       theirs    theirs    left      none      yes       yes       yes       yes       yes       yes       yes
skip              no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
cancel            no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
away              yes       yes       yes       yes       left      none      yes       yes       yes       yes       yes       yes       yes
move-meeting      no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
call-off-meeting  no        no        theirs    theirs    left      none      no        no        no        no        no        no        no`;

const taskOwed = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
supplied          no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
settled           yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
not-possible      yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
save              no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
request-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
decline-exception no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
hand-review       no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
reassign          yes       yes       theirs    theirs    left      none      no        no        yes       yes       yes       no        no
wait-for-customer yes       yes       theirs    theirs    left      none      no        no        no        no        no        no        no
note              yes       yes       theirs    theirs    left      none      yes       yes       yes       yes       yes       yes       yes
skip              no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
cancel            no        no        theirs    theirs    left      none      no        no        yes       yes       yes       no        no
away              yes       yes       yes       yes       left      none      yes       yes       yes       yes       yes       yes       yes
move-meeting      no        no        theirs    theirs    left      none      no        no        no        no        no        no        no
call-off-meeting  no        no        theirs    theirs    left      none      no        no        no        no        no        no        no`;

const decided = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
everything        done      done      done      done      left      none      done      done      done      done      done      done      done`;

const ended = `
                  owner     stand-in  is-away   had-it    has-left  elsewhere reviewer  reviewed  manager   manager-2 rev-ops   reader    host
everything        over      over      over      over      left      over      over      over      over      over      over      over      over`;

/** By the state of the step and its handoff: whose side the step is, and who may do what. */
const tables: Readonly<Record<keyof typeof stages, readonly [Side, string]>> = {
  asked: ['sales', open],
  overdue: ['sales', open],
  'waiting for the customer': ['sales', open],
  'exception asked': ['sales', exceptionAsked],
  'exception asked by revenue operations': ['sales', askedByThem],
  returned: ['sales', returned],
  decided: ['sales', decided],
  skipped: ['sales', decided],
  'handoff canceled': ['sales', ended],
  'handoff complete': ['sales', ended],
  'handoff abandoned': ['sales', ended],
  'in review': ['success', inReview],
  'meeting ahead': ['sales', meetingAhead],
  'meeting over': ['success', meetingOver],
  'meeting held': ['success', decided],
  'remarks after the end': ['sales', remarks],
  'answers owed': ['sales', answersOwed],
  'task owed': ['sales', taskOwed],
};

const drawn = Object.entries(tables).map(([state, [side, table]]) => ({ state, side, table: tableOf(table) }));

describe('Who may do what', () => {
  for (const { state, side, table } of drawn)
    it(`${state}: everybody tries everything`, courseUnless(state === 'in review'), async () => {
      const stage = await stages[state as keyof typeof stages]();
      const { choices } = ruleIn(await stage.system.load(stage.id), stage.step);
      expect(Object.keys(table)).toEqual(expect.arrayContaining(choices.map(({ id }) => id)));
      expect(await tryAll(stage, table, side)).toEqual(table);
    });

  it('is said of every act, in every capacity', () => {
    const acts = Object.keys(actionFields);
    expect(Object.keys(actions).sort()).toEqual(acts.toSorted());
    expect([...new Set(Object.values(columns))].sort()).toEqual(Object.keys(actionsOf).sort());
    for (const { state, table } of drawn) {
      expect(Object.keys(table), state).toEqual(expect.arrayContaining(acts));
      for (const [act, row] of Object.entries(table))
        expect(Object.keys(row), `${state}: ${act}`).toEqual(Object.keys(columns));
    }
  });

  const playbooks: readonly Playbook[] = [standard, agency, full];

  it.each(playbooks)('is said of the choices of $name: the owner’s, or the exception', (playbook) => {
    for (const { id, rule } of askSteps(playbook))
      for (const { by, does, id: choice } of rule.choices)
        expect(by, `${id}: ${choice}`).toEqual(
          does === 'grant-exception' ? ['reviewer', 'revenueOperations'] : undefined,
        );
  });
});
