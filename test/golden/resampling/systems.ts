import { WEB_MERCATOR, WGS84, type CrsDefinition } from '../../../src/crs/crs-definition.ts';

const define = (srid: number, proj4text: string): CrsDefinition => ({ srid, proj4text: `${proj4text} +units=m +no_defs` });

/** Coordinate systems of sources and pictures; EPSG codes, so that GDAL takes its own definitions. */
export const SYSTEMS = {
  degrees: WGS84,
  webMercator: WEB_MERCATOR,
  /** Web Mercator's sister around 150° E. */
  pacificMercator: define(3832, '+proj=merc +lon_0=150 +k=1 +x_0=0 +y_0=0 +datum=WGS84'),
  europeEqualArea: define(3035, '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0'),
  europeConic: define(
    3034,
    '+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0',
  ),
  arctic: define(3995, '+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84'),
  utm1: define(32601, '+proj=utm +zone=1 +datum=WGS84'),
  utm18: define(32618, '+proj=utm +zone=18 +datum=WGS84'),
  utm21: define(32621, '+proj=utm +zone=21 +datum=WGS84'),
  utm25South: define(32725, '+proj=utm +zone=25 +south +datum=WGS84'),
  utm31: define(32631, '+proj=utm +zone=31 +datum=WGS84'),
  utm32: define(32632, '+proj=utm +zone=32 +datum=WGS84'),
  utm60: define(32660, '+proj=utm +zone=60 +datum=WGS84'),
} as const;
