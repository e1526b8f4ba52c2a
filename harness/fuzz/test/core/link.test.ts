import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LinkKind } from '../../src/core/case.ts';
import { type Arrival, createLink, type Link, MAX_LINE } from '../../src/core/link.ts';

const KINDS: readonly LinkKind[] = ['reference', 'json', 'bytes'];
const ALL = { count: 100, cut: 0, every: 0 };
const ONE = { count: 1, cut: 0, every: 0 };

describe.each(KINDS)('a link by %s', (kind) => {
  test('brings what was sent, in its order, when it is told to, and the end behind it, once', () => {
    const { link, arrived } = linkOf(kind);
    for (const id of [1, 2, 3]) link.send({ id });
    link.end();
    link.send({ id: 4 });
    link.deliver(ONE);
    expect(arrived).toEqual(['{"id":1}']);
    for (let left = 5; left > 0; left -= 1) link.deliver(ALL);
    expect(arrived).toEqual(['{"id":1}', '{"id":2}', '{"id":3}', 'ended']);
    expect(link.isIdle).toBe(true);
  });

  test('loses only what was sent last, and nothing once it has ended', () => {
    const { link, arrived } = linkOf(kind);
    link.send({ id: 1 });
    link.send({ id: 2 });
    link.lose(kind === 'bytes' ? '{"id":2}\n'.length : 1);
    link.end();
    link.lose(100);
    link.deliver(ALL);
    link.deliver(ALL);
    expect(arrived).toEqual(['{"id":1}', 'ended']);
  });

  test('brings nothing more once it is dropped', () => {
    const { link, arrived } = linkOf(kind);
    link.send({ id: 1 });
    link.drop();
    link.send({ id: 2 });
    link.end();
    link.deliver(ALL);
    expect([arrived, link.isIdle]).toEqual([[], true]);
  });

  test('brings messages as one batch, but neither a batch nor what is no message', () => {
    const { link, arrived } = linkOf(kind);
    link.send({ id: 1 });
    link.send({ id: 2 });
    link.send([{ id: 3 }]);
    link.deliverBatch(6);
    link.deliverBatch(6);
    expect(arrived).toEqual(['[{"id":1},{"id":2}]']);
    link.deliver(ONE);
    link.garble('hello');
    link.deliverBatch(6);
    link.deliver(ALL);
    expect(arrived.slice(1)).toEqual(['[{"id":3}]', 'garbled notJson']);
  });
});

describe('a link by bytes', () => {
  test('brings the same however it is cut', () => {
    const values = fc.array(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), { maxLength: 6 });
    const portions = fc.array(
      fc.record({ count: fc.nat(3), cut: fc.integer({ min: -30, max: 30 }), every: fc.nat(5) }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(values, portions, (sent, portions) => {
        const { link, arrived } = linkOf('bytes');
        for (const value of sent) link.send(value);
        for (const portion of portions) link.deliver(portion);
        link.deliver(ALL);
        expect(arrived).toEqual(sent.map((value) => JSON.stringify(value)));
      }),
    );
  });

  test('tells of half a line before the end', () => {
    const { link, arrived } = linkOf('bytes');
    link.send({ id: 1 });
    link.lose(1);
    link.end();
    link.deliver(ALL);
    link.deliver(ALL);
    expect(arrived).toEqual(['garbled cutOff', 'ended']);
  });

  test('takes no line that is too long', () => {
    const { link, arrived } = linkOf('bytes');
    link.garble('x'.repeat(MAX_LINE + 1));
    link.send({ id: 1 });
    link.deliver(ALL);
    expect(arrived).toEqual(['garbled tooLong', '{"id":1}']);
  });
});

test('a link by reference hands on the very object, which nobody may change', () => {
  const message = { params: { list: [1] } };
  const arrived: unknown[] = [];
  const link = createLink('reference', (arrival) => arrived.push(arrival.type === 'received' && arrival.json));
  link.send(message);
  link.deliver(ONE);
  expect(arrived[0]).toBe(message);
  expect(() => message.params.list.push(2)).toThrow(TypeError);
});

function linkOf(kind: LinkKind): { readonly link: Link; readonly arrived: string[] } {
  const arrived: string[] = [];
  const nameOf = (arrival: Arrival): string => {
    if (arrival.type === 'received') return JSON.stringify(arrival.json);
    return arrival.type === 'garbled' ? `garbled ${arrival.why}` : arrival.type;
  };
  return { link: createLink(kind, (arrival) => arrived.push(nameOf(arrival))), arrived };
}
