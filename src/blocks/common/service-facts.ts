/** What the service says of itself. */
export interface ServiceFacts {
  readonly title: string;
  readonly description: string;
  /** Version of the program. */
  readonly version: string;
}
