/** Who answers for the service; nothing of it need be known. */
export interface Contact {
  readonly name?: string | undefined;
  readonly organization?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly url?: string | undefined;
}
