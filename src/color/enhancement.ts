/** Factors of the four enhancements, applied in this order; 1 and absent leave the picture as it is. */
export interface Enhancement {
  /** 0 is grey. */
  readonly color?: number;
  /** 0 is one grey, the picture's mean. */
  readonly contrast?: number;
  /** 0 is black. */
  readonly brightness?: number;
  /** 0 is smooth. */
  readonly sharpness?: number;
}
