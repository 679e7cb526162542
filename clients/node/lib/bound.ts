/** Fields that are encoded once and copied into every record of a child or a context. */

import type { Bound } from './body';
import { writeMetadata } from './metadata';
import { giveBack, take } from './scratch';

/** The fields of `outer`, then these, which win where both have a name. */
export function bind(outer: Bound | undefined, fields: unknown): Bound {
  const body = take();
  try {
    body.beginBound();
    if (outer !== undefined) {
      body.bound(outer);
    }
    writeMetadata(body, fields);
    return body.endBound();
  } finally {
    giveBack();
  }
}
