/** What the client tells about itself, and with what. */

import type { LostReason } from './generated/losses';
import type { State } from './generated/states';

/** Why the server cannot be reached or does not take records. */
export type Trouble = 'server' | 'network' | 'auth' | 'misconfigured';

/** The events of a logger, by name. Every event carries its name, too. */
export interface Events {
  /** The state has changed. */
  stateChanged: [{ name: 'stateChanged'; from: State; to: State }];
  /** A batch was acknowledged. */
  batchSent: [
    {
      name: 'batchSent';
      stream: string;
      firstSeq: number;
      lastSeq: number;
      count: number;
      /** On the wire. */
      bytes: number;
      roundTripMs: number;
    },
  ];
  /** A batch was not acknowledged. Its records are kept. */
  batchFailed: [
    {
      name: 'batchFailed';
      stream: string;
      firstSeq: number;
      lastSeq: number;
      count: number;
      /** The HTTP status, where there was an answer. */
      status?: number;
      error: string;
    },
  ];
  /** The first failure after a success. */
  connectionFailed: [{ name: 'connectionFailed'; reason: Trouble; error: string }];
  /** The first success after a failure. */
  connectionRestored: [{ name: 'connectionRestored'; outageMs: number }];
  /** A person should look: the state has become failed, or the journal is not where it was meant to be. */
  alert: [{ name: 'alert'; reason: Trouble | 'journal'; message: string }];
  /** Records are lost and counted. */
  recordsLost: [{ name: 'recordsLost'; stream: string; from: number; to: number; count: number; reason: LostReason }];
  /** The stream of a process that died is being sent. */
  adopted: [{ name: 'adopted'; stream: string; waiting: number }];
  /** The listener was too slow: so many events were overwritten. */
  eventsMissed: [{ name: 'eventsMissed'; count: number }];
}
