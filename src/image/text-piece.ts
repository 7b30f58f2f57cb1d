/** Pixels whose text makes one piece of a stream: a few megabytes, some ten milliseconds. */
export const PIXELS_AT_ONCE = 131_072;
