import { readFileSync } from 'node:fs';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import type { StepRule } from '../../functions/domain/playbook/playbook.ts';
import { compile } from '../../statemachines/compile.ts';
import { drawing } from '../../statemachines/drawing.ts';
import { wrapped } from '../../statemachines/drawing-shapes.ts';
import { pictureOf } from '../../statemachines/picture.ts';
import { pictureOf as shippedPicture } from '../../statemachines/shipped-pictures.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import type { States } from '../../statemachines/states.ts';
import { asking, withSteps } from './advice/two-steps.ts';

const shipped = Object.entries(shippedPlaybooks);

/** The names of all states but those that merely end a branch. */
const named = (states: States, inside = false): string[] =>
  Object.entries(states).flatMap(([name, state]) => [
    ...(inside && state['Type'] === 'Succeed' ? [] : [name]),
    ...((state['Branches'] ?? [state['ItemProcessor'] ?? []].flat()) as { States: States }[]).flatMap(({ States }) =>
      named(States, true),
    ),
  ]);

describe('the picture of a state machine', () => {
  it.each(shipped)('is committed as npm run picture draws it: %s', async (name, playbook) => {
    const committed = readFileSync(new URL(`../../statemachines/${name}.svg`, import.meta.url), 'utf8');
    expect(committed === (await pictureOf(playbook)), 'The picture is stale: npm run picture').toBe(true);
  });

  it.each(shipped)('has every step by the state in which it is asked for: %s', (name, playbook) => {
    const { svg = '', states = {} } = shippedPicture(name) ?? {};
    // What nobody has to answer is in no state.
    const asked = Object.entries<StepRule>(playbook.steps).flatMap(([step, rule]) =>
      rule.kind === 'ask' && !rule.optional ? [step] : [],
    );
    expect(asked.filter((step) => !svg.includes(` data-state="${states[step]}"`))).toEqual([]);
  });

  it.each(shipped)('shows every state by its name: %s', async (_, playbook) => {
    const shown = parse(await pictureOf(playbook))
      .querySelectorAll('text')
      .map(({ text }) => text)
      .join(' ');
    const missing = named(compile(playbook).States).filter((name) => !shown.includes(name));
    expect(missing).toEqual([]);
  });

  it('is the same each time, and brings nothing in from outside', async () => {
    const picture = await pictureOf(shippedPlaybooks.default);
    expect(await pictureOf(shippedPlaybooks.default)).toBe(picture);
    expect(picture.match(/(href|url\(|<script|@import)/)).toBeNull();
  });

  it('breaks names between words, and keeps together what stands in parentheses', () => {
    expect(wrapped('Wait for approved customer introduction (SLA same day)')).toEqual([
      'Wait for approved',
      'customer introduction',
      '(SLA same day)',
    ]);
  });
});

describe('the drawing of a state machine', () => {
  const playbook = withSteps(
    {
      'check-contract': asking('accountExecutive', { title: 'Check', ask: 'check the contract', waitFor: 'check' }),
    },
    {
      flow: [{ name: 'Write and check', beside: [['write-summary'], ['check-contract']] }, 'read-summary'],
    },
  );
  const lines = drawing(compile(playbook)).split('\n');

  it('draws a request and the wait for its answer as one box', () => {
    const boxes = lines.filter((line) => line.includes('class=step'));
    expect(boxes).toHaveLength(3);
    expect(boxes[0]).toMatch(/^"Ask to write the summary" .*<HR\/>.*Wait for summary/);
    expect(lines.some((line) => line.startsWith('"Wait for summary'))).toBe(false);
  });

  it('draws branches in boxes beside each other, which begin and end together', () => {
    expect(lines.filter((line) => line.includes('class=branch'))).toHaveLength(2);
    const arrows = lines.filter((line) => line.includes('->')).map((line) => line.replace(/ \[.*/, ''));
    expect(arrows).toEqual([
      '"Validate handoff package" -> "fork Write and check"',
      '"fork Write and check" -> "Ask to write the summary"',
      '"fork Write and check" -> "Ask to check the contract"',
      '"Ask to write the summary" -> "join Write and check"',
      '"Ask to check the contract" -> "join Write and check"',
      '"join Write and check" -> "Ask to read the summary"',
      '"Ask to read the summary" -> "Handoff complete"',
      'start -> "Validate handoff package"',
    ]);
  });
});
