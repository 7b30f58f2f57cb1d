import { fileURLToPath } from 'node:url';

/** The root of the checkout, from `build/bench/support`, without a trailing slash. */
export const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
