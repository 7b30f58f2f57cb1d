import type { Band } from '../catalog/collection.ts';
import { element as h, type Attributes, type Child, type Element } from '../markup/element.ts';

/** A text field named as a parameter, and the place of the server's objection to it. */
export function textField(label: string, name: string, placeholder: string): Element {
  const id = `look-${name}`;
  return h(
    'div',
    {},
    h('label', { class: 'look-label', for: id }, label),
    h('input', { id, name, placeholder, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' }),
    h('p', { class: 'fault', 'data-fault': name, role: 'alert', hidden: true }),
  );
}

/** A list to choose from: values and what they are called. The attributes need an id. */
export function choice(
  label: string,
  attributes: Attributes & { readonly id: string },
  options: readonly (readonly [value: string, text: string])[],
): Element {
  return h(
    'div',
    { class: 'line' },
    h('label', { class: 'look-label', for: attributes.id }, label),
    h(
      'select',
      attributes,
      options.map(([value, text]) => h('option', { value }, text)),
    ),
  );
}

/** A sentence under a field. */
export function hint(...text: readonly Child[]): Element {
  return h('p', { class: 'quiet' }, text);
}

/** One of the bands, by name; its value is what `bidx` wants. */
export function bandField(label: string, bands: readonly Band[], chosen: number): Element {
  const id = `look-${label.toLowerCase()}`;
  return h(
    'div',
    { class: 'line' },
    h('label', { class: 'look-label', for: id }, label),
    h(
      'select',
      { id, name: 'bidx', disabled: true },
      bands.map((band, n) => h('option', { value: n + 1, selected: n === chosen }, bandLabel(band))),
    ),
  );
}

/** `Near infrared (b4), W/m²`. */
function bandLabel({ name, title, unit }: Pick<Band, 'name' | 'title' | 'unit'>): string {
  const label = title === undefined ? name : `${title} (${name})`;
  return unit === undefined ? label : `${label}, ${unit}`;
}

/** A parameter of an algorithm as its JSON Schema describes it. */
export function algorithmField(
  algorithm: string,
  { name, schema }: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> },
): Element {
  const id = `${algorithm}-${name}`;
  const about = typeof schema['description'] === 'string' ? schema['description'] : undefined;
  return h(
    'div',
    {},
    h('div', { class: 'line' }, h('label', { class: 'look-label', for: id }, sentence(name)), control(id, name, schema)),
    about !== undefined && h('p', { class: 'quiet', id: `${id}-about` }, about),
  );
}

function control(id: string, name: string, schema: Readonly<Record<string, unknown>>): Element {
  const shared = { id, 'data-parameter': name, 'aria-describedby': `${id}-about` };
  const standard = schema['default'];
  const values = schema['enum'];
  if (Array.isArray(values)) {
    return h(
      'select',
      shared,
      values.map((value) => h('option', { value: JSON.stringify(value), selected: value === standard }, String(value))),
    );
  }
  const { type, minimum, maximum } = schema;
  if (type !== 'number' && type !== 'integer') {
    const placeholder = type === 'array' ? '[[0, "#2166ac"], [1000, "#b2182b"]]' : standard;
    return h('input', {
      ...shared,
      'data-type': typeof type === 'string' ? type : undefined,
      autocomplete: 'off',
      placeholder: typeof placeholder === 'string' ? placeholder : undefined,
    });
  }
  return h('input', {
    ...shared,
    type: 'number',
    step: type === 'integer' ? 1 : 'any',
    min: typeof minimum === 'number' ? minimum : undefined,
    max: typeof maximum === 'number' ? maximum : undefined,
    placeholder: typeof standard === 'number' ? String(standard) : undefined,
  });
}

/** `angle_altitude` → `Angle altitude`. */
function sentence(name: string): string {
  const words = name.replaceAll(/[_-]+/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
