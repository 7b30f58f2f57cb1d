import { errorKind } from '../../base/error.ts';
import type { AppError, ServiceException } from '../../base/error.ts';
import type { Answer } from '../../http/answer.ts';
import { element, type Element } from '../../markup/element.ts';
import { renderXml } from '../../markup/render.ts';

/** A failure as OWS Common 1.1 reports it (OGC 06-121r3 §8). */
export function exceptionReport(error: AppError, status: number): Answer {
  const exceptions = reported(error.exception ?? { code: codeOf(error) });
  const report = element(
    'ows:ExceptionReport',
    {
      version: '1.0.0',
      'xml:lang': 'en',
      'xmlns:ows': 'http://www.opengis.net/ows/1.1',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': 'http://www.opengis.net/ows/1.1 http://schemas.opengis.net/ows/1.1.0/owsExceptionReport.xsd',
    },
    exceptions.map((exception) => exceptionElement(exception, error.detail)),
  );
  return {
    status,
    headers: { 'Content-Type': 'application/xml', 'Cache-Control': 'no-store', ...error.headers },
    body: Buffer.from(renderXml(report)),
  };
}

/** What a request says is wrong as a whole where no one parameter is. */
function codeOf({ code }: AppError): string {
  return errorKind(code).status === 400 ? 'InvalidParameterValue' : 'NoApplicableCode';
}

/** Where parameters are words of the query, whatever the caller can mend is 400 (OGC 07-057r7 table 12 … 33). */
export function queryStatus(error: AppError): number {
  const { status } = errorKind(error.code);
  return status === 404 || status === 413 ? 400 : status;
}

/** Where parameters are parts of the path, what there is not is 404 (OGC 07-057r7 §10). */
export function pathStatus(error: AppError): number {
  const { status } = errorKind(error.code);
  return status === 400 ? 404 : status;
}

/** The test suite knows pixels outside a tile under the code of tiles; the standard has one of its own (table 33). */
function reported(exception: ServiceException): readonly ServiceException[] {
  return exception.code === 'PointIJOutOfRange' ? [exception, { ...exception, code: 'TileOutOfRange' }] : [exception];
}

function exceptionElement({ code, locator }: ServiceException, text: string): Element {
  return element('ows:Exception', { exceptionCode: code, locator }, element('ows:ExceptionText', {}, text));
}
