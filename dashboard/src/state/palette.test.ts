import { expect, it } from 'vitest';
import { type Command, findCommands } from './palette';

const command = (group: string, label: string): Command => ({ group, label, run: () => undefined });
const ALL = [
  command('Page', 'Search'),
  command('Service', 'elasticsearch'),
  command('Service', 'pay research'),
  command('Theme', 'Dark'),
];
const found = (text: string) => findCommands(ALL, text).map(({ label }) => label);

it('offers everything in its order when nothing is typed', () => {
  expect(found('')).toEqual(['Search', 'elasticsearch', 'pay research', 'Dark']);
});

it('puts the beginning of a label before the middle of a word', () => {
  expect(found('search')).toEqual(['Search', 'elasticsearch', 'pay research']);
});

it('takes words in any order, from the group too', () => {
  expect(found('dark theme')).toEqual(['Dark']);
  expect(found('serv pay')).toEqual(['pay research']);
  expect(found('dark page')).toEqual([]);
});
