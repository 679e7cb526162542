package distributedlogs

// State is what the logger is with respect to delivery; a record is kept in every state.
type State string

// Activity is what a logger does that is not stopped.
type Activity string

const activityShift = 8

// State tells whether delivery is well.
func (l *Logger) State() State {
	state := l.core.native.State() & (1<<activityShift - 1)
	if state >= len(states) {
		return StateStopped
	}
	return states[state]
}

// Activity tells what delivery is doing just now; empty where it does nothing.
func (l *Logger) Activity() Activity {
	activity := l.core.native.State()>>activityShift - 1
	if activity < 0 || activity >= len(activities) {
		return ""
	}
	return activities[activity]
}
