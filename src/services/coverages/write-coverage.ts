import { attachment } from '../../base/content-disposition.ts';
import { AppError } from '../../base/error.ts';
import { sparingMemory } from '../../base/heap-growth.ts';
import type { RunContext } from '../../db/database.ts';
import { sampleBytes, streamValues, type StreamedFormat, type StreamedValues, type ValueFormat } from '../../image/encode-values.ts';
import type { GeoTiffOptions } from '../../image/geotiff/write-geotiff.ts';
import { overviewMethod } from '../rasters/overview-method.ts';
import { writeText } from '../rasters/write-text.ts';
import { coverageFacts, coverageWindows, readCoverage, type CoverageReading, type ReadTools } from './read-coverage.ts';
import { steadyStream } from './steady-stream.ts';

/** A file as it goes out: whole, or in pieces where it is large. */
export interface CoverageFile {
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  readonly headers: Readonly<Record<string, string>>;
  /** Names the bytes of a file in pieces. */
  readonly tag?: string | undefined;
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
  checkAxes(reading, format);
  const facts = await coverageFacts(tools, reading, context);
  const streamed = STREAMED.find((name) => name === format);
  const { tiff = {}, collection, plan } = reading;
  const isLarge = sampleBytes(facts) > HELD_BYTES || facts.width * facts.height > tools.rasters.limits.maxPixels;
  if (streamed !== undefined && plan.isNative && isLarge && (streamed !== 'geotiff' || isPlain(tiff))) {
    const stream = streamValues(facts, streamed, (size, part) => coverageWindows(tools, { ...reading, size, part }, context), {
      tiff,
      write: (piece) => tools.rasters.piece(piece, context.signal),
    });
    const { pieces: made, parts, tag } = await steadyStream(tools.rasters, { reading, facts, streamed: stream }, context);
    const pieces = sparingMemory(made);
    const headers = { 'Content-Disposition': attachment(collection.id, stream.extension) };
    if (parts === undefined) return { content: pieces, tag, headers };
    return { content: pieces, parts, tag, headers: { ...headers, 'Content-Length': String(parts.length) } };
  }
  const image = await readCoverage(tools, reading, context);
  if (format === 'asc' || format === 'xyz') {
    const { content, extension } = await writeText(tools.rasters, image, format, context);
    return { content, headers: { 'Content-Disposition': attachment(collection.id, extension) } };
  }
  const overviewResampling =
    format === 'cog' || (tiff.overviews ?? 0) > 0
      ? await overviewMethod(tools.rasters, { collection, bands: plan.bands, resampling: reading.resampling }, context)
      : undefined;
  const wish = { format, options: { tiff: { ...tiff, overviewResampling } } };
  const { bytes, headers, extension } = await tools.rasters.file(image, wish, context.signal);
  return { content: bytes, headers: { ...headers, 'Content-Disposition': attachment(collection.id, extension) } };
}

/** A picture and a grid of text have no place for further axes. @throws AppError INVALID_PARAMETER */
function checkAxes({ plan: { axes } }: CoverageReading, format: ValueFormat): void {
  const long = axes.find(({ positions }) => positions.length > 1);
  if (long === undefined || (format !== 'png' && format !== 'asc')) return;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Cannot write ${long.positions.length} positions along ${long.name} as ${format}, which holds one: expected one value, pixel_selection=first for the newest of each pixel, or a format that holds them all: geotiff, coveragejson, npy`,
  });
}

/** True for files whose places are known beforehand: what is packed, or shrunk to overviews, has to be made first. */
function isPlain({ compression = 'none', predictor = 'none', overviews = 0 }: GeoTiffOptions): boolean {
  return compression === 'none' && predictor === 'none' && overviews === 0;
}
