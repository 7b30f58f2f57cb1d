import type { Collection, Property } from '../../catalog/collection.ts';
import type { Parameter } from '../../http/parameter.ts';
import type { PropertyValue } from '../../services/features/feature-query.ts';
import { checkPropertyValue } from '../../services/features/property-value.ts';

/** A parsed property parameter; the class tells it from other blocks' parameters without trusting its shape. */
class Equality {
  readonly condition: PropertyValue;
  constructor(condition: PropertyValue) {
    this.condition = condition;
  }
}

const perCollection = new WeakMap<Collection, readonly Parameter<unknown>[]>();

/** One query parameter per property: features whose property equals the value (OGC 17-069r4 §7.15.5). */
export function propertyParameters(collection: Collection): readonly Parameter<unknown>[] {
  const known = perCollection.get(collection);
  if (known !== undefined) return known;
  const made = (collection.properties ?? []).map(propertyParameter);
  perCollection.set(collection, made);
  return made;
}

/** The property conditions among a request's further parameters. */
export function equalities(further: ReadonlyMap<string, unknown>): readonly PropertyValue[] {
  return [...further.values()].flatMap((value) => (value instanceof Equality ? [value.condition] : []));
}

function propertyParameter(property: Property): Parameter<unknown> {
  return {
    name: property.name,
    in: 'query',
    doc: `Only features whose ${property.name} equals this.`,
    schema: parameterSchema(property),
    parse(raw) {
      if (raw === undefined) return undefined;
      checkPropertyValue(property, raw);
      return new Equality({ property, value: raw });
    },
  };
}

/** Arrays and objects are compared as text; OpenAPI is told so. */
function parameterSchema(property: Property): Parameter<unknown>['schema'] {
  const scalar = ['string', 'integer', 'number', 'boolean'].includes(property.jsonType) ? property.jsonType : 'string';
  return {
    type: scalar,
    ...(property.format === undefined || (scalar === 'string' && property.jsonType !== 'string') ? {} : { format: property.format }),
    ...(property.enum === undefined ? {} : { enum: property.enum }),
  };
}
