import { AppError } from '../../base/error.ts';
import { MEDIA } from '../../base/media-type.ts';
import { renderAlgorithmPage, renderAlgorithmsPage } from '../../html/algorithm-pages.ts';
import type { Block } from '../../http/block.ts';
import { html, json } from '../../http/encodings.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';
import type { AlgorithmDocument, AlgorithmsDocument } from '../../model/rasters.ts';
import type { Algorithm } from '../../raster/algorithms/algorithm.ts';
import { ALGORITHMS } from '../../raster/algorithms/registry.ts';

/** The registry of algorithms, in TiTiler's paths and words. */
export function algorithmsBlock(): Block {
  return {
    id: 'algorithms',
    spec: 'TiTiler',
    conformsTo: [],
    requires: ['common'],
    mount: () => ({
      routes: [listRoute(), oneRoute()],
      landingLinks: (links) => [{ href: links.to('algorithms.list'), rel: 'related', type: MEDIA.json, title: 'Algorithms' }],
    }),
  };
}

function listRoute(): MountedRoute {
  return route({
    id: 'algorithms.list',
    path: '/algorithms',
    summary: 'The algorithms that can be run over a raster',
    tag: 'Algorithms',
    parameters: {},
    representations: [
      json<AlgorithmsDocument>('algorithms'),
      html((document: AlgorithmsDocument, page) => renderAlgorithmsPage(document, page)),
    ],
    run: async (_, { links }) => ({
      links: links.selfAndAlternates('Algorithms'),
      algorithms: [...ALGORITHMS.values()].map(({ name, title, description }) => ({
        id: name,
        title,
        description,
        links: [
          { href: links.to('algorithms.one', { algorithmId: name }, { f: 'json' }), rel: 'item', type: MEDIA.json, title },
          { href: links.to('algorithms.one', { algorithmId: name }, { f: 'html' }), rel: 'alternate', type: MEDIA.html, title },
        ],
      })),
    }),
  });
}

function oneRoute(): MountedRoute {
  return route({
    id: 'algorithms.one',
    path: '/algorithms/{algorithmId}',
    summary: 'One algorithm and its parameters',
    tag: 'Algorithms',
    parameters: { algorithmId: pathText('algorithmId', 'Name of the algorithm.') },
    representations: [
      json<AlgorithmDocument>('algorithm'),
      html((document: AlgorithmDocument, page) => renderAlgorithmPage(document, page)),
    ],
    run: async ({ algorithmId }, { links }) => {
      const algorithm = ALGORITHMS.get(algorithmId);
      if (algorithm === undefined) {
        throw new AppError('NOT_FOUND', { detail: `Cannot find algorithm "${algorithmId.slice(0, 40)}": see /algorithms` });
      }
      return { ...describe(algorithm), links: links.selfAndAlternates(algorithm.title) };
    },
  });
}

function describe({ name, title, description, inputs, outputs, output, range, parameters }: Algorithm): Omit<AlgorithmDocument, 'links'> {
  return {
    id: name,
    title,
    description,
    inputs: { nbands: inputs.least, maxbands: inputs.most },
    outputs: {
      ...(outputs === undefined ? {} : { nbands: outputs }),
      kind: output,
      ...(range === undefined ? {} : { min: [range[0]], max: [range[1]] }),
    },
    parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema])),
  };
}
