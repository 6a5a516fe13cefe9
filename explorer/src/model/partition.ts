import { groupBy } from './group';

/** A part of something that is too large to be drawn piece by piece. */
export interface Part<T> {
  /** Told apart from its siblings by this; the same for the same names, so that it can stand in a URL. */
  readonly key: string;
  readonly label: string;
  readonly items: readonly T[];
}

/** More parts than this are no overview. */
const MOST_PARTS = 60;

/** Splits a name at its separators and where a capital letter begins a word: `pay-invoice-api`, `SrvBackMort`. */
export function words(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[^A-Z\s\-_./:]+|[A-Z]/g) ?? [name];
}

/**
 * Parts by the first words of the names, so many words as make more than one part; by the alphabet where names do not tell
 * anything apart, or everything.
 */
export function partition<T>(items: readonly T[], nameOf: (item: T) => string, most: number): Part<T>[] {
  const split = new Map(items.map((item) => [item, words(nameOf(item))]));
  const longest = Math.max(0, ...[...split.values()].map((each) => each.length));
  for (let depth = 1; depth <= longest; depth++) {
    const groups = groupBy(items, (item) => split.get(item)!.slice(0, depth).join('-').toLowerCase());
    if (groups.size === 1) continue;
    if (groups.size > MOST_PARTS) break;
    return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([key, part]) => ({ key, label: `${key}…`, items: part }));
  }
  return byAlphabet(items, nameOf, most);
}

function byAlphabet<T>(items: readonly T[], nameOf: (item: T) => string, most: number): Part<T>[] {
  const sorted = [...items].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const size = Math.max(Math.min(most, 100), Math.ceil(sorted.length / MOST_PARTS));
  const parts: Part<T>[] = [];
  for (let at = 0; at < sorted.length; at += size) {
    const part = sorted.slice(at, at + size);
    const first = nameOf(part[0]!);
    parts.push({ key: first, label: `${first} – ${nameOf(part[part.length - 1]!)}`, items: part });
  }
  return parts;
}
