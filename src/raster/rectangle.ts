/** A rectangle of pixels, half-open: columns [left, right), rows [top, bottom). */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The rectangle around all of some. */
export function enclose(rectangles: readonly Rectangle[]): Rectangle {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const r of rectangles) {
    left = Math.min(left, r.left);
    top = Math.min(top, r.top);
    right = Math.max(right, r.right);
    bottom = Math.max(bottom, r.bottom);
  }
  return { left, top, right, bottom };
}

/** What two rectangles share; empty where they do not meet. */
export function intersect(p: Rectangle, q: Rectangle): Rectangle {
  return {
    left: Math.max(p.left, q.left),
    top: Math.max(p.top, q.top),
    right: Math.min(p.right, q.right),
    bottom: Math.min(p.bottom, q.bottom),
  };
}

/** True for a rectangle without pixels. */
export function isEmpty({ left, top, right, bottom }: Rectangle): boolean {
  return left >= right || top >= bottom;
}

/** True when two rectangles share a pixel. */
export function meet(p: Rectangle, q: Rectangle): boolean {
  return p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom;
}
