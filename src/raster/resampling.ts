/**
 * The ways to make pixels of samples that a request may name. Each is described in its file under kernels/, with the time
 * that one band of Float32 takes, complete, on one core of a small server (Node 20).
 */
export const RESAMPLINGS = [
  'nearest',
  'bilinear',
  'cubic',
  'cubic_spline',
  'lanczos',
  'average',
  'mode',
  'min',
  'max',
  'median',
  'sum',
] as const;

/** One way to make pixels of samples. */
export type Resampling = (typeof RESAMPLINGS)[number];

/**
 * What a kernel is chosen by: a way that was asked for, or what is right for the values. `area` is for quantities:
 * bilinear when enlarging, exact area average when reducing, no step between. `class` is for values that name
 * classes: nearest when enlarging, mode when reducing.
 */
export type Kernel = Resampling | 'area' | 'class';
