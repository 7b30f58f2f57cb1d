/** Lists of more entries than this hold numbers, not memory. */
const MOST_ENTRIES = 10_000;
/** Less is copied as quickly, and may be a constant that others look at. */
const LEAST_BYTES = 4096;

/**
 * The memory under plain data (typed arrays in records and lists, however deep), for the thread that takes it over
 * without a copy: whole buffers only, for a part of one would take along what others look at. Shared memory needs no
 * handing over.
 */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength >= LEAST_BYTES) found.add(buffer);
    return;
  }
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (parts.length <= MOST_ENTRIES) for (const part of parts) collect(part, found);
}
