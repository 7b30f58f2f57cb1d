import type { SessionFacts } from './session.ts';

/** What to tell the operator of a role that may do more than read, with the SQL for one that may not; undefined when all is well. */
export function noticeFor(facts: SessionFacts): string | undefined {
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
