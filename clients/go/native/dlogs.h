/* The C ABI of DistributedLogs. Generated from crates/abi by its tests (DLOGS_WRITE_HEADER=1); do not edit.
 *
 * Inputs are borrowed for the call, outputs are written into the caller's buffers, and nothing is owned across the border.
 * Every function may be called from any thread. None prints, none exits, no callback is ever made. */

#ifndef DLOGS_H
#define DLOGS_H

#include <stdint.h>
#include <stddef.h>

// Accepted, or done.
#define DLOGS_OK 0

// The handle is stale or was never one.
#define DLOGS_BAD_HANDLE -1

// A pointer is null, or a text is not UTF-8.
#define DLOGS_BAD_ARGUMENT -2

// The configuration is wrong; the error buffer says how to mend it.
#define DLOGS_CONFIG -3

// The buffer is too small; the length says how large it must be.
#define DLOGS_TOO_SMALL -4

// There are too many loggers at once.
#define DLOGS_TOO_MANY -5

// The logger is closed, and every event was seen.
#define DLOGS_ENDED 3

// A defect of ours was caught at the border.
#define DLOGS_PANIC -99

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Major version in the upper 16 bits, minor in the lower. A host refuses another major version.
uint32_t dlogs_abi_version(void);

// Makes a logger from a JSON object: options by their names in docs/options.md, and `sdk`:
// `{"language", "version", "runtime"}`. Returns 0 and writes `handle`, or -3 and writes the error, cut to `capacity`.
//
// # Safety
// `config` points to `length` readable bytes; `handle` and `error_length` to writable numbers (the latter may be null);
// `error` to `capacity` writable bytes.
int32_t dlogs_open(const uint8_t *config,
                   size_t length,
                   uint64_t *handle,
                   uint8_t *error,
                   size_t capacity,
                   size_t *error_length);

// Frees the handle; afterwards it is stale. A logger that was not closed is closed within `shutdown_timeout_ms`.
int32_t dlogs_release(uint64_t handle);

// Starts delivery now instead of with the first record.
int32_t dlogs_start(uint64_t handle);

// Takes one record: a body as spec/record.md draws it. Never blocks. Returns 0 accepted, 1 filtered by level, 2 no room
// just now (only with `overflow = "block"`: call dlogs_append_waiting), or 10 + the refused reason of spec/losses.toml.
//
// # Safety
// `body` points to `length` readable bytes.
int32_t dlogs_append(uint64_t handle, const uint8_t *body, size_t length);

// As dlogs_append, but waits for room up to `block_timeout_ms` where `overflow = "block"`. Release your locks before.
//
// # Safety
// As for dlogs_append.
int32_t dlogs_append_waiting(uint64_t handle, const uint8_t *body, size_t length);

// The minimum level, 0 to 5. Hosts keep a copy, so that a disabled call does not cross the border.
int32_t dlogs_level(uint64_t handle);

// Changes the minimum level.
int32_t dlogs_set_level(uint64_t handle, int32_t level);

// The state's number of spec/states.toml, plus 256 * (1 + the activity's number) where there is one.
int32_t dlogs_state(uint64_t handle);

// Waits until everything logged before is acknowledged or lost, or the time is over. Returns 0 and writes how many records
// of it still wait.
//
// # Safety
// `waiting` points to a writable number or is null.
int32_t dlogs_flush(uint64_t handle,
                    uint32_t timeout_ms,
                    uint64_t *waiting);

// Takes no more records, sends what it can within the time, leaves the rest in the journal. Idempotent. Writes three
// numbers: sent, waiting, lost.
//
// # Safety
// `report` points to three writable numbers or is null.
int32_t dlogs_close(uint64_t handle, uint32_t timeout_ms, uint64_t *report);

// Writes the statistics as JSON, with the names of spec/wire.md.
//
// # Safety
// `out` points to `capacity` writable bytes, `length` to a writable number.
int32_t dlogs_stats(uint64_t handle, uint8_t *out, size_t capacity, size_t *length);

// Writes what a host must know of the resolved options, as JSON: `level`, `shutdown_timeout_ms`, `stream`.
//
// # Safety
// As for dlogs_stats.
int32_t dlogs_options(uint64_t handle, uint8_t *out, size_t capacity, size_t *length);

// Writes the next event as JSON (`{"name": …}`), waiting for it at most `timeout_ms`; length 0: there was none. `cursor` is
// the listener's place: 0 at first, then whatever this call left there. Returns 3 when the logger is closed and everything
// was seen.
//
// # Safety
// As for dlogs_stats; `cursor` points to a writable number.
int32_t dlogs_next_event(uint64_t handle,
                         uint32_t timeout_ms,
                         uint64_t *cursor,
                         uint8_t *out,
                         size_t capacity,
                         size_t *length);

#if defined(DLOGS_TEST_PANIC)
// Panics, so that a test can see that the panic stays here.
int32_t dlogs_test_panic(void);
#endif

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* DLOGS_H */
