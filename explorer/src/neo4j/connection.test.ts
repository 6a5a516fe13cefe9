import { describe, expect, it } from 'vitest';
import { Connection, withoutUserInfo } from './connection';

describe('withoutUserInfo', () => {
  it.each([
    ['Unknown scheme: x://neo4j:secret@host', 'x://neo4j:secret@host', 'Unknown scheme: x://host'],
    ['No: bolt://neo4j:s e@c/ret@host:7687/', 'bolt://neo4j:s e@c/ret@host:7687/', 'No: bolt://host:7687/'],
    ['Cannot parse neo4j:secret@host', 'x://neo4j:secret@host', 'Cannot parse host'],
    ['Unknown scheme: http', 'http://host', 'Unknown scheme: http'],
  ])('takes them out of %s', (message, uri, expected) => {
    expect(withoutUserInfo(message, uri)).toBe(expected);
  });
});

describe('Connection', () => {
  it.each(['x://neo4j:secret@host', '://neo4j:secret@', 'neo4j:secret@host', 'bolt://neo4j:secret@host?a&a'])(
    'does not repeat the password that stands in an address it refuses: %s',
    async (uri) => {
      await expect(Connection.open({ uri, username: '', password: '', database: '' })).rejects.toThrow(/^The address is not one of Neo4j: (?!.*secret)/);
    },
  );
});
