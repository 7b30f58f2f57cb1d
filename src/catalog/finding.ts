import { compile, ident } from '../base/sql.ts';
import type { Finding } from './catalog.ts';
import { qualifiedName } from './collection-id.ts';

/** What a finding is about. */
export interface Subject {
  readonly schema: string;
  readonly name: string;
}

type Rest = Pick<Finding, 'code' | 'message'> & { readonly column?: string | undefined; readonly remedy?: string | undefined };

/** Something that is not served. */
export function leftOut(subject: Subject, rest: Rest): Finding {
  return finding('left-out', subject, rest);
}

/** Something that is not served itself but says how others look. */
export function readFor(subject: Subject, rest: Rest): Finding {
  return finding('read', subject, rest);
}

/** Something that is served, but not as well as it could be. */
export function warning(subject: Subject, rest: Rest): Finding {
  return finding('warning', subject, rest);
}

/** An identifier, quoted, for the SQL of a remedy. */
export function quoted(parts: string | readonly string[]): string {
  return compile(ident(parts)).text;
}

/** A text literal for the SQL of a remedy. */
export function quotedText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function finding(level: Finding['level'], subject: Subject, { code, message, column, remedy }: Rest): Finding {
  return Object.freeze({
    level,
    relation: qualifiedName(subject),
    ...(column === undefined ? {} : { column }),
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
  });
}
