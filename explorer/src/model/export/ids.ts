/** Gives each id a short one that every format takes: `n1`, `n2`. */
export function numbered(ids: readonly string[]): (id: string) => string {
  const numbers = new Map(ids.map((id, index) => [id, `n${index + 1}`]));
  return (id) => numbers.get(id) ?? 'n0';
}
