import type { Link } from '../../base/link.ts';
import type { FeatureCollectionDocument } from '../../model/features.ts';
import type { FeaturePage, PageTotals } from './feature-query.ts';
import { withLongNumbersAsText } from './long-numbers.ts';

/** A page of features parsed, for HTML tables; digits beyond a double's precision are kept as text. */
export async function featureCollectionDocument(
  page: FeaturePage,
  about: { readonly timeStamp: string; links(totals: PageTotals): readonly Link[] },
): Promise<FeatureCollectionDocument> {
  const texts: string[] = [];
  if (page.kind === 'whole') texts.push(...page.features);
  else for await (const batch of page.batches) texts.push(...batch);
  const totals = page.kind === 'whole' ? page.totals : page.totals();
  return {
    type: 'FeatureCollection',
    timeStamp: about.timeStamp,
    ...(totals.numberMatched === undefined ? {} : { numberMatched: totals.numberMatched }),
    numberReturned: totals.numberReturned,
    links: about.links(totals),
    features: texts.map((text) => JSON.parse(withLongNumbersAsText(text))),
  };
}
