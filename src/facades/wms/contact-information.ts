import type { Contact } from '../../base/contact.ts';
import { element, type Element } from '../../markup/element.ts';

/** Whom to contact (OGC 06-042 §7.2.4.3), the same in both versions; undefined where nobody is named. */
export function contactInformation({ name, organization, email, phone }: Contact): Element | undefined {
  if ([name, organization, email, phone].every((part) => part === undefined)) return undefined;
  return element(
    'ContactInformation',
    {},
    (name ?? organization) !== undefined &&
      element('ContactPersonPrimary', {}, element('ContactPerson', {}, name), element('ContactOrganization', {}, organization)),
    phone !== undefined && element('ContactVoiceTelephone', {}, phone),
    email !== undefined && element('ContactElectronicMailAddress', {}, email),
  );
}
