import { describe, expect, it } from 'vitest';
import { graphOf } from '../model/testing';
import { START } from '../model/view';
import { derive } from './derive';
import { INITIAL } from './state';

describe('derive', () => {
  it('draws the selected service also where a link folds what it stands in', () => {
    const state = { ...INITIAL, graph: graphOf({ web: ['orders'], orders: [] }), view: { ...START, closed: ['ns-shop'] } };
    expect(derive(state).picture.nodes.map((node) => node.kind)).toEqual(['aggregate']);
    const selected = derive({ ...state, view: { ...state.view, service: 'web' } });
    expect(selected.picture.nodes.map((node) => node.id)).toContain('web');
  });
});
