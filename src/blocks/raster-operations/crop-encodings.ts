import { MEDIA } from '../../base/media-type.ts';
import { never } from '../../base/never.ts';
import type { Body, Representation, RequestContext } from '../../http/route.ts';
import { writeCropPicture, writeCropText, writeCropValues, type Crop, type WrittenCrop } from '../../services/crops/write-crop.ts';
import { EXTENSIONS, type CropFormat } from './crop-file.ts';
import type { OperationParts } from './operation-parts.ts';

/** What is to be cut out, how it looks, and the format that a path names. */
export interface CropResult {
  readonly crop: Crop;
  readonly extension: CropFormat | undefined;
}

const FORMATS: readonly CropFormat[] = ['png', 'jpeg', 'webp', 'avif', 'geotiff', 'cog', 'npy', 'asc', 'xyz', 'raw'];

/** Crops as pictures (PNG by default) and as files of numbers; a format in the path wins over `f` and `Accept`. */
export function cropRepresentations(parts: OperationParts): readonly Representation<CropResult>[] {
  return FORMATS.map((format) => ({
    f: format,
    mediaType: MEDIA[format],
    aliases: Object.keys(EXTENSIONS).filter((name) => EXTENSIONS[name] === format && name !== format),
    encode: ({ crop, extension }, context) => encode(parts, crop, extension ?? format, context),
  }));
}

async function encode(parts: OperationParts, crop: Crop, format: CropFormat, context: RequestContext): Promise<Body> {
  const { content, mediaType, headers } = await context.timed('crop', () => write(parts, crop, format, context));
  return { content, headers: { ...headers, 'Content-Type': mediaType } };
}

type Written = Omit<WrittenCrop, 'bytes'> & Pick<Body, 'content'>;

async function write(parts: OperationParts, crop: Crop, format: CropFormat, context: RequestContext): Promise<Written> {
  switch (format) {
    case 'png':
    case 'jpeg':
    case 'webp':
    case 'avif':
      return whole(await writeCropPicture(parts, crop, format, context));
    case 'geotiff':
    case 'cog':
    case 'npy':
    case 'raw':
      return whole(await writeCropValues(parts, crop, format, context));
    case 'asc':
    case 'xyz':
      return writeCropText(parts, crop, format, context);
    default:
      return never(format);
  }
}

function whole({ bytes, ...facts }: WrittenCrop): Written {
  return { content: bytes, ...facts };
}
