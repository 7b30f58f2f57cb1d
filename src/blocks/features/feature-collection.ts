import type { FeatureCollectionDocument } from '../../model/features.ts';
import type { Body } from '../../http/route.ts';
import type { PageTotals } from '../../services/features/feature-query.ts';
import { withLongNumbersAsText } from '../../services/features/long-numbers.ts';
import type { ItemsResult } from './items-result.ts';

/**
 * A page as GeoJSON text around the features' texts that the database wrote. A whole page has its totals and links
 * first, for readers who stop early; a streamed one last, when they are known.
 */
export function featureCollectionBody(result: ItemsResult): Body {
  const { page, timeStamp } = result;
  const head = `{"type":"FeatureCollection","timeStamp":${JSON.stringify(timeStamp)}`;
  if (page.kind === 'streamed') return { content: streamedText(result, head) };
  const rest = `${totalsText(result, page.totals)},"features":[${page.features.join(',\n')}]}`;
  return { content: `${head},${rest}`, sameAs: rest };
}

/** The same page parsed, for the HTML table; digits beyond a double's precision are kept as text. */
export async function featureCollectionDocument(result: ItemsResult): Promise<FeatureCollectionDocument> {
  const { page, timeStamp } = result;
  const texts: string[] = [];
  if (page.kind === 'whole') texts.push(...page.features);
  else for await (const batch of page.batches) texts.push(...batch);
  const totals = page.kind === 'whole' ? page.totals : page.totals();
  return {
    type: 'FeatureCollection',
    timeStamp,
    ...(totals.numberMatched === undefined ? {} : { numberMatched: totals.numberMatched }),
    numberReturned: totals.numberReturned,
    links: result.links(totals),
    features: texts.map((text) => JSON.parse(withLongNumbersAsText(text))),
  };
}

async function* streamedText(result: ItemsResult, head: string): AsyncGenerator<string> {
  const { page } = result;
  if (page.kind !== 'streamed') return;
  let lead = `${head},"features":[`;
  for await (const batch of page.batches) {
    if (batch.length === 0) continue;
    yield lead + batch.join(',\n');
    lead = ',\n';
  }
  yield `${lead === ',\n' ? '' : lead}],${totalsText(result, page.totals())}}`;
}

function totalsText(result: ItemsResult, totals: PageTotals): string {
  const matched = totals.numberMatched === undefined ? '' : `"numberMatched":${totals.numberMatched},`;
  return `${matched}"numberReturned":${totals.numberReturned},"links":${JSON.stringify(result.links(totals))}`;
}
