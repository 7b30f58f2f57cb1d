import assert from 'node:assert/strict';
import { type JsonObject, numberOf, objectOf } from '../json.ts';

/** `bbox`: an array of 4 to 6 numbers said directly on the schema; form style, not exploded (/req/core/fc-bbox-definition). */
export function bboxDefinition(parameter: JsonObject | undefined): void {
  const schema = formParameter(parameter, 'bbox');
  assert.equal(schema['type'], 'array', 'type of bbox');
  assert.equal(schema['minItems'], 4, 'minItems of bbox');
  assert.equal(schema['maxItems'], 6, 'maxItems of bbox');
  assert.equal(objectOf(schema['items'], 'items of bbox')['type'], 'number', 'type of the items of bbox');
}

/** `limit`: an integer with a minimum, a maximum and a default (/req/core/fc-limit-definition). */
export function limitDefinition(parameter: JsonObject | undefined): void {
  const schema = formParameter(parameter, 'limit');
  assert.equal(schema['type'], 'integer', 'type of limit');
  const minimum = numberOf(schema['minimum'], 'minimum of limit');
  const standard = numberOf(schema['default'], 'default of limit');
  assert.ok(minimum >= 0 && standard >= minimum, 'minimum and default of limit');
}

/** `datetime`: a string; on every items path, also of collections without time (/req/core/fc-time-definition). */
export function datetimeDefinition(parameter: JsonObject | undefined): void {
  assert.equal(formParameter(parameter, 'datetime')['type'], 'string', 'type of datetime');
}

/** What all three have in common; style and explode must be written out, the suite takes no defaults. */
function formParameter(parameter: JsonObject | undefined, name: string): JsonObject {
  assert.ok(parameter !== undefined, `parameter ${name} is missing`);
  assert.equal(parameter['in'], 'query', `in of ${name}`);
  assert.notEqual(parameter['required'], true, `required of ${name}`);
  assert.equal(parameter['style'], 'form', `style of ${name}`);
  assert.equal(parameter['explode'], false, `explode of ${name}`);
  return objectOf(parameter['schema'], `schema of ${name}`);
}
