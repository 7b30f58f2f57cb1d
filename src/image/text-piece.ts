/** Pixels whose text makes one piece of a stream: some hundred kilobytes, a few milliseconds. */
export const PIXELS_AT_ONCE = 32_768;
