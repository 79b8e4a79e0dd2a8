import { describe, expect, it } from 'vitest';
import { arrange, arrangeName, arrangeValue, cellsIn, rowsAsText } from '../../../../functions/domain/fields/rows.ts';

const marked = { 'rows:people': 'stakeholders', people: '' };
const ann = {
  'people.0.name': 'Ann | Co',
  'people.0.email': 'ann@example.com',
  'people.0.roles': ['champion', 'technical'],
  'people.0.influence': 'high',
  'people.0.stays': 'stays',
};
const annLine = 'Ann \\| Co | ann@example.com | champion, technical | high | stays';
const bo = { 'people.1.name': 'Bo', 'people.1.email': '' };

describe('a form that asks row by row', () => {
  it('says the same as lines of text, other fields untouched', () => {
    expect(rowsAsText({ ...marked, ...ann, ...bo, reason: 'because', 'answers.0': 'yes' })).toEqual({
      people: `${annLine}\nBo`,
      reason: 'because',
      'answers.0': 'yes',
    });
  });

  it('takes lines that were pasted behind the rows, and rows in the order of their numbers', () => {
    const form = { ...marked, 'people.10.name': 'Ten', 'people.2.name': 'Two', people: 'Cy | cy@example.com\r\n\nDi' };
    expect(rowsAsText(form)['people']).toBe('Two\nTen\nCy | cy@example.com\nDi');
  });

  it('makes no rows of pasted lines that are bars alone', () => {
    expect(rowsAsText({ ...marked, people: '| | | |\nDi\n|' })['people']).toBe('Di');
  });

  it('shows bars behind the last cell as part of it', () => {
    const columns = ['name', 'notes'].map((name) => ({ name, label: '', needs: '', control: 'line', max: 9 }) as const);
    expect(cellsIn('Ann | likes tea | calls |\nBo', columns)).toEqual([
      ['Ann', 'likes tea | calls'],
      ['Bo', ''],
    ]);
  });

  it('keeps the place of a row in which nothing stands, so that problems name the right one, but none at the end', () => {
    const empty = { 'people.0.name': ' ', 'people.2.name': '' };
    expect(rowsAsText({ ...marked, ...empty, ...bo })['people']).toBe('|\nBo');
    expect(rowsAsText({ ...marked, ...empty })['people']).toBe('');
  });

  it('says that there are none only where no row does', () => {
    const none = { 'rows:kept': 'promises', kept: ['', 'none'] };
    expect(rowsAsText({ ...none, 'kept.0.what': '' })['kept']).toBe('none');
    expect(rowsAsText({ ...none, 'kept.0.what': 'SSO' })['kept']).toBe('SSO');
  });

  it('is left alone where it tells of no rows, or of a kind that has none', () => {
    const form = { 'people.0.name': 'Ann', people: 'x' };
    expect(rowsAsText(form)).toBe(form);
    expect(rowsAsText({ ...form, 'rows:people': 'no-such', 'rows:x': 'text' })).toEqual(form);
  });

  it('keeps a question as it was typed, bars and all', () => {
    const form = { 'rows:gaps': 'gaps', 'gaps.0.question': 'A | B?', 'gaps.contract.scope': 'What is in?' };
    expect(rowsAsText(form)).toEqual({ gaps: 'A | B?', 'gaps.contract.scope': 'What is in?' });
    expect(cellsIn('A | B?', [{ name: 'question', label: '', needs: '', control: 'lines', max: 9 }])).toEqual([
      ['A | B?'],
    ]);
  });
});

describe('what is done to rows before they are sent', () => {
  const kindOf = (field: string) => (field === 'people' ? 'stakeholders' : undefined);
  const done = (button: string, text: string) => {
    const changed = arrange({ people: text, reason: 'because' }, button, kindOf);
    return changed && { text: changed.form['people'], ...changed.arranged };
  };

  it('adds one at the end', () => {
    expect(done(arrangeValue('add', 'people'), 'Ann\nBo')).toEqual({
      text: 'Ann\nBo\n|',
      field: 'people',
      row: 2,
      said: 'Person 3 added',
    });
    expect(done(arrangeValue('add', 'people'), 'none')?.text).toBe('|');
  });

  it('adds one even to a form whose only row is empty', () => {
    const sent = rowsAsText({ ...marked, 'people.0.name': '', [arrangeName]: arrangeValue('add', 'people') });
    expect(arrange(sent, arrangeValue('add', 'people'), kindOf)?.form['people']).toBe('|\n|');
  });

  it('takes one out, and goes on with the one that follows', () => {
    expect(done(arrangeValue('remove', 'people', 0), 'Ann\nBo')).toMatchObject({
      text: 'Bo',
      row: 0,
      said: 'Person 1 removed',
    });
    expect(done(arrangeValue('remove', 'people', 1), 'Ann\nBo')).toMatchObject({ text: 'Ann', row: 0 });
    expect(done(arrangeValue('remove', 'people', 0), 'Ann')).toEqual({
      text: '',
      field: 'people',
      said: 'Person 1 removed',
    });
  });

  it('moves one', () => {
    expect(done(arrangeValue('up', 'people', 1), 'Ann\nBo')).toMatchObject({
      text: 'Bo\nAnn',
      row: 0,
      said: 'Person 2 is person 1 now',
    });
    expect(done(arrangeValue('down', 'people', 0), 'Ann\nBo')).toMatchObject({ text: 'Bo\nAnn', row: 1 });
  });

  it.each([
    arrangeValue('up', 'people', 0),
    arrangeValue('down', 'people', 1),
    arrangeValue('remove', 'people', 7),
    arrangeValue('add', 'reason'),
    'drop 0 people',
    '',
  ])('is nothing for a button that there is not: %j', (button) => {
    expect(done(button, 'Ann\nBo')).toBeUndefined();
  });
});
