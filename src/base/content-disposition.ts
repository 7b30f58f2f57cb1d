/**
 * The value of `Content-Disposition` for a file to be kept: a name that every file system takes and, where that is another one, the
 * true name beside it (RFC 6266 §4.3, RFC 8187).
 */
export function attachment(name: string, extension: string): string {
  const plain = name.replaceAll(/[^\w.-]+/g, '_');
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const both = plain === name ? '' : `; filename*=UTF-8''${exact}.${extension}`;
  return `attachment; filename="${plain}.${extension}"${both}`;
}
