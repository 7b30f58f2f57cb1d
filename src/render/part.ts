/**
 * Work as a part of what: `alone` for one answer; `crowded` for one of several that are being made; `bulk` for one of
 * many steps towards one answer, which together would keep others waiting.
 */
export type Part = 'alone' | 'crowded' | 'bulk';
