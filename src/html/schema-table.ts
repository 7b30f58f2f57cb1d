import { element as h, type Child, type Element } from '../markup/element.ts';
import type { PropertySchema, SchemaDocument } from '../model/common.ts';
import { scrollTable } from './table.ts';

/** The properties of a schema as rows: name, type, unit, what it is. */
export function schemaTable(schema: SchemaDocument): Element {
  const rows = Object.entries(schema.properties).map(([name, property]) => [
    h('code', {}, name),
    [typeText(property), schema.required?.includes(name) === true && h('span', { class: 'chip' }, 'always there')],
    roleText(property),
    description(property),
  ]);
  return scrollTable('Properties', ['Name', 'Type', 'Role', 'About'], rows);
}

function typeText(property: PropertySchema): string {
  const { type, format } = property;
  if (type === undefined) return format?.replace(/^geometry-/, '') ?? 'any';
  const name = typeof type === 'string' ? type : type.join(' or ');
  return format === undefined ? name : `${name} (${format})`;
}

function roleText(property: PropertySchema): Child {
  const role = property['x-ogc-role'];
  return role === undefined ? undefined : h('span', { class: 'chip' }, role.replaceAll('-', ' '));
}

function description(property: PropertySchema): Child {
  const unit = property['x-ogc-unit'];
  const parts = [property.title, property.description, unit === undefined ? undefined : `Unit: ${unit}`];
  const text = parts.filter((part) => part !== undefined).join(' · ');
  const values = property.enum?.map(String).join(', ');
  return [text, values !== undefined && h('span', { class: 'quiet' }, ` One of: ${values}`)];
}
