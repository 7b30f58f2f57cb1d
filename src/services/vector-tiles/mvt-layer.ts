/** A part of a tile's bytes, half-open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A feature as it lies in an encoded layer. */
export interface MvtFeature {
  /** The whole message without its tag and length. */
  readonly span: Span;
  /** Packed pairs of key and value indexes. */
  readonly tags: Span;
  readonly geometry: Span;
  /** `Point` 1, `LineString` 2, `Polygon` 3. */
  readonly type: number;
  readonly id: number;
}

/** An encoded layer taken apart without decoding its values (Vector Tile Specification 2.1 §4.1). */
export interface MvtLayer {
  readonly features: readonly MvtFeature[];
  readonly values: readonly Span[];
  /** Everything else with its tags: name, version, extent, keys. */
  readonly others: readonly Span[];
}

/** A reader of protobuf fields over bytes; `pos` moves. */
export interface Reader {
  readonly bytes: Uint8Array;
  pos: number;
}

/** One unsigned varint, up to 2^53 - 1 exactly. */
export function readVarint(reader: Reader): number {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = reader.bytes[reader.pos++] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 128;
  }
}

/** The layers of a tile. */
export function readLayers(bytes: Uint8Array): readonly MvtLayer[] {
  return fields(bytes, { start: 0, end: bytes.length }).flatMap(({ number, body }) => (number === 3 ? [readLayer(bytes, body)] : []));
}

interface Field {
  readonly number: number;
  /** With tag and length. */
  readonly whole: Span;
  /** Payload of a length-delimited field; empty for a varint. */
  readonly body: Span;
  readonly value: number;
}

function readLayer(bytes: Uint8Array, layer: Span): MvtLayer {
  const all = fields(bytes, layer);
  return {
    features: all.flatMap(({ number, body }) => (number === 2 ? [readFeature(bytes, body)] : [])),
    values: all.flatMap(({ number, body }) => (number === 4 ? [body] : [])),
    others: all.flatMap(({ number, whole }) => (number === 2 || number === 4 ? [] : [whole])),
  };
}

function readFeature(bytes: Uint8Array, span: Span): MvtFeature {
  const none = { start: span.end, end: span.end };
  let [tags, geometry, type, id]: [Span, Span, number, number] = [none, none, 0, 0];
  for (const { number, body, value } of fields(bytes, span)) {
    if (number === 1) id = value;
    if (number === 2) tags = body;
    if (number === 3) type = value;
    if (number === 4) geometry = body;
  }
  return { span, tags, geometry, type, id };
}

function fields(bytes: Uint8Array, { start, end }: Span): readonly Field[] {
  const reader = { bytes, pos: start };
  const found: Field[] = [];
  while (reader.pos < end) {
    const from = reader.pos;
    const tag = readVarint(reader);
    const value = readVarint(reader);
    const isBytes = tag % 8 === 2;
    const body = { start: reader.pos, end: isBytes ? reader.pos + value : reader.pos };
    reader.pos = body.end;
    found.push({ number: Math.floor(tag / 8), whole: { start: from, end: body.end }, body, value });
  }
  return found;
}
