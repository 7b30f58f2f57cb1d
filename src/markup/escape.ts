/**
 * Characters that neither XML 1.0 nor HTML can carry, even as references: C0 controls but tab, line feed and carriage return,
 * the two non-characters, and halves of surrogate pairs. They become U+FFFD.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Escapes text between tags; a carriage return stays one (parsers would read it as a line feed). */
export function escapeText(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>\r]/g, reference);
}

/** Escapes text between double quotes; white space survives XML's attribute normalisation (XML 1.0 §3.3.3). */
export function escapeAttribute(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"'\t\n\r]/g, reference);
}

function reference(character: string): string {
  return REFERENCES[character] ?? '\ufffd';
}
