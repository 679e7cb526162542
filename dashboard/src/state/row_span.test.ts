import { describe, expect, it } from 'vitest';
import { placeOf, spanAt, spanAtEnd, topFor } from './row_span';

const VIEW = { heightPx: 440, rowPx: 22 };

describe('which rows are drawn', () => {
  it('is what can be seen, and some around it', () => {
    expect(spanAt(2_200, VIEW, 5_000)).toEqual({ from: 88, to: 132 });
  });

  it('is never more than there are', () => {
    expect(spanAt(0, VIEW, 5)).toEqual({ from: 0, to: 5 });
    expect(spanAt(9_999, VIEW, 5)).toEqual({ from: 5, to: 5 });
    expect(spanAtEnd(VIEW, 5)).toEqual({ from: 0, to: 5 });
  });

  it('is the newest ones at the end', () => {
    expect(spanAtEnd(VIEW, 5_000)).toEqual({ from: 4_974, to: 5_000 });
  });
});

describe('where they are', () => {
  it('is below all rows before them', () => {
    const { padPx, shiftPx } = placeOf(9_000, 0, 22);
    expect(padPx + shiftPx).toBe(9_000 * 22);
  });

  it('is the same within the box, whatever leaves the list in front', () => {
    const before = placeOf(4_968, 0, 22);
    // Twenty rows came, twenty left in front; the first drawn row is the one that was the twenty-first.
    const after = placeOf(4_968, 20, 22);
    expect(after.padPx - before.padPx).toBe(20 * 22);
    expect(after.padPx + after.shiftPx).toBe(4_968 * 22);
  });

  it('stays within what a browser can lay out', () => {
    expect(placeOf(4_968, 10_000_000, 28).padPx).toBeLessThan(120_000);
  });
});

describe('the way to a row', () => {
  it('is as short as can be', () => {
    expect(topFor(10, 0, VIEW, 'auto')).toBe(0);
    expect(topFor(30, 0, VIEW, 'auto')).toBe(31 * 22 - 440);
    expect(topFor(3, 2_200, VIEW, 'auto')).toBe(66);
  });

  it('leads to the middle when that is asked for', () => {
    expect(topFor(100, 0, VIEW, 'center')).toBe(2_200 - 209);
  });
});
