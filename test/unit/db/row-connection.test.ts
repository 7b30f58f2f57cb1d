import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowConnection } from '../../../src/db/row-connection.ts';

function message(code: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5, code);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** `D` with a body, or CommandComplete, which pg's parser must still see. */
function encode(messages: readonly { readonly row: Uint8Array | undefined }[]): Buffer {
  return Buffer.concat(
    messages.map(({ row }, i) => (row === undefined ? message('C', Buffer.from(`SELECT ${i}\0`)) : message('D', Buffer.from(row)))),
  );
}

function read(stream: Buffer, cuts: readonly number[], withSink = true): readonly string[] {
  const source = new EventEmitter();
  const connection = new RowConnection({ stream: () => new PassThrough() });
  const seen: string[] = [];
  connection.attachListeners(source);
  connection.on('commandComplete', ({ text }: { readonly text: string }) => seen.push(text));
  connection.on('dataRow', () => seen.push('pg'));
  if (withSink) connection.sink = (body) => seen.push(body.toString('hex'));
  const places = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].toSorted((a, b) => a - b);
  [...places, stream.length].reduce((from, to) => {
    if (to > from) source.emit('data', stream.subarray(from, to));
    return to;
  }, 0);
  return seen;
}

const messages = fc.array(fc.record({ row: fc.option(fc.uint8Array({ minLength: 2, maxLength: 40 }), { nil: undefined }) }), {
  maxLength: 12,
});

test('however the stream is cut, rows and other messages arrive whole and in order', () => {
  fc.assert(
    fc.property(messages, fc.array(fc.nat(), { maxLength: 30 }), (sent, cuts) => {
      const expected = sent.map(({ row }, i) => (row === undefined ? `SELECT ${i}` : Buffer.from(row).toString('hex')));
      expect(read(encode(sent), cuts)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('a stream that comes byte by byte is the same', () => {
  const sent = [{ row: undefined }, { row: new Uint8Array([0, 0]) }, { row: new Uint8Array(300).fill(7) }, { row: undefined }];
  const stream = encode(sent);
  expect(
    read(
      stream,
      Array.from({ length: stream.length }, (_, i) => i),
    ),
  ).toEqual(['SELECT 0', '0000', '07'.repeat(300), 'SELECT 3']);
});

test('without a sink pg sees the rows', () => {
  expect(read(message('D', Buffer.from([0, 0])), [], false)).toEqual(['pg']);
});
