import type { Position, WorldProjection } from './unit-sphere.ts';

/** Rounding beyond the circle. */
const SLIVER = 1e-10;
const { PI } = Math;

/**
 * Van der Grinten's projection of the world into a circle, on the unit sphere (Snyder, "Map Projections: A Working Manual",
 * USGS Professional Paper 1395, equations 29-1 to 29-21; the way back is Rubincam's).
 */
export const vanDerGrinten: WorldProjection = {
  forward(position) {
    const { x: longitude, y: latitude } = position;
    const sine = Math.min(1, Math.abs((2 * latitude) / PI));
    const tangent = sine / (1 + Math.sqrt(1 - sine * sine));
    if (Math.abs(latitude) < SLIVER) position.y = 0;
    else if (Math.abs(longitude) < SLIVER || sine === 1) [position.x, position.y] = [0, Math.sign(latitude) * PI * tangent];
    else bend(position, sine);
  },
  inverse(position) {
    const [x, y] = [position.x / PI, position.y / PI];
    const square = x * x + y * y;
    if (!(square <= 1 + SLIVER)) [position.x, position.y] = [Number.NaN, Number.NaN];
    else if (square > SLIVER * SLIVER) unbend(position, x, y);
  },
};

function bend(position: Position, sine: number): void {
  const { x: longitude, y: latitude } = position;
  const cosine = Math.sqrt(1 - sine * sine);
  const a = Math.abs(PI / longitude - longitude / PI) / 2;
  const g = cosine / (sine + cosine - 1);
  const p = g * (2 / sine - 1);
  const q = a * a + g;
  const both = p * p + a * a;
  const gap = g - p * p;
  position.x = (Math.sign(longitude) * PI * (a * gap + Math.sqrt(Math.max(0, a * a * gap * gap - both * (g * g - p * p))))) / both;
  position.y = (Math.sign(latitude) * PI * (p * q - a * Math.sqrt(Math.max(0, (a * a + 1) * both - q * q)))) / both;
}

function unbend(position: Position, x: number, y: number): void {
  const square = x * x + y * y;
  const c1 = -Math.abs(y) * (1 + square);
  const c2 = c1 - 2 * y * y + x * x;
  const c3 = -2 * c1 + 1 + 2 * y * y + square * square;
  const d = (y * y) / c3 + ((2 * c2 ** 3) / c3 ** 3 - (9 * c1 * c2) / (c3 * c3)) / 27;
  const a = (c1 - (c2 * c2) / (3 * c3)) / c3;
  const m = 2 * Math.sqrt(-a / 3);
  const angle = Math.acos(Math.max(-1, Math.min(1, (3 * d) / (a * m)))) / 3;
  position.y = Math.sign(y) * PI * (-m * Math.cos(angle + PI / 3) - c2 / (3 * c3));
  position.x = Math.abs(x) < SLIVER ? 0 : (PI * (square - 1 + Math.sqrt(1 + 2 * (x * x - y * y) + square * square))) / (2 * x);
}
