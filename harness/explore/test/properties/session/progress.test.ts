import { type Case, testRules } from '../judging.ts';
import { call, type Played, progress, readyClient, readyServer, request, result, type Spoil } from '../played.ts';
import { adding, changing, nothing, only, reversing, sending } from '../spoiling.ts';

const FIRST = 2;
const open = (): Played => readyClient().feed(call(1, 'tools/call'));
const silent = (): Played => readyClient().feed(call(1, 'tools/call', { wantsProgress: false }));
const serverOpen = (): Played => readyServer().feed(call(1, 'roots/list'));
const hear = (json: unknown) => ({ type: 'received', json }) as const;
const token = (progressToken: string | number) => ({ _meta: { progressToken } });
const working = (): Played => readyServer().hear(request(7, 'tools/call', token('t')));
const asked = (): Played => readyClient().hear(request(7, 'roots/list', token(8)));
const delivered = { type: 'deliver', item: { kind: 'progress', key: 1, progress: 1 } } as const;
const telling = (told: number) => ({ type: 'progress', key: 1, progress: told }) as const;

const ofThree = hear({ ...progress(FIRST, 2), params: { progressToken: FIRST, progress: 2, total: 3, message: 'on' } });
const otherwise = (item: object): Spoil =>
  changing('deliver', (effect) => ({ ...effect, item: { ...effect.item, ...item } }) as typeof effect);

const CASES: readonly Case[] = [
  ['client.progress.delivered', 'another total', open, ofThree, otherwise({ total: 4 })],
  ['client.progress.delivered', 'other words', open, ofThree, otherwise({ message: 'off' })],
  [
    'server.progress.told',
    'no total',
    working,
    { ...telling(1), total: 2 },
    changing('send', (effect) => ({ ...effect, message: progress('t', 1) })),
  ],
  ['client.progress.delivered', 'none', open, hear(progress(FIRST, 1)), nothing],
  ['client.progress.delivered', 'another number', open, hear(progress(FIRST, 2)), only(delivered)],
  ['client.progress.delivered', 'the answer first', open, hear([progress(FIRST, 1), result(FIRST)]), reversing],
  ['server.progress.delivered', 'none', serverOpen, hear(progress(1, 1)), nothing],
  ['client.progress.of-open-calls', 'that of nobody', open, hear(progress(77, 1)), adding(delivered)],
  ['client.progress.of-open-calls', 'what nobody asked for', silent, hear(progress(FIRST, 1)), adding(delivered)],
  ['server.progress.of-open-calls', 'that of nobody', serverOpen, hear(progress(77, 1)), adding(delivered)],
  ['server.progress.told', 'silence', working, telling(1), nothing],
  [
    'server.progress.told',
    'another token',
    working,
    telling(1),
    changing('send', (effect) => ({ ...effect, message: progress('u', 1) })),
  ],
  ['server.progress.told', 'a word for nobody', readyServer, telling(1), adding(sending(progress('t', 1)))],
  [
    'server.progress.told',
    'what does not grow',
    () => working().feed(telling(2)),
    telling(2),
    adding(sending(progress('t', 2))),
  ],
  ['client.progress.told', 'silence', asked, telling(1), nothing],
];

testRules(CASES);
