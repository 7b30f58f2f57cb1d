import { compile, join, literal, sql } from '../base/sql.ts';
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
};

/** What a transaction is told besides. */
export interface TransactionLimits {
  readonly statementMs: number;
  readonly idleMs: number;
  /** True: prepared statements keep one plan for all values. False: the plan for this box of this tile, as a plan for any box knows not whether its index pays. */
  readonly keepPlans?: boolean;
}

/** Texts by session facts: building one anew for every statement took a sixth of the client's part of a small tile. */
const texts = new WeakMap<SessionFacts, string>();

/** The statement that sets all of them, both time limits and how plans are made; one for all sessions with the same facts. */
export function settingsStep(facts: SessionFacts, limits: TransactionLimits): SessionStep {
  const text = texts.get(facts) ?? settingsText(facts);
  texts.set(facts, text);
  const plans = limits.keepPlans === true ? 'force_generic_plan' : 'force_custom_plan';
  return { text, values: [String(limits.statementMs), String(limits.idleMs), plans], formats: [], wanted: false, keep: true };
}

function settingsText(facts: SessionFacts): string {
  const missing = facts['missing_schemas'] ?? '';
  const path = [facts['search_path'] ?? '', missing].filter((part) => part !== '').join(', ');
  const pairs = Object.entries(missing === '' ? SETTINGS : { ...SETTINGS, search_path: path });
  const calls = pairs.map(([name, value]) => sql`pg_catalog.set_config(${literal(name)}, ${literal(value)}, true)`);
  return compile(select(calls)).text;
}

function select(calls: readonly Sql[]): Sql {
  const varying = ['statement_timeout', 'idle_in_transaction_session_timeout', 'plan_cache_mode'];
  return sql`select ${join([...varying.map((name) => sql`pg_catalog.set_config(${literal(name)}, ${''}, true)`), ...calls])}`;
}
