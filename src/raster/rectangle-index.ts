import { meet, type Rectangle } from './rectangle.ts';

/** Rectangles that were added, and whether one of them is met. */
export interface RectangleIndex {
  add(rectangle: Rectangle): void;
  meets(rectangle: Rectangle): boolean;
}

/** A rectangle over more cells than this is compared with all others. */
const MANY_CELLS = 64;

/**
 * An index by the cells of a grid, made for rectangles of about one size, which each touch few cells: looking at every
 * other of 43,200 blocks of 2 × 2 pixels took 8 s.
 */
export function createRectangleIndex(cellWidth: number, cellHeight: number): RectangleIndex {
  const cells = new Map<string, Rectangle[]>();
  const large: Rectangle[] = [];
  const all: Rectangle[] = [];
  return {
    add(rectangle) {
      all.push(rectangle);
      const keys = keysOf(rectangle, cellWidth, cellHeight);
      if (keys === undefined) large.push(rectangle);
      for (const key of keys ?? []) {
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, [rectangle]);
        else cell.push(rectangle);
      }
    },
    meets(rectangle) {
      if (large.some((other) => meet(other, rectangle))) return true;
      const keys = keysOf(rectangle, cellWidth, cellHeight);
      if (keys === undefined) return all.some((other) => meet(other, rectangle));
      return keys.some((key) => cells.get(key)?.some((other) => meet(other, rectangle)) === true);
    },
  };
}

/** The cells that a rectangle touches; undefined when they are many. */
function keysOf({ left, top, right, bottom }: Rectangle, width: number, height: number): readonly string[] | undefined {
  const [west, east] = [Math.floor(left / width), Math.floor((right - 1) / width)];
  const [north, south] = [Math.floor(top / height), Math.floor((bottom - 1) / height)];
  if ((east - west + 1) * (south - north + 1) > MANY_CELLS) return undefined;
  const keys: string[] = [];
  for (let row = north; row <= south; row += 1) for (let column = west; column <= east; column += 1) keys.push(`${column} ${row}`);
  return keys;
}
