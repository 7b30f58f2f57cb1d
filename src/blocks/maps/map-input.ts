import type { Parameter } from '../../http/parameter.ts';
import { backgroundParameters } from '../../http/params/raster/background-parameters.ts';
import type { BackgroundInput } from '../../http/params/raster/background-parameters.ts';
import { clipParameters } from '../../http/params/raster/clip-parameters.ts';
import type { ClipInput } from '../../http/params/raster/clip-parameters.ts';
import { layersParameter } from '../../http/params/raster/django-parameters.ts';
import type { LayerChoice } from '../../http/params/raster/django-parameters.ts';
import { lookParameters } from '../../http/params/raster/look-parameters.ts';
import type { LookInput } from '../../http/params/raster/look-parameters.ts';
import { mapAreaParameters } from '../../http/params/raster/map-parameters.ts';
import type { MapAreaInput } from '../../http/params/raster/map-parameters.ts';
import { rowParameters } from '../../http/params/raster/row-parameters.ts';
import type { RowInput } from '../../http/params/raster/row-parameters.ts';
import { titilerAreaParameters } from '../../http/params/raster/titiler-area-parameters.ts';
import type { TitilerAreaInput } from '../../http/params/raster/titiler-area-parameters.ts';

/** Everything that may be said of a map. */
export interface MapInput extends MapAreaInput, TitilerAreaInput, BackgroundInput, RowInput, LookInput, ClipInput {
  readonly collectionId?: string;
  readonly layers?: readonly LayerChoice[] | undefined;
  /** Ids of the `collections` parameter of the dataset's map. */
  readonly selected?: readonly string[] | undefined;
}

/** The query parameters of maps besides `collections`. */
export const mapParameters: { readonly [K in Exclude<keyof MapInput, 'collectionId' | 'selected'>]-?: Parameter<MapInput[K]> } = {
  ...mapAreaParameters,
  ...titilerAreaParameters,
  ...backgroundParameters,
  ...rowParameters,
  ...lookParameters,
  ...clipParameters,
  layers: layersParameter,
};
