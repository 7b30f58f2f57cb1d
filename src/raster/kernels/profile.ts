/**
 * How much a sample weighs by its distance from a pixel's centre, in samples, both measured between centres. Even:
 * weight(-d) = weight(d); 0 from the radius on. The weights of a pixel are made to add up to 1 by who uses them.
 */
export interface Profile {
  readonly radius: number;
  readonly weight: (distance: number) => number;
}
