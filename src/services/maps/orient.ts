import type { Target } from '../rasters/placement.ts';

/** A target turned about its middle, so that its content turns counter-clockwise by degrees (OGC 20-058 §17). */
export function orient(target: Target, degrees: number): Target {
  const { grid, width, height } = target;
  const turn = ((degrees % 360) + 360) % 360;
  if (turn === 0) return target;
  const [cos, sin] = [cosine(turn), cosine(turn - 90)];
  const [across, down] = [grid.scaleX, grid.scaleY];
  const turned = { scaleX: across * cos, skewX: -across * sin, skewY: down * sin, scaleY: down * cos };
  const middle = [grid.originX + (across * width) / 2, grid.originY + (down * height) / 2] as const;
  return {
    ...target,
    key: `${target.key} ${turn}`,
    grid: {
      originX: middle[0] - (turned.scaleX * width + turned.skewX * height) / 2,
      originY: middle[1] - (turned.skewY * width + turned.scaleY * height) / 2,
      ...turned,
    },
  };
}

/** Exact for right angles. */
function cosine(degrees: number): number {
  const turn = ((degrees % 360) + 360) % 360;
  if (turn === 90 || turn === 270) return 0;
  return turn === 180 ? -1 : Math.cos((turn * Math.PI) / 180);
}
