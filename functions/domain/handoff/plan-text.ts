import { inUnit } from '../texts/number-text.ts';
import { dayText, type SuccessPlan } from './success-plan.ts';

/** Shown in place of what nobody has said: an honest plan has its gaps in plain sight. */
const notKnown = 'not known yet';
const mostRows = 5;

/** The plan as the text that people edit: paragraphs between blank lines, a heading with its points under it. */
export function planText(plan: SuccessPlan): string {
  const goals = plan.goals.map(({ days, date, outcome }) => `By day ${days}, ${dayText(date)}: ${outcome ?? notKnown}`);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [`Goals (days counted from ${plan.counted})`, goals],
    [
      'How we measure success',
      [
        ...shortened(plan.metrics).map(({ name, target, unit }) => `${name}: ${inUnit(target, unit)}`),
        ...(plan.definition === undefined ? [] : [`It was worth it when: ${plan.definition}`]),
      ],
    ],
    ['First milestones', shortened(plan.milestones, 8).map(({ when, what }) => `${dayText(when)}: ${what}`)],
    [
      'Risks',
      [
        ...plan.risks.map(({ label, text }) => `${label}: ${text ?? notKnown}`),
        ...(plan.openItems.length === 0 ? [] : [`Still to be answered: ${shortList(plan.openItems)}`]),
      ],
    ],
    [
      'Who is who',
      shortened(plan.stakeholders, 8).map(({ name, roles }) =>
        roles.length === 0 ? name : `${name}: ${roles.join(', ')}`,
      ),
    ],
  ];
  return sections
    .map(([heading, points]) => {
      const none = heading === 'Risks' ? 'none known' : notKnown;
      return [heading, ...(points.length === 0 ? [none] : points).map((point) => `- ${point}`)].join('\n');
    })
    .join('\n\n');
}

const shortened = <T>(rows: readonly T[], count = mostRows): readonly T[] => rows.slice(0, count);

function shortList(names: readonly string[]): string {
  const left = names.length - mostRows;
  return `${shortened(names).join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
}
