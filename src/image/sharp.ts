import type Sharp from 'sharp';

/** The sharp module, loaded at first need: it costs 20 MB and 50 ms that a server of vectors never pays. */
let loading: Promise<typeof Sharp> | undefined;

/** sharp with one thread an image and no cache of its own: requests are the unit of parallelism here. */
export async function loadSharp(): Promise<typeof Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loading;
}
