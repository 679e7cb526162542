/** One request to the server: JSON in, JSON out, and every failure is an ApiError with a sentence. */

const TIMEOUT_MS = 15_000;

export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The server's word for it: `query`, `key_missing`, ... */
  readonly reason: string;
  readonly position: number | null;

  constructor(status: number, reason: string, message: string, position: number | null = null) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.position = position;
  }

  get needsKey(): boolean {
    return this.status === 401 || (this.status === 403 && this.reason.startsWith('key'));
  }
}

/** Whatever was thrown, as something that can be told to a person. */
export function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  return new ApiError(0, '', cause instanceof Error ? cause.message : 'That did not work.');
}

interface ErrorBody {
  readonly error?: string;
  readonly reason?: string;
  readonly position?: number;
}

async function failure(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  const message = body.error ?? `The server answered ${response.status}.`;
  return new ApiError(response.status, body.reason ?? '', message, body.position ?? null);
}

export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  let response: Response;
  try {
    response = await fetch(path, { ...init, signal, credentials: 'same-origin' });
  } catch (cause) {
    throw new ApiError(0, 'unreachable', cause instanceof Error ? cause.message : 'No answer.');
  }
  if (!response.ok) throw await failure(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}
