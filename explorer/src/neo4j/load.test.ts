import { describe, expect, it } from 'vitest';
import type { Reader, Row } from './connection';
import { loadAll, loadChanges } from './load';
import * as statements from './statements';

/** A registry of one service that an update changes after so many reads. */
class Updated implements Reader {
  private reads = 0;

  constructor(private readonly updatedAfter: number) {}

  async read(statement: string, parameters: Record<string, unknown> = {}): Promise<Row[]> {
    const updated = this.reads++ >= this.updatedAfter;
    switch (statement) {
      case statements.FINGERPRINTS:
        return [{ fingerprints: [['web', updated ? 'new' : 'old']] }];
      case statements.SERVICES:
      case statements.SERVICES_OF_ARNS:
        if (statement === statements.SERVICES_OF_ARNS && !(parameters.arns as string[]).includes('web')) return [];
        return [{ services: [['web', 'srv-1', 'web', 'shop', 'ns', '', '', [], []]] }];
      case statements.HEALTHS:
      case statements.HEALTHS_OF_ARNS:
        return [{ healths: [['web', 'HEALTHY', 'ip', updated ? 2 : 1]] }];
      default:
        return [];
    }
  }
}

describe('loadChanges', () => {
  it('finds what an update changed while all was read, whenever it came', async () => {
    for (let after = 0; after <= 6; after++) {
      const loaded = await loadAll(new Updated(after));
      const current = await loadChanges(new Updated(0), loaded);
      expect(current.graph.services.get('web')?.instances, `an update after ${after} reads`).toBe(2);
    }
  });

  it('reads a service again that was gone when its digest was known', async () => {
    const known = { graph: { namespaces: new Map(), services: new Map(), dependencies: [] }, digests: new Map([['web', 'new']]), unsure: new Set<string>() };
    expect((await loadChanges(new Updated(0), known)).graph.services.get('web')?.instances).toBe(2);
  });

  it('reads once more what it met while the update was being applied', async () => {
    const before = await loadAll(new Updated(Infinity));
    const reader = new Updated(0);
    const half: Reader = {
      // The digest is new already, the instances are not counted anew.
      read: (statement, parameters) => (statement === statements.HEALTHS_OF_ARNS ? Promise.resolve([{ healths: [['web', 'HEALTHY', 'ip', 1]] }]) : reader.read(statement, parameters)),
    };
    const met = await loadChanges(half, before);
    expect([met.digests.get('web'), met.graph.services.get('web')?.instances]).toEqual(['new', 1]);
    const settled = await loadChanges(reader, met);
    expect(settled.graph.services.get('web')?.instances).toBe(2);
    expect(settled.unsure.size).toBe(0);
  });

  it('keeps the object of what is the same, though it was read again', async () => {
    const loaded = await loadAll(new Updated(0));
    const again = await loadChanges(new Updated(0), { ...loaded, unsure: new Set(['web']) });
    expect(again.graph.services.get('web')).toBe(loaded.graph.services.get('web'));
  });

  it('keeps the object of what is the same', async () => {
    const loaded = await loadAll(new Updated(0));
    expect((await loadChanges(new Updated(0), loaded)).graph.services.get('web')).toBe(loaded.graph.services.get('web'));
  });
});
