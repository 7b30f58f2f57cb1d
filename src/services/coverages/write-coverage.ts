import { AppError } from '../../base/error.ts';
import type { RunContext } from '../../db/database.ts';
import {
  encodeValues,
  sampleBytes,
  streamValues,
  type StreamedFormat,
  type StreamedValues,
  type ValueFormat,
} from '../../image/encode-values.ts';
import { coverageFacts, coverageWindows, readCoverage, type CoverageReading, type ReadTools } from './read-coverage.ts';

/** A file as it goes out: whole, or in pieces where it is large. */
export interface CoverageFile {
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  readonly headers: Readonly<Record<string, string>>;
  /** How parts of it are made without the rest. */
  readonly parts?: NonNullable<StreamedValues['parts']>;
}

/** Samples that are held and packed at once; stored cells beyond that go out as they are read. */
const HELD_BYTES = 64 * 1024 * 1024;
const STREAMED: readonly StreamedFormat[] = ['geotiff', 'asc', 'xyz'];

/**
 * A planned coverage as a file. What is large is streamed where its cells are the stored ones and the format allows.
 * @throws AppError CONTENT_TOO_LARGE, INVALID_PARAMETER where the format cannot hold the numbers
 */
export async function writeCoverage(
  tools: ReadTools,
  reading: CoverageReading,
  format: ValueFormat,
  context: RunContext,
): Promise<CoverageFile> {
  checkTimes(reading, format);
  const facts = await coverageFacts(tools, reading, context);
  const streamed = STREAMED.find((name) => name === format);
  const isLarge = sampleBytes(facts) > HELD_BYTES || facts.width * facts.height > tools.rasters.limits.maxPixels;
  if (streamed !== undefined && reading.plan.isNative && isLarge) {
    const { pieces, parts, extension } = streamValues(facts, streamed, (size, part) =>
      coverageWindows(tools, { ...reading, size, part }, context),
    );
    const headers = download(reading, extension);
    if (parts === undefined) return { content: pieces, headers };
    return { content: pieces, parts, headers: { ...headers, 'Content-Length': String(parts.length) } };
  }
  const { bytes, headers, extension } = await encodeValues(await readCoverage(tools, reading, context), format);
  return { content: bytes, headers: { ...headers, ...download(reading, extension) } };
}

/** A picture and a grid of text have no place for several times. @throws AppError INVALID_PARAMETER */
function checkTimes({ plan: { times = [] } }: CoverageReading, format: ValueFormat): void {
  if (times.length < 2 || (format !== 'png' && format !== 'asc')) return;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Cannot write ${times.length} times as ${format}, which holds one: expected one instant in datetime, pixel_selection=first for the newest of each pixel, or a format that holds them all: geotiff, coveragejson, npy`,
  });
}

/** RFC 6266: a name that every file system takes, and the true one beside it. */
function download({ collection }: CoverageReading, extension: string): Readonly<Record<string, string>> {
  const name = collection.id.replaceAll(/[^\w.-]+/g, '_');
  const exact = encodeURIComponent(collection.id).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const both = name === collection.id ? '' : `; filename*=UTF-8''${exact}.${extension}`;
  return { 'Content-Disposition': `attachment; filename="${name}.${extension}"${both}` };
}
