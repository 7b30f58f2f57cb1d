/** Longest text of expressions in characters (UTF-16 units). */
export const LONGEST_EXPRESSION = 2000;

/** How deep parentheses, calls, signs and powers may nest. */
export const DEEPEST_EXPRESSION = 64;

/**
 * How many nodes all expressions of one text may have together: numbers, bands, operators and calls. It bounds the time
 * per sample, at worst a few microseconds; the longest published indices have about forty.
 */
export const MOST_NODES = 256;
