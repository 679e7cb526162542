package distributedlogs

import (
	"context"
	"encoding/json"
)

// Event is something that happened to a logger: state_changed, batch_sent, batch_failed, connection_failed,
// connection_restored, alert, records_lost, adopted, events_missed.
type Event struct {
	// Name is one of the names above.
	Name string
	// Fields is what else there is to say, such as "count" and "round_trip_ms" of batch_sent. Numbers are float64.
	Fields map[string]any
}

const (
	eventRoom = 64
	// eventPollMs is how long the goroutine stays in the core: the longest that ending it can take.
	eventPollMs = 100
)

// Events returns a channel with everything that happens, from the oldest event that is kept (1024 are). It is closed when
// the context ends or the logger is closed. A reader that is too slow misses events and is told so by events_missed. A
// goroutine exists only for as long as the channel is open.
func (l *Logger) Events(ctx context.Context) <-chan Event {
	if ctx == nil {
		ctx = context.Background()
	}
	events := make(chan Event, eventRoom)
	ended := l.core.listens()
	go func() {
		defer ended()
		defer close(events)
		l.core.pull(ctx, events)
	}()
	return events
}

// listens lets Close wait for a listener, which is only counted before it: afterwards it ends by itself.
func (c *core) listens() (ended func()) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.isClosed() {
		return func() {}
	}
	c.listeners.Add(1)
	return c.listeners.Done
}

// hangUp ends the listeners, after they have passed on what has happened.
func (c *core) hangUp() {
	c.mutex.Lock()
	if !c.isClosed() {
		close(c.closed)
	}
	c.mutex.Unlock()
	c.listeners.Wait()
}

func (c *core) isClosed() bool {
	select {
	case <-c.closed:
		return true
	default:
		return false
	}
}

func (c *core) pull(ctx context.Context, events chan<- Event) {
	var cursor uint64
	for ctx.Err() == nil {
		// Asked before the pull: what happened until then is still seen.
		last := c.isClosed()
		text, more := c.native.NextEvent(eventPollMs, &cursor)
		if !more || last && len(text) == 0 {
			return
		}
		if len(text) > 0 && !c.pass(ctx, events, eventOf(text)) {
			return
		}
	}
}

// pass waits for the reader while the logger is open; then there may be none any more, and what has no room is dropped.
func (c *core) pass(ctx context.Context, events chan<- Event, event Event) bool {
	select {
	case events <- event:
		return true
	default:
	}
	select {
	case events <- event:
	case <-ctx.Done():
		return false
	case <-c.closed:
	}
	return true
}

func eventOf(text []byte) Event {
	var fields map[string]any
	// The core writes an object with a name; there is no other answer.
	_ = json.Unmarshal(text, &fields)
	name, _ := fields["name"].(string)
	delete(fields, "name")
	return Event{Name: name, Fields: fields}
}
