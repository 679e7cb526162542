//go:build cgo && linux && (amd64 || arm64)

// Package native is the border to the Rust core: it moves bytes and numbers, and decides nothing. It is not for users.
package native

/*
#cgo CFLAGS: -I${SRCDIR}
#cgo LDFLAGS: -lm -ldl -lpthread
#cgo noescape dlogs_append
#cgo nocallback dlogs_append
#cgo noescape dlogs_append_waiting
#cgo nocallback dlogs_append_waiting
#if defined(__x86_64__) && !__has_include("linux_amd64/dlogs_linux_amd64.syso") || defined(__aarch64__) && !__has_include("linux_arm64/dlogs_linux_arm64.syso")
#error "the native library of DistributedLogs is not built: run doors/go.sh build"
#endif
#include "dlogs.h"
*/
import "C"

import (
	"fmt"
	"unsafe"
)

const abiMajor = 1

// Open makes a logger from options in JSON. A problem is a sentence for the user.
func Open(options []byte) (logger Logger, problem string) {
	if version := uint32(C.dlogs_abi_version()); version>>16 != abiMajor {
		return 0, fmt.Sprintf("the native library speaks ABI %d, this package %d; build both from one version", version>>16, abiMajor)
	}
	var handle C.uint64_t
	var text [4096]byte
	var length C.size_t
	status := C.dlogs_open(pointer(options), C.size_t(len(options)), &handle, pointer(text[:]), C.size_t(len(text)), &length)
	switch {
	case status == C.DLOGS_OK:
		return Logger(handle), ""
	case length == 0:
		return 0, fmt.Sprintf("the core refused to open with status %d", status)
	default:
		return 0, string(text[:min(int(length), len(text))])
	}
}

// Append hands one record over, and never waits.
func (l Logger) Append(record []byte) Outcome {
	return Outcome(C.dlogs_append(C.uint64_t(l), (*C.uint8_t)(unsafe.Pointer(&record[0])), C.size_t(len(record))))
}

// AppendWaiting is Append that waits for room, where overflow = "block".
func (l Logger) AppendWaiting(record []byte) Outcome {
	return Outcome(C.dlogs_append_waiting(C.uint64_t(l), pointer(record), C.size_t(len(record))))
}

// Start begins delivery.
func (l Logger) Start() { C.dlogs_start(C.uint64_t(l)) }

// Release frees the handle, and closes a logger that was not.
func (l Logger) Release() { C.dlogs_release(C.uint64_t(l)) }

// Level is the least level, 0 to 5.
func (l Logger) Level() int32 { return int32(C.dlogs_level(C.uint64_t(l))) }

// SetLevel changes the least level, 0 to 5.
func (l Logger) SetLevel(level byte) { C.dlogs_set_level(C.uint64_t(l), C.int32_t(level)) }

// State is the state's number and, in the upper byte, one more than the activity's.
func (l Logger) State() int { return int(C.dlogs_state(C.uint64_t(l))) }

// Flush waits for the time at most, and says how many records wait.
func (l Logger) Flush(timeoutMs uint32) uint64 {
	var waiting C.uint64_t
	C.dlogs_flush(C.uint64_t(l), C.uint32_t(timeoutMs), &waiting)
	return uint64(waiting)
}

// Close waits for the time at most, and says how many records are sent, waiting and lost.
func (l Logger) Close(timeoutMs uint32) [3]uint64 {
	var report [3]C.uint64_t
	C.dlogs_close(C.uint64_t(l), C.uint32_t(timeoutMs), &report[0])
	return [3]uint64{uint64(report[0]), uint64(report[1]), uint64(report[2])}
}

// Stats are the counters, as JSON.
func (l Logger) Stats() []byte {
	text, _ := fill(func(out *C.uint8_t, capacity C.size_t, length *C.size_t) C.int32_t {
		return C.dlogs_stats(C.uint64_t(l), out, capacity, length)
	})
	return text
}

// Options are what this side must know of the resolved options, as JSON.
func (l Logger) Options() []byte {
	text, _ := fill(func(out *C.uint8_t, capacity C.size_t, length *C.size_t) C.int32_t {
		return C.dlogs_options(C.uint64_t(l), out, capacity, length)
	})
	return text
}

// NextEvent waits for the event at the cursor, which moves on. No text: there was none. No more: none will follow.
func (l Logger) NextEvent(timeoutMs uint32, cursor *uint64) (text []byte, more bool) {
	return fill(func(out *C.uint8_t, capacity C.size_t, length *C.size_t) C.int32_t {
		return C.dlogs_next_event(C.uint64_t(l), C.uint32_t(timeoutMs), (*C.uint64_t)(cursor), out, capacity, length)
	})
}

// fill lets the core write into a buffer of ours, a larger one when it asks for it.
func fill(write func(out *C.uint8_t, capacity C.size_t, length *C.size_t) C.int32_t) (text []byte, ok bool) {
	buffer := make([]byte, 4096)
	for {
		var length C.size_t
		switch write(pointer(buffer), C.size_t(len(buffer)), &length) {
		case C.DLOGS_OK:
			return buffer[:length], true
		case C.DLOGS_TOO_SMALL:
			buffer = make([]byte, length)
		default:
			return nil, false
		}
	}
}

func pointer(b []byte) *C.uint8_t { return (*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(b))) }
