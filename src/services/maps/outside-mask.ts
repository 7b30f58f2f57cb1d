import type { RunContext } from '../../db/database.ts';
import type { Crs, CrsService } from '../crs/crs-service.ts';
import type { Target } from '../rasters/placement.ts';

const STEP = 16;
/** A position that comes back within this share of a pixel lies within the area of the CRS. */
const NEAR = 0.5;

/**
 * Which pixels of a target lie outside the area of its CRS: 1 for each whose middle has no place on the globe, or whose
 * place is drawn elsewhere (a projection's inverse goes on beyond its edge). Undefined when none does.
 */
export async function outsideMask(crsService: CrsService, target: Target, crs: Crs, context: RunContext): Promise<Uint8Array | undefined> {
  const { width, height } = target;
  const task = { crsService, target, crs };
  const [columns, rows] = [nodesOf(width), nodesOf(height)];
  const nodes = await outsideOf(
    task,
    rows.flatMap((row) => columns.map((column) => [column, row] as const)),
    context,
  );
  const mask = new Uint8Array(width * height);
  const mixed: (readonly [number, number])[] = [];
  for (let j = 0; j + 1 < rows.length; j += 1) {
    for (let i = 0; i + 1 < columns.length; i += 1) {
      const corners = [j * columns.length + i, j * columns.length + i + 1, (j + 1) * columns.length + i, (j + 1) * columns.length + i + 1];
      const count = corners.filter((corner) => nodes[corner] === 1).length;
      if (count === 0) continue;
      for (const pixel of pixelsOf([columns[i] ?? 0, columns[i + 1] ?? 0], [rows[j] ?? 0, rows[j + 1] ?? 0])) {
        if (count === 4) mask[pixel[1] * width + pixel[0]] = 1;
        else mixed.push(pixel);
      }
    }
  }
  const looked = await outsideOf(task, mixed, context);
  mixed.forEach(([column, row], i) => {
    if (looked[i] === 1) mask[row * width + column] = 1;
  });
  return mask.includes(1) ? mask : undefined;
}

/** Every sixteenth pixel and the last. */
function nodesOf(count: number): readonly number[] {
  const nodes = Array.from({ length: Math.ceil((count - 1) / STEP) }, (_, i) => i * STEP);
  return [...nodes, count - 1, ...(count === 1 ? [0] : [])];
}

function pixelsOf(
  [left, right]: readonly [number, number],
  [top, bottom]: readonly [number, number],
): readonly (readonly [number, number])[] {
  const pixels: (readonly [number, number])[] = [];
  for (let row = top; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) pixels.push([column, row]);
  return pixels;
}

interface Task {
  readonly crsService: CrsService;
  readonly target: Target;
  readonly crs: Crs;
}

async function outsideOf(
  { crsService, target, crs }: Task,
  pixels: readonly (readonly [number, number])[],
  context: RunContext,
): Promise<Uint8Array> {
  const { grid } = target;
  const xy = new Float64Array(2 * pixels.length);
  pixels.forEach(([column, row], i) => {
    xy[2 * i] = grid.originX + (column + 0.5) * grid.scaleX + (row + 0.5) * grid.skewX;
    xy[2 * i + 1] = grid.originY + (column + 0.5) * grid.skewY + (row + 0.5) * grid.scaleY;
  });
  const there = xy.slice();
  if (crs.geographic) return Uint8Array.from(pixels, (_, i) => (Math.abs(xy[2 * i + 1] ?? 0) > 90 ? 1 : 0));
  const globe = await crsService.crs84(context);
  await crsService.move(there, crs, globe, context);
  await crsService.move(there, globe, crs, context);
  const tolerance = NEAR * Math.hypot(grid.scaleX, grid.skewX);
  return Uint8Array.from(pixels, (_, i) => {
    const away = Math.hypot((there[2 * i] ?? Number.NaN) - (xy[2 * i] ?? 0), (there[2 * i + 1] ?? Number.NaN) - (xy[2 * i + 1] ?? 0));
    return away <= tolerance ? 0 : 1;
  });
}
