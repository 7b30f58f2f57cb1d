import { AppError } from '../../base/error.ts';
import type { BandClass, RasterCollection } from '../../catalog/collection.ts';
import type { StoredLegend, StoredLegends } from '../../catalog/stored-legend.ts';
import type { RunContext } from '../../db/database.ts';
import type { ColoringRequest } from '../rasters/raster-request.ts';
import type { RasterService } from '../rasters/raster-service.ts';
import type { ShownPlane } from '../rasters/picture-coloring.ts';
import type { Legend, LegendEntry } from './legend.ts';
import { legendOf } from './legend-of.ts';

/** Tells what the colours of pictures mean. */
export interface LegendService {
  /**
   * The legend of a picture, the same for all of its tiles.
   * @throws AppError INVALID_PARAMETER for what cannot be drawn, and what the database throws
   */
  legend(request: ColoringRequest, context: RunContext): Promise<Legend>;
  /** The legends that the database keeps under names, in their order. */
  stored(): readonly StoredLegend[];
  /** What the colours of a legend of the database mean, whatever they are used for. @throws AppError NOT_FOUND */
  storedLegend(name: string): Legend;
}

/** Legends of what the raster service draws, and those that the database keeps. */
export function createLegendService(rasters: Pick<RasterService, 'coloring'>, kept: () => StoredLegends): LegendService {
  return {
    async legend(request, context) {
      const { coloring, planes } = await rasters.coloring(request, context);
      const [plane] = planes;
      const legend = legendOf({
        title: titleOf(request, planes),
        unit: plane?.unit,
        planes: planes.map(({ title }) => title),
        coloring,
      });
      const classes = classesShown(request);
      return { ...legend, entries: legend.entries.map((entry) => named(entry, classes)) };
    },
    stored: () => [...new Set(kept().values())],
    storedLegend(name) {
      const found = kept().get(name.toLowerCase());
      if (found === undefined)
        throw new AppError('NOT_FOUND', { detail: `There is no legend "${name.slice(0, 60)}" in this database: /colorMaps lists them` });
      return legendOf({ title: found.name, planes: [found.name], coloring: { ranges: [], map: found.colorMap } });
    },
  };
}

/** The collection, and of several bands or of something computed which. */
function titleOf({ sources, look }: ColoringRequest, planes: readonly ShownPlane[]): string {
  const collection = sources[0]?.collection;
  const [plane] = planes;
  if (collection === undefined || plane === undefined) return '';
  if (planes.length > 1 || look.algorithm !== undefined) return collection.title;
  const [band] = collection.bands;
  const isOnly = look.expressions === undefined && collection.bands.length === 1 && band?.title === undefined;
  return isOnly || plane.title === collection.title ? collection.title : `${collection.title}: ${plane.title}`;
}

/** What somebody said of the values of the one band that is shown as it is. */
function classesShown({ sources, look }: ColoringRequest): readonly BandClass[] {
  if (sources.length !== 1 || look.expressions !== undefined || look.algorithm !== undefined || look.unscale === true) return [];
  const band = sources[0]?.band ?? look.bands?.[0] ?? 0;
  return bandOf(sources[0]?.collection, band)?.classes ?? [];
}

function bandOf(collection: RasterCollection | undefined, band: number): RasterCollection['bands'][number] | undefined {
  return collection?.bands[band];
}

/** The label that was given to a value, where the map has none of its own. */
function named(entry: LegendEntry, classes: readonly BandClass[]): LegendEntry {
  const { value, min, max } = entry;
  const own = classes.find((known) =>
    value === undefined ? known.min < known.max && known.min === min && known.max === max : known.min === value && known.max === value,
  );
  return own?.label === undefined ? entry : { ...entry, label: own.label };
}
