/** An address that a guide gives, and what the guide says of the answer. */
export interface GuideAddress {
  /** Line of its fence, from 1. */
  readonly line: number;
  /** With the root that the guide writes. */
  readonly url: string;
  readonly mediaType: string;
  /** Path from the guide's folder of the picture that it makes, where the guide shows one. */
  readonly picture: string | undefined;
}

/** A command that a guide gives, and the JSON below it, which the answer holds. */
export interface GuideCommand {
  readonly line: number;
  readonly text: string;
  readonly answer: string | undefined;
}

/** What of a guide can be tried. */
export interface Guide {
  /** SQL of the fences ```sql tables, in order: the tables that its examples need besides the demo data. */
  readonly tables: string;
  readonly addresses: readonly GuideAddress[];
  readonly commands: readonly GuideCommand[];
  /** Lines of all pictures that it shows, by their path. */
  readonly pictures: ReadonlyMap<string, number>;
}

/** The root of every address in a guide. */
export const GUIDE_ROOT = 'http://localhost:8080';

interface Fence {
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

/**
 * Reads what a guide asks its readers to try. An address stands in a fence ```url with the media type of its answer, cut
 * before `&` where it is long; a picture is made by the address that follows it. A command stands in a fence ```sh; a
 * fence ```json right after one is (a part of) its answer.
 */
export function readGuide(markdown: string): Guide {
  const lines = markdown.split('\n');
  const fences = fencesOf(lines);
  const pictures = picturesOf(lines);
  const addresses = fences.filter(({ info }) => info.startsWith('url ')).map((fence) => addressOf(fence, pictures, fences));
  const commands = fences.flatMap((fence, n) => {
    const next = fences[n + 1];
    const answer = next?.info === 'json' ? next.text : undefined;
    return fence.info === 'sh' ? [{ line: fence.line, text: fence.text, answer }] : [];
  });
  const tables = fences.filter(({ info }) => info === 'sql tables').map(({ text }) => text);
  return { tables: tables.join('\n'), addresses, commands, pictures };
}

function fencesOf(lines: readonly string[]): readonly Fence[] {
  const fences: Fence[] = [];
  for (let n = 0; n < lines.length; n += 1) {
    const info = /^```(.+)$/.exec(lines[n] ?? '')?.[1];
    if (info === undefined) continue;
    const end = lines.indexOf('```', n + 1);
    fences.push({ line: n + 1, info, text: lines.slice(n + 1, end).join('\n') });
    n = end;
  }
  return fences;
}

function picturesOf(lines: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    lines.flatMap((line, n) => {
      const path = /^!\[[^\]]*\]\(([^)]+)\)/.exec(line)?.[1];
      return path === undefined ? [] : [[path, n + 1] as const];
    }),
  );
}

/** A picture belongs to the first address below it. */
function addressOf({ line, info, text }: Fence, pictures: ReadonlyMap<string, number>, fences: readonly Fence[]): GuideAddress {
  const before = fences.findLast((fence) => fence.info.startsWith('url ') && fence.line < line)?.line ?? 0;
  const picture = [...pictures].find(([, at]) => at > before && at < line)?.[0];
  return { line, url: text.replaceAll('\n', ''), mediaType: info.slice('url '.length), picture };
}
