/** The number of one band at a place; undefined where there is no data. */
export interface BandReading {
  readonly name: string;
  readonly title: string | undefined;
  readonly unit: string | undefined;
  readonly value: number | undefined;
}

/** All bands at one time, or at none where the collection has no time. */
export interface Reading {
  readonly time: string | undefined;
  readonly values: readonly BandReading[];
}

/** What a collection says at a place: nothing where it has no data. */
export interface InfoLayer {
  readonly id: string;
  readonly title: string;
  readonly readings: readonly Reading[];
}

/** What is told about a place: its position as the client named it, and what lies there. */
export interface InfoDocument {
  /** Longitude and latitude; undefined where the map's CRS has none for the place. */
  readonly position: readonly [longitude: number, latitude: number] | undefined;
  readonly layers: readonly InfoLayer[];
  /** Absolute URL under which layers have their names. */
  readonly namespace: string;
}
