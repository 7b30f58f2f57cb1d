import { schemas, type SchemaName } from '../../../src/model/schemas.ts';

/** True for the names of our own schemas. */
export function isSchemaName(name: string): name is SchemaName {
  return Object.hasOwn(schemas, name);
}
