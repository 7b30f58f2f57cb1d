import { AppError } from '../../base/error.ts';
import type { Answer } from '../../http/answer.ts';
import type { Kvp } from '../../http/kvp.ts';
import { composePictures } from '../../image/compose.ts';
import { plainGround } from '../../image/ground.ts';
import { encodePictureFile } from '../../image/picture-file.ts';
import type { Rgb } from '../../image/picture.ts';
import { exceptionPicture } from './exception-picture.ts';
import { exceptionReport, exceptionStatus } from './exception-report.ts';
import { MAX_SIDE, readBackground, readTransparent } from './map-parameters.ts';
import { formatOrPng } from './picture-format.ts';
import { spokenVersion } from './wms-version.ts';

/** What a client of GetMap wants to get for an exception (OGC 06-042 §7.3.3.11; the longer names are those of 1.1.1). */
const PICTURED: ReadonlyMap<string, 'text' | 'blank'> = new Map([
  ['INIMAGE', 'text'],
  ['APPLICATION/VND.OGC.SE_INIMAGE', 'text'],
  ['BLANK', 'blank'],
  ['APPLICATION/VND.OGC.SE_BLANK', 'blank'],
]);

const NOWHERE = { grid: { originX: 0, originY: 0, scaleX: 1, scaleY: -1, skewX: 0, skewY: 0 }, crs: undefined };

/** Sides of a picture for a request that names none, or more than is drawn. */
const DEFAULT_SIDE = 256;

/** A failure as the client wants it: a report, or a picture of nothing. */
export async function refuseRequest(error: AppError, kvp: Kvp): Promise<Answer> {
  const pictured = PICTURED.get(lenient(() => kvp.get('EXCEPTIONS'), undefined)?.toUpperCase() ?? '');
  const isMap = /^(get)?map$/i.test(lenient(() => kvp.get('REQUEST'), undefined) ?? '');
  if (pictured !== undefined && isMap) return picture(kvp, pictured === 'text' ? error.detail : '');
  const { mediaType, text } = exceptionReport(error, spokenVersion(kvp));
  return {
    status: exceptionStatus(error),
    headers: { 'Content-Type': mediaType, 'Cache-Control': 'no-store', ...error.headers },
    body: Buffer.from(text),
  };
}

/** A picture of the requested format, size and background, with nothing on it but a text. */
async function picture(kvp: Kvp, text: string): Promise<Answer> {
  const { format, mediaType, transparent } = formatOrPng(lenient(() => kvp.get('FORMAT'), undefined));
  const background = lenient<Rgb>(() => readBackground(kvp), [255, 255, 255]);
  const seeThrough = transparent && lenient(() => readTransparent(kvp), false);
  const ground = seeThrough ? undefined : plainGround([...background, 255]);
  const canvas = { width: sideOf(kvp, 'WIDTH'), height: sideOf(kvp, 'HEIGHT'), ground };
  const drawn = text === '' ? composePictures([], canvas) : await exceptionPicture(text, canvas);
  const { bytes } = await encodePictureFile(drawn, format === 'tiff' ? NOWHERE : format);
  return { status: 200, headers: { 'Content-Type': mediaType, 'Cache-Control': 'no-store' }, body: bytes };
}

function sideOf(kvp: Kvp, name: string): number {
  const side = Number(lenient(() => kvp.get(name), undefined));
  return Number.isInteger(side) && side >= 1 && side <= MAX_SIDE ? side : DEFAULT_SIDE;
}

/** The value, or another where it is what the request is refused for. */
function lenient<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return otherwise;
    throw error;
  }
}
