import { isIP } from 'node:net';

/** How a setting is written, whoever writes it: one description for validation, documentation and JSON Schema. */
export interface ValueType<T> {
  /** Completes "expected …": `an integer from 0 to 65535`. */
  readonly words: string;
  /** The same for the configuration file, as JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** True when a flag of this type stands without a value. */
  readonly isSwitch?: boolean;
  /** The value, or undefined when the text is not of this type. */
  parse(text: string): T | undefined;
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, '': 1, min: 60, m: 60, h: 3600, d: 86_400 };
const BYTES: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

/** A whole number within `[minimum, maximum]`. */
export function integer(minimum: number, maximum: number): ValueType<number> {
  return {
    words: `an integer from ${minimum} to ${maximum}`,
    schema: { type: 'integer', minimum, maximum },
    parse: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text), minimum, maximum) : undefined),
  };
}

/** A time: seconds when it is a bare number, else `500ms`, `10s`, `5min`, `1h`, `1d`. Bounds in seconds, ends included. */
export function duration(unit: 's' | 'ms', minimum: number, maximum: number): ValueType<number> {
  return {
    words: `seconds, or a time such as 500ms, 30s, 10min or 1h, from ${minimum} s to ${maximum} s`,
    schema: { type: ['integer', 'string'], pattern: '^\\d+(\\.\\d+)?(ms|s|min|m|h|d)?$' },
    parse(text) {
      const seconds = within(quantity(text, SECONDS), minimum, maximum);
      if (seconds === undefined) return undefined;
      return unit === 's' ? Math.round(seconds) : Math.round(seconds * 1000);
    },
  };
}

/** A number of bytes: bare, or with `kB`, `MB`, `GB` (powers of 1024). */
export function size(maximum: number): ValueType<number> {
  return {
    words: 'a number of bytes, or a size such as 64MB or 1GB',
    schema: { type: ['integer', 'string'], pattern: '^\\d+(\\.\\d+)?([kMG]?B)?$' },
    parse(text) {
      const bytes = within(quantity(text, BYTES), 0, maximum);
      return bytes === undefined ? undefined : Math.round(bytes);
    },
  };
}

/** On or off. */
export function toggle(): ValueType<boolean> {
  const words = new Map([
    ['true', true],
    ['1', true],
    ['on', true],
    ['yes', true],
    ['false', false],
    ['0', false],
    ['off', false],
    ['no', false],
  ]);
  return {
    words: 'true or false',
    schema: { type: 'boolean' },
    isSwitch: true,
    parse: (text) => words.get(text.toLowerCase()),
  };
}

/** One of a few words. */
export function choice<T extends string>(...values: readonly T[]): ValueType<T> {
  return {
    words: `one of ${values.join(', ')}`,
    schema: { type: 'string', enum: values },
    parse: (text) => values.find((value) => value === text),
  };
}

/** Any text that is not empty. */
export function text(words: string): ValueType<string> {
  return { words, schema: { type: 'string', minLength: 1 }, parse: (raw) => (raw === '' ? undefined : raw) };
}

/** An address such as `maps@example.org`. */
export function emailAddress(): ValueType<string> {
  return {
    words: 'an email address',
    schema: { type: 'string', format: 'email' },
    parse: (raw) => (/^[^\s@<>"(),:;]{1,64}@[^\s@<>"(),:;.][^\s@<>"(),:;]{0,250}$/.test(raw) ? raw : undefined),
  };
}

/** An absolute http(s) URL without query and fragment; the slash at its end is dropped. */
export function httpUrl(): ValueType<string> {
  return {
    words: 'an absolute http or https URL without query',
    schema: { type: 'string', format: 'uri', pattern: '^https?://' },
    parse(raw) {
      if (!/^https?:\/\/[^\s?#@]+$/.test(raw) || !URL.canParse(raw)) return undefined;
      return new URL(raw).href.replace(/\/+$/, '');
    },
  };
}

/** Comma-separated values (in the file: a list). */
export function list(words: string, accepts: (item: string) => boolean = () => true): ValueType<readonly string[]> {
  return {
    words: `a comma-separated list of ${words}`,
    schema: { type: 'array', items: { type: 'string' } },
    parse(raw) {
      const items = raw
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
      return items.every(accepts) ? Object.freeze(items) : undefined;
    },
  };
}

/** True for an IP address or a CIDR block. */
export function isAddressBlock(raw: string): boolean {
  const [address = '', bits, more] = raw.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function quantity(raw: string, units: Readonly<Record<string, number>>): number {
  const [, digits = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)\s?([a-z]*)$/i.exec(raw) ?? [];
  const factor = units[unit.toLowerCase()];
  return digits === '' || factor === undefined ? Number.NaN : Number(digits) * factor;
}

function within(value: number, minimum: number, maximum: number): number | undefined {
  return value >= minimum && value <= maximum ? value : undefined;
}
