import { algorithmsBlock } from '../blocks/algorithms/index.ts';
import { colorMapsBlock } from '../blocks/color-maps/index.ts';
import { collectionsBlock } from '../blocks/collections/index.ts';
import { commonBlock } from '../blocks/common/index.ts';
import type { ServiceFacts } from '../blocks/common/service-facts.ts';
import { coveragesBlock } from '../blocks/coverages/index.ts';
import { featuresBlock } from '../blocks/features/index.ts';
import { mapsBlock } from '../blocks/maps/index.ts';
import { legendsBlock } from '../blocks/legends/index.ts';
import { pagesBlock } from '../blocks/pages/index.ts';
import { rasterOperationsBlock } from '../blocks/raster-operations/index.ts';
import { schemasBlock } from '../blocks/schemas/index.ts';
import { tileMatrixSetsBlock } from '../blocks/tile-matrix-sets/index.ts';
import { tilesBlock } from '../blocks/tiles/index.ts';
import { djangoRasterFacade } from '../facades/django-raster/index.ts';
import { styleJsonFacade } from '../facades/stylejson/index.ts';
import { tileJsonFacade } from '../facades/tilejson/index.ts';
import { wmsFacade } from '../facades/wms/index.ts';
import { wmtsFacade } from '../facades/wmts/index.ts';
import { xyzFacade } from '../facades/xyz/index.ts';
import type { Block } from '../http/block.ts';
import type { Services } from './services.ts';

/** Everything that is mounted, in the order of the API document. THE list: what is not here does not exist. */
export function listBlocks(services: Services, service: ServiceFacts): readonly Block[] {
  return [
    commonBlock({ service, ...services }),
    collectionsBlock(services),
    schemasBlock(services),
    featuresBlock(services),
    tileMatrixSetsBlock(services),
    colorMapsBlock(services),
    algorithmsBlock(),
    tilesBlock(services),
    mapsBlock(services),
    coveragesBlock(services),
    rasterOperationsBlock(services),
    legendsBlock(services),
    tileJsonFacade(services),
    styleJsonFacade(services),
    xyzFacade(services),
    djangoRasterFacade(services),
    wmsFacade({ contact: service.contact, ...services }),
    wmtsFacade({ contact: service.contact, ...services }),
    pagesBlock({ version: service.version, ...services }),
  ];
}
