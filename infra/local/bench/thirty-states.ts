import type { JsonObject } from '../../account/step-functions/json.ts';

const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:price';

/** How often the five states come. */
export const groups = 6;

/** Five states, six times: set up, price (a task), decide, wait, tidy; said in either language. */
export function thirtyStates(language: 'JSONata' | 'JSONPath'): JsonObject {
  const states: JsonObject = {};
  for (let group = 1; group <= groups; group += 1) {
    const next = group === groups ? { End: true } : { Next: `Set up ${group + 1}` };
    Object.assign(states, language === 'JSONata' ? jsonataGroup(group, next) : jsonPathGroup(group, next));
  }
  return { QueryLanguage: language, StartAt: 'Set up 1', States: states };
}

function jsonataGroup(group: number, next: JsonObject): JsonObject {
  return {
    [`Set up ${group}`]: {
      Type: 'Pass',
      Output: {
        deal: '{% $states.input.deal %}',
        round: '{% $states.input.round + 1 %}',
        note: "{% 'round ' & $string($states.input.round) %}",
      },
      Next: `Price ${group}`,
    },
    [`Price ${group}`]: {
      Type: 'Task',
      Resource: LAMBDA,
      Arguments: { deal: '{% $states.input.deal %}', round: '{% $states.input.round %}' },
      Output: '{% $merge([$states.input, {"price": $states.result}]) %}',
      Next: `Decide ${group}`,
    },
    [`Decide ${group}`]: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.price.amount > 1000 %}', Next: `Tidy ${group}` }],
      Default: `Wait ${group}`,
    },
    [`Wait ${group}`]: { Type: 'Wait', Seconds: 3600, Next: `Tidy ${group}` },
    [`Tidy ${group}`]: {
      Type: 'Pass',
      Output: { deal: '{% $states.input.deal %}', round: '{% $states.input.round %}' },
      ...next,
    },
  };
}

function jsonPathGroup(group: number, next: JsonObject): JsonObject {
  return {
    [`Set up ${group}`]: {
      Type: 'Pass',
      Parameters: {
        'deal.$': '$.deal',
        'round.$': 'States.MathAdd($.round, 1)',
        'note.$': "States.Format('round {}', $.round)",
      },
      Next: `Price ${group}`,
    },
    [`Price ${group}`]: {
      Type: 'Task',
      Resource: LAMBDA,
      Parameters: { 'deal.$': '$.deal', 'round.$': '$.round' },
      ResultPath: '$.price',
      Next: `Decide ${group}`,
    },
    [`Decide ${group}`]: {
      Type: 'Choice',
      Choices: [{ Variable: '$.price.amount', NumericGreaterThan: 1000, Next: `Tidy ${group}` }],
      Default: `Wait ${group}`,
    },
    [`Wait ${group}`]: { Type: 'Wait', Seconds: 3600, Next: `Tidy ${group}` },
    [`Tidy ${group}`]: { Type: 'Pass', Parameters: { 'deal.$': '$.deal', 'round.$': '$.round' }, ...next },
  };
}
