import { classesMember } from './class-comment.ts';
import type { BandClass } from './collection.ts';
import type { LayerKind } from '../raster/layer-kind.ts';
import { isObject, wrongType, type Members, type Problems } from './comment-members.ts';

/** Keys of the JSON that a comment on a table or column may hold. */
const KEYS = ['title', 'description', 'keywords', 'attribution', 'datetime', 'start', 'end', 'unit', 'id', 'hidden', 'bands'] as const;

/** Keys of one entry of `bands`. */
const BAND_KEYS = ['name', 'title', 'unit', 'scale', 'offset', 'nodata', 'kind', 'classes'] as const;
const KINDS: readonly LayerKind[] = ['continuous', 'categorical', 'mask', 'rank-ordered'];

/** What a comment says about one band; the members are checked, unknown ones dropped. */
export interface BandComment {
  readonly name: string | undefined;
  readonly title: string | undefined;
  readonly unit: string | undefined;
  readonly nodata: number | undefined;
  readonly scale: number | undefined;
  readonly offset: number | undefined;
  readonly kind: LayerKind | undefined;
  readonly classes: readonly BandClass[];
}

/** What a comment says, once its JSON (or its plain text) is read. */
export interface Comment {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly keywords: readonly string[];
  readonly attribution: string | undefined;
  readonly datetime: string | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly unit: string | undefined;
  /** Columns that make the key of a view. */
  readonly id: readonly string[];
  readonly hidden: boolean;
  readonly bands: readonly BandComment[];
  /** What could not be used, each as a code and a sentence. */
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

const NO_COMMENT: Comment = Object.freeze(commentOf({}, [], undefined));

/** Keys that name columns; in a column's own comment they may be `true`, which means that column. */
const COLUMN_KEYS = ['id', 'datetime', 'start', 'end'] as const;

/**
 * Reads a comment: a JSON object with the keys above, or plain text, which is the description. `column` is the name of
 * the column that it stands on.
 */
export function parseComment(text: string | undefined, column?: string): Comment {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return NO_COMMENT;
  if (!trimmed.startsWith('{')) return commentOf({}, [], trimmed);
  const problems: Problems = [];
  const members = parseObject(trimmed);
  if (members === undefined) {
    problems.push({
      code: 'comment-not-json',
      message: 'The comment begins with "{" but is not a JSON object: it is used as plain description',
    });
    return commentOf({}, problems, trimmed);
  }
  unknownKeys(members, KEYS, '', problems);
  return commentOf(column === undefined ? members : withOwnName(members, column), problems, undefined);
}

function withOwnName(members: Members, column: string): Members {
  const own = COLUMN_KEYS.filter((key) => members[key] === true).map((key) => [key, column] as const);
  return { ...members, ...Object.fromEntries(own) };
}

function commentOf(members: Members, problems: Problems, plain: string | undefined): Comment {
  const string = (key: string): string | undefined => stringMember(members, key, problems);
  return {
    title: string('title'),
    description: plain ?? string('description'),
    keywords: stringsMember(members, 'keywords', problems),
    attribution: string('attribution'),
    datetime: string('datetime'),
    start: string('start'),
    end: string('end'),
    unit: string('unit'),
    id: stringsMember(members, 'id', problems),
    hidden: hiddenMember(members, problems),
    bands: bandsMember(members, problems),
    problems,
  };
}

function bandsMember(members: Members, problems: Problems): readonly BandComment[] {
  const value = members['bands'];
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    wrongType('bands', 'an array of objects', problems);
    return [];
  }
  return value.map((entry: unknown, index) => {
    const band = isObject(entry) ? entry : {};
    if (!isObject(entry)) wrongType(`bands[${index}]`, 'an object', problems);
    unknownKeys(band, BAND_KEYS, `bands[${index}].`, problems);
    return {
      name: stringMember(band, 'name', problems),
      title: stringMember(band, 'title', problems),
      unit: stringMember(band, 'unit', problems),
      nodata: numberMember(band, 'nodata', problems),
      scale: numberMember(band, 'scale', problems),
      offset: numberMember(band, 'offset', problems),
      kind: kindMember(band, problems),
      classes: classesMember(band['classes'], `bands[${index}].classes`, problems),
    };
  });
}

function kindMember(members: Members, problems: Problems): LayerKind | undefined {
  const value = members['kind'];
  if (value === undefined || value === null) return undefined;
  const kind = KINDS.find((known) => known === value);
  if (kind === undefined) wrongType('kind', KINDS.join(', '), problems);
  return kind;
}

function hiddenMember(members: Members, problems: Problems): boolean {
  const value = members['hidden'];
  if (value !== undefined && typeof value !== 'boolean') wrongType('hidden', 'true or false', problems);
  return value === true;
}

function numberMember(members: Members, key: string, problems: Problems): number | undefined {
  const value = members[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  // JSON has no NaN, which is the nodata value of many a band.
  if (key === 'nodata' && typeof value === 'string' && value.toLowerCase() === 'nan') return Number.NaN;
  wrongType(key, 'a number', problems);
  return undefined;
}

function stringMember(members: Members, key: string, problems: Problems): string | undefined {
  const value = members[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  wrongType(key, 'a string', problems);
  return undefined;
}

function stringsMember(members: Members, key: string, problems: Problems): readonly string[] {
  const value = members[key];
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.map(String);
  wrongType(key, 'a string or an array of strings', problems);
  return [];
}

function unknownKeys(members: Members, known: readonly string[], prefix: string, problems: Problems): void {
  for (const key of Object.keys(members).filter((name) => !known.includes(name))) {
    problems.push({
      code: 'unknown-comment-key',
      message: `The comment has the unknown key "${prefix}${key}": known keys are ${known.join(', ')}`,
    });
  }
}

function parseObject(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
