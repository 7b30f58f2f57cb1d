import type { Contact } from '../../base/contact.ts';

/** What the service says of itself. */
export interface ServiceFacts {
  readonly title: string;
  readonly description: string;
  /** Version of the program. */
  readonly version: string;
  readonly contact: Contact;
}
