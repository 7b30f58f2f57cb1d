import { errorKind } from '../../base/error.ts';
import type { AppError } from '../../base/error.ts';
import { element, type Element } from '../../markup/element.ts';
import { renderXml } from '../../markup/render.ts';
import type { WmsVersion } from './wms-version.ts';

/** An XML document with its media type. */
export interface XmlDocument {
  readonly mediaType: string;
  readonly text: string;
}

/** Codes that only later standards have; here such exceptions have none. */
const FOREIGN = new Set(['MissingParameterValue', 'InvalidParameterValue']);
const REPORT_1_3 = 'http://schemas.opengis.net/wms/1.3.0/exceptions_1_3_0.xsd';
const DTD_1_1 = 'http://schemas.opengis.net/wms/1.1.1/exception_1_1_1.dtd';

/** A failure as the standard reports it (OGC 06-042 annex E.2, OGC 01-068r3 annex A.3). */
export function exceptionReport(error: AppError, version: WmsVersion): XmlDocument {
  const code = codeOf(error, version);
  if (version === '1.1.1') {
    const report = element('ServiceExceptionReport', { version }, element('ServiceException', { code }, error.detail));
    return { mediaType: 'application/vnd.ogc.se_xml', text: renderXml(report, DTD_1_1) };
  }
  const attributes = { code, locator: error.exception?.locator };
  return { mediaType: 'text/xml', text: renderXml(report13(element('ServiceException', attributes, error.detail))) };
}

/** Everything that the caller can mend is 400, as the standard knows no status; the rest keeps its own. */
export function exceptionStatus(error: AppError): number {
  const { status } = errorKind(error.code);
  return status < 500 ? 400 : status;
}

function report13(exception: Element): Element {
  return element(
    'ServiceExceptionReport',
    {
      version: '1.3.0',
      xmlns: 'http://www.opengis.net/ogc',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `http://www.opengis.net/ogc ${REPORT_1_3}`,
    },
    exception,
  );
}

function codeOf(error: AppError, version: WmsVersion): string | undefined {
  const code = error.exception?.code ?? (error.code === 'UNSUPPORTED_CRS' ? 'InvalidCRS' : undefined);
  if (code === undefined || FOREIGN.has(code)) return undefined;
  return code === 'InvalidCRS' && version === '1.1.1' ? 'InvalidSRS' : code;
}
