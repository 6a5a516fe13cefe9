import { parseQuery, type Query } from '../model/queries';

const files = import.meta.glob('../../../docs/queries/*.cypher', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;

/** The questions of docs/queries, in the order of their files' names. */
export const QUERIES: readonly Query[] = Object.entries(files)
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([path, text]) => parseQuery(path, text));
