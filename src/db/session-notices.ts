import type { Session, SessionFacts } from './session.ts';

/** What the operator should know of the way in which the database was reached; told once, at the start. */
export function noticesFor(session: Session): readonly string[] {
  return [roleNotice(session.facts), session.pooled ? POOLER_NOTICE : undefined].filter((notice) => notice !== undefined);
}

const POOLER_NOTICE =
  'The database is behind a pooler in transaction mode: reading works, but statements are neither prepared nor cancelled, and changes of the catalogue are seen at the next refresh, not on NOTIFY.';

/** A role that may do more than read works, because everything is read-only, but need not be trusted that far. */
function roleNotice(facts: SessionFacts): string | undefined {
  const powers = [
    facts['superuser'] === 't' ? 'is a superuser' : undefined,
    facts['bypasses_rls'] === 't' && facts['superuser'] !== 't' ? 'bypasses row-level security' : undefined,
    facts['owns_relations'] === 't' ? 'owns tables' : undefined,
  ].filter((power) => power !== undefined);
  if (powers.length === 0) return undefined;
  return [
    `The database role "${facts['role']}" ${powers.join(' and ')}. Reading works, and everything is read-only; a role that can only read is safer:`,
    "create role graticule_reader login password '…';",
    'grant usage on schema public to graticule_reader;',
    'grant select on all tables in schema public to graticule_reader;',
  ].join('\n  ');
}
