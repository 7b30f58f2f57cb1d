/** What a page knows about the request besides its document. */
export interface PageContext {
  /** Absolute URL of the landing page as the document's links spell it, without a trailing slash. */
  readonly root: string;
  /** Path of this page under `root`, percent-encoded as requested: `/collections/roads/items`; the landing page is `/` (or `''` when asked for without the slash). */
  readonly path: string;
  /** Name of the whole service, in the header and after each page's own title. */
  readonly title: string;
  /** Query parameters of the request, to fill forms with. */
  readonly query?: Readonly<Record<string, string | undefined>>;
}
