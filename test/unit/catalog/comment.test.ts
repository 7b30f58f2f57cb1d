import { expect, test } from 'vitest';
import { parseComment } from '../../../src/catalog/comment.ts';

test('no comment and an empty one say nothing', () => {
  for (const text of [undefined, '', '  \n']) {
    expect(parseComment(text)).toMatchObject({ title: undefined, description: undefined, hidden: false, problems: [] });
  }
});

test('plain text is the description', () => {
  expect(parseComment(' Roads of {2026} ')).toMatchObject({ description: 'Roads of {2026}', problems: [] });
});

test('every known key is read', () => {
  const comment = parseComment(
    JSON.stringify({
      title: 't',
      description: 'd',
      keywords: ['a', 'b'],
      attribution: 'x',
      datetime: 'at',
      start: 's',
      end: 'e',
      unit: 'm',
      id: ['k', 'l'],
      hidden: true,
      bands: [{ name: 'red', title: 'Red', unit: 'nm', scale: 2, offset: 1, nodata: -1, classes: [] }, {}],
    }),
  );
  expect(comment).toEqual({
    title: 't',
    description: 'd',
    keywords: ['a', 'b'],
    attribution: 'x',
    datetime: 'at',
    start: 's',
    end: 'e',
    unit: 'm',
    id: ['k', 'l'],
    hidden: true,
    bands: [
      { name: 'red', title: 'Red', unit: 'nm', nodata: -1, scale: 2, offset: 1, classes: [] },
      { name: undefined, title: undefined, unit: undefined, nodata: undefined, scale: undefined, offset: undefined, classes: [] },
    ],
    problems: [],
  });
});

test('classes of a band are labels by value, or values and ranges with label and colour', () => {
  const classesOf = (classes: unknown) => parseComment(JSON.stringify({ bands: [{ classes }] }));
  expect(classesOf({ 1: 'Water', 2: 'Wood' }).bands[0]?.classes).toEqual([
    { min: 1, max: 1, label: 'Water', color: undefined },
    { min: 2, max: 2, label: 'Wood', color: undefined },
  ]);
  const listed = classesOf([
    { value: 3, title: 'Ice', color: '#e0f0ff' },
    { min: 10, max: 20 },
    { label: 'nothing' },
    { value: 4, color: 'red' },
  ]);
  expect(listed.bands[0]?.classes).toEqual([
    { min: 3, max: 3, label: 'Ice', color: '#e0f0ff' },
    { min: 10, max: 20, label: undefined, color: undefined },
    { min: 4, max: 4, label: undefined, color: undefined },
  ]);
  expect(listed.problems.map(({ message }) => message)).toEqual([
    'The comment\'s "bands[0].classes[2]" must be an object with a number "value", or with numbers "min" and "max": it is ignored',
    'The comment\'s "bands[0].classes[3].color" must be a colour such as "#1f6fb4": it is ignored',
  ]);
});

test('nodata may be NaN, which JSON has no number for', () => {
  expect(parseComment('{"bands": [{"nodata": "NaN"}]}').bands[0]?.nodata).toBeNaN();
});

test('one key column or keyword may stand without brackets', () => {
  expect(parseComment('{"id": "k", "keywords": "water"}')).toMatchObject({ id: ['k'], keywords: ['water'] });
});

test('in the comment of a column, true means that column', () => {
  expect(parseComment('{"id": true, "datetime": true}', 'day')).toMatchObject({ id: ['day'], datetime: 'day', problems: [] });
  expect(parseComment('{"id": true}').problems.map(({ code }) => code)).toEqual(['invalid-comment-value']);
});

test.each([
  ['{"titel": "x"}', 'unknown-comment-key'],
  ['{"__proto__": "x"}', 'unknown-comment-key'],
  ['{"title": 7}', 'invalid-comment-value'],
  ['{"hidden": "yes"}', 'invalid-comment-value'],
  ['{"keywords": [1]}', 'invalid-comment-value'],
  ['{"bands": {}}', 'invalid-comment-value'],
  ['{"bands": [7]}', 'invalid-comment-value'],
  ['{"bands": [{"colour": "red"}]}', 'unknown-comment-key'],
  ['{"title": ', 'comment-not-json'],
  ['{not json}', 'comment-not-json'],
])('%s is reported as %s', (text, code) => {
  expect(parseComment(text).problems.map((problem) => problem.code)).toEqual([code]);
});

test('JSON that is cut off is still shown as text', () => {
  expect(parseComment('{"title": ').description).toBe('{"title":');
});
