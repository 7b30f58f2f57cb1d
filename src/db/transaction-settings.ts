import { compile, literal, sql } from '../base/sql.ts';
import type { Sql } from '../base/sql.ts';
import type { SessionFacts, SessionStep } from './session.ts';

/**
 * What every transaction sets for itself, and leaves nothing of: a pooler may lend the server's process to somebody else
 * after it. The texts of values (dates, numbers, bytea, intervals) depend on these.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  transaction_read_only: 'on',
  jit: 'off',
  // Requests are what runs in parallel. Workers for one statement cost more than they bring: cities' tiles at z4–z6 took
  // 299, 195 and 113 ms with them and 36, 31 and 23 ms without.
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  datestyle: 'ISO, MDY',
  intervalstyle: 'iso_8601',
  extra_float_digits: '1',
  bytea_output: 'hex',
  client_encoding: 'UTF8',
  lock_timeout: '2s',
  // The plan for this box of this tile: a plan for any box knows neither whether its index pays nor whether workers do.
  plan_cache_mode: 'force_custom_plan',
};

/** Texts by session facts: building one anew for every statement took a sixth of the client's part of a small tile. */
const texts = new WeakMap<SessionFacts, string>();

/** The statement that sets all of them and both time limits; one for all sessions with the same facts. */
export function settingsStep(facts: SessionFacts, limits: { readonly statementMs: number; readonly idleMs: number }): SessionStep {
  const text = texts.get(facts) ?? settingsText(facts);
  texts.set(facts, text);
  return { text, values: [String(limits.statementMs), String(limits.idleMs)], formats: [], wanted: false, keep: true };
}

function settingsText(facts: SessionFacts): string {
  const missing = facts['missing_schemas'] ?? '';
  const path = [facts['search_path'] ?? '', missing].filter((part) => part !== '').join(', ');
  const pairs = Object.entries(missing === '' ? SETTINGS : { ...SETTINGS, search_path: path });
  const calls = pairs.map(([name, value]) => sql`pg_catalog.set_config(${literal(name)}, ${literal(value)}, true)`);
  return compile(select(calls)).text;
}

function select(calls: readonly Sql[]): Sql {
  const limits = sql`pg_catalog.set_config('statement_timeout', ${''}, true), pg_catalog.set_config('idle_in_transaction_session_timeout', ${''}, true)`;
  return calls.reduce((all, call) => sql`${all}, ${call}`, sql`select ${limits}`);
}
