import type { Body } from '../../http/route.ts';
import type { PageTotals } from '../../services/features/feature-query.ts';
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
