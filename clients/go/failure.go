package distributedlogs

import (
	"fmt"
	"strings"
)

// maxCauses bounds a chain of errors, which may go round.
const maxCauses = 32

// errorFields writes the reserved keys of an error: its type, its text, and its stack. An error that formats itself, as
// those with a stack trace do, gives the stack; else it is the chain of causes, where there is one.
func (b *body) errorFields(v any) {
	err, ok := v.(error)
	if !ok {
		return
	}
	b.key("@error.type")
	b.tagged(tagString, fmt.Sprintf("%T", err))
	b.key("@error.message")
	b.foreign(err, 0)
	if stack := stackOf(err); stack != "" {
		b.key("@error.stack")
		b.tagged(tagString, stack)
	}
}

func stackOf(err error) (stack string) {
	defer func() {
		if recover() != nil {
			stack = ""
		}
	}()
	if formatter, ok := err.(fmt.Formatter); ok {
		return fmt.Sprintf("%+v", formatter)
	}
	lines := causes(nil, err)
	if len(lines) < 2 {
		return ""
	}
	return strings.Join(lines, "\ncaused by ")
}

// causes spells the error and what it wraps, one a line. fmt tells of an Error method that panics.
func causes(lines []string, err error) []string {
	if err == nil || len(lines) == maxCauses {
		return lines
	}
	lines = append(lines, fmt.Sprintf("%T: %v", err, err))
	switch wrapper := err.(type) {
	case interface{ Unwrap() error }:
		lines = causes(lines, wrapper.Unwrap())
	case interface{ Unwrap() []error }:
		for _, cause := range wrapper.Unwrap() {
			lines = causes(lines, cause)
		}
	}
	return lines
}
