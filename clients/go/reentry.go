package distributedlogs

import (
	"runtime"
	"strings"
	"sync/atomic"
)

// A String method that logs its own value would recurse until the stack is full, which in Go ends the process. So calls
// into foreign methods are counted, and when many are under way this goroutine's stack tells whether they are all its own.

const (
	// A record alone may nest less than half as many.
	maxNested  = 64
	framesSeen = 4096
)

var underWay atomic.Int32

// enter is called before a foreign method. False: this goroutine is inside of so many that it must be going round.
func enter() bool {
	if underWay.Add(1) <= maxNested || nested() <= maxNested {
		return true
	}
	leave()
	return false
}

func leave() { underWay.Add(-1) }

// nested counts the foreign methods that this goroutine is inside of, by those of this package that call them.
func nested() (count int) {
	pcs := make([]uintptr, framesSeen)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		if strings.HasSuffix(frame.Function, "/go.(*body).foreign") || strings.HasSuffix(frame.Function, "/go.resolved") {
			count++
		}
	}
	return count
}
