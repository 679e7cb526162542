/** A small reading of the query language, enough to work on the page without a server. Development only. */

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];

export class QueryError extends Error {
  constructor(message, position) {
    super(message);
    this.position = position;
  }
}

function text(row) {
  return `${row.message} ${JSON.stringify(row.metadata ?? {})} ${row.service ?? ''} ${row.component ?? ''}`.toLowerCase();
}

function levelTest(value) {
  const least = /^(>=)?(\w+)\+?$/.exec(value);
  const at = LEVELS.indexOf((least?.[2] ?? '').toUpperCase());
  return (row) => (least?.[1] ? LEVELS.indexOf(row.level) >= at : LEVELS.indexOf(row.level) === at);
}

function fieldTest(name, value) {
  if (name === 'level') return levelTest(value);
  const wanted = value.toLowerCase().replace(/\*$/, '');
  const read = (row) => String(row[name] ?? row.metadata?.[name] ?? '').toLowerCase();
  return value.endsWith('*') ? (row) => read(row).startsWith(wanted) : (row) => read(row) === wanted;
}

function term(word, at) {
  if (word.startsWith('/')) {
    const end = word.lastIndexOf('/');
    if (end === 0) throw new QueryError('This regular expression is not closed. Add a / at its end.', at);
    try {
      const pattern = new RegExp(word.slice(1, end), 'i');
      return (row) => pattern.test(text(row));
    } catch (cause) {
      throw new QueryError(`This is not a regular expression: ${cause.message}`, at);
    }
  }
  const field = /^([\w.@]+):(.*)$/.exec(word);
  if (field?.[2] === '') throw new QueryError(`A value is missing after "${field[1]}:".`, at + word.length);
  if (field) return fieldTest(field[1], field[2].replaceAll('"', ''));
  const wanted = word.replaceAll('"', '').toLowerCase();
  return (row) => text(row).includes(wanted);
}

/** A test for rows, or a QueryError with a position. */
export function compile({ q = '', level = '', language = '', service = '' }) {
  if ((q.match(/"/g) ?? []).length % 2 === 1) {
    throw new QueryError('This quote is not closed. Add a " at the end of the phrase.', q.lastIndexOf('"'));
  }
  const tests = [...q.matchAll(/-?(?:[\w.@]+:)?"[^"]*"|\S+/g)].map((match) => {
    const negated = match[0].startsWith('-') && match[0].length > 1;
    const test = term(negated ? match[0].slice(1) : match[0], match.index);
    return negated ? (row) => !test(row) : test;
  });
  const at = LEVELS.indexOf(level.toUpperCase());
  if (at >= 0) tests.push((row) => LEVELS.indexOf(row.level) >= at);
  if (language) tests.push((row) => row.language === language);
  if (service) tests.push((row) => row.service === service);
  return (row) => tests.every((test) => test(row));
}
