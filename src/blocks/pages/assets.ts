import { readFile } from 'node:fs/promises';
import { AppError } from '../../base/error.ts';
import { listAssets } from '../../html/assets.ts';
import type { Asset } from '../../html/assets.ts';
import { pathText } from '../../http/params/path.ts';
import { route } from '../../http/route.ts';
import type { MountedRoute } from '../../http/route.ts';

/** `/assets/{name}`: scripts, styles and pictures of the pages. The name is a key into a fixed list, never a path. */
export function assetRoute(): MountedRoute {
  let known: ReadonlyMap<string, Asset> | undefined;
  return route({
    id: 'pages.asset',
    path: '/assets/{name}',
    summary: 'A file that pages load',
    tag: 'Pages',
    parameters: { name: pathText('name', 'Name of the file.') },
    representations: [
      {
        f: 'file',
        mediaType: 'application/octet-stream',
        aliases: ['text/css', 'text/javascript', 'application/javascript', 'image/svg+xml', 'application/json'],
        encode: async (asset: Asset) => ({
          content: await readFile(asset.file),
          headers: {
            'Content-Type': asset.mediaType,
            'Cache-Control': 'public, max-age=3600, stale-while-revalidate=86400',
          },
        }),
      },
    ],
    firstAcceptable: true,
    undocumented: true,
    async run({ name }) {
      known ??= listAssets();
      const asset = known.get(name);
      if (asset === undefined) throw new AppError('NOT_FOUND', { detail: `There is no asset "${name.slice(0, 60)}"` });
      return asset;
    },
  });
}
