/** A record's bytes without a logger, and what they look like where they are read. */

import { writeMetadata } from '../dist/metadata.js';
import { native } from '../dist/native.js';
import { giveBack, take } from '../dist/scratch.js';

/** The body of a message with fields. */
export function encoded(fields, message = 'm') {
  const body = take();
  try {
    body.begin(2, 0, 0, message);
    writeMetadata(body, fields);
    return body.copy();
  } finally {
    giveBack();
  }
}

/** The JSON of a row, as text. */
export const shownText = (fields, message) => native.show(encoded(fields, message));

/** A row, as the server shows it. */
export const shown = (fields, message) => JSON.parse(shownText(fields, message));
