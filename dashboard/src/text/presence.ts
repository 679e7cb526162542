/** Presence in words that claim no more than the server knows. */
import type { Presence } from '../api/types';

export const PRESENCE_MEANS: Readonly<Record<Presence, string>> = {
  connected: 'Heard from within the last 30 seconds.',
  silent: 'Not heard from for more than 30 seconds, and it did not say goodbye.',
  failed: 'The client itself says that its sending has failed; it keeps records in its journal.',
  gone: 'Silent for more than 5 minutes, or another process ships what it left.',
  closed: 'Ended in good order.',
};
