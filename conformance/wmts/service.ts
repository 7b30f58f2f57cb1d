import assert from 'node:assert/strict';
import { assertStatus, get } from '../request.ts';
import type { Session } from '../session.ts';
import { childOf, childrenOf, descendantsOf, parseXml, textOfChild, type XmlElement } from '../xml.ts';

/** What the capabilities of the tile service say, read once a run. */
export interface WmtsService {
  readonly document: XmlElement;
  readonly text: string;
  /** By the names of operations: the address to which a query is appended. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly metadataUrl: string;
  readonly layers: readonly Layer[];
  readonly sets: ReadonlyMap<string, readonly Matrix[]>;
}

/** A layer as it is offered. */
export interface Layer {
  readonly id: string;
  readonly element: XmlElement;
  readonly styles: readonly string[];
  readonly formats: readonly string[];
  readonly infoFormats: readonly string[];
  readonly dimensions: readonly { readonly id: string; readonly values: readonly string[]; readonly hasCurrent: boolean }[];
  readonly links: readonly { readonly set: string; readonly limits: readonly Limits[] }[];
  readonly resources: readonly { readonly type: string; readonly format: string; readonly template: string }[];
}

/** One level of a set. */
export interface Matrix {
  readonly id: string;
  readonly scale: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly width: number;
  readonly height: number;
}

/** Rows and columns of a matrix that have data, both ends included. */
export interface Limits {
  readonly matrix: string;
  readonly rows: readonly [number, number];
  readonly cols: readonly [number, number];
}

const known = new WeakMap<Session, Promise<WmtsService>>();

/** The service behind `/wmts`. */
export function wmtsOf(session: Session): Promise<WmtsService> {
  const found = known.get(session) ?? read(session);
  known.set(session, found);
  return found;
}

async function read(session: Session): Promise<WmtsService> {
  const answer = await get(`${session.base}/wmts?service=WMTS&request=GetCapabilities`, 'java');
  assertStatus(answer, 200);
  const text = answer.body.toString('utf8');
  const document = parseXml(text);
  const operations = descendantsOf(document, 'Operation').map((operation) => {
    const href = descendantsOf(operation, 'Get')[0]?.attributes['href'];
    return [operation.attributes['name'] ?? '', href ?? ''] as const;
  });
  const contents = childOf(document, 'Contents');
  return {
    document,
    text,
    addresses: new Map(operations),
    metadataUrl: childOf(document, 'ServiceMetadataURL').attributes['href'] ?? '',
    layers: childrenOf(contents, 'Layer').map(readLayer),
    sets: new Map(
      childrenOf(contents, 'TileMatrixSet').map((set) => [
        textOfChild(set, 'Identifier') ?? '',
        childrenOf(set, 'TileMatrix').map(readMatrix),
      ]),
    ),
  };
}

function readLayer(element: XmlElement): Layer {
  const texts = (name: string): readonly string[] => childrenOf(element, name).map((child) => child.text.trim());
  return {
    id: textOfChild(element, 'Identifier') ?? '',
    element,
    styles: childrenOf(element, 'Style').map((style) => textOfChild(style, 'Identifier') ?? ''),
    formats: texts('Format'),
    infoFormats: texts('InfoFormat'),
    dimensions: childrenOf(element, 'Dimension').map((dimension) => ({
      id: textOfChild(dimension, 'Identifier') ?? '',
      values: childrenOf(dimension, 'Value').map((value) => value.text.trim()),
      hasCurrent: textOfChild(dimension, 'Current') === 'true',
    })),
    links: childrenOf(element, 'TileMatrixSetLink').map((link) => ({
      set: textOfChild(link, 'TileMatrixSet') ?? '',
      limits: descendantsOf(link, 'TileMatrixLimits').map(readLimits),
    })),
    resources: childrenOf(element, 'ResourceURL').map(({ attributes }) => ({
      type: attributes['resourceType'] ?? '',
      format: attributes['format'] ?? '',
      template: attributes['template'] ?? '',
    })),
  };
}

function readMatrix(element: XmlElement): Matrix {
  return {
    id: textOfChild(element, 'Identifier') ?? '',
    scale: numberIn(element, 'ScaleDenominator'),
    tileWidth: numberIn(element, 'TileWidth'),
    tileHeight: numberIn(element, 'TileHeight'),
    width: numberIn(element, 'MatrixWidth'),
    height: numberIn(element, 'MatrixHeight'),
  };
}

function readLimits(element: XmlElement): Limits {
  return {
    matrix: textOfChild(element, 'TileMatrix') ?? '',
    rows: [numberIn(element, 'MinTileRow'), numberIn(element, 'MaxTileRow')],
    cols: [numberIn(element, 'MinTileCol'), numberIn(element, 'MaxTileCol')],
  };
}

function numberIn(element: XmlElement, name: string): number {
  const value = Number(textOfChild(element, name));
  assert.ok(Number.isFinite(value), `${name} of ${element.name} is no number`);
  return value;
}
