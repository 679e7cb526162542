package distributedlogs

import (
	"fmt"
	"strings"
)

// Level says how much a record matters. The zero value stands for "not given" in a Config.
type Level int8

// number is the level's number on the wire, 0 to 5.
func (l Level) number() byte { return byte(min(max(l, LevelTrace), LevelCritical) - LevelTrace) }

func levelFromNumber(n int32) Level { return Level(n) + LevelTrace }

// String returns the level's name, as it is stored: "WARNING".
func (l Level) String() string {
	if l < 0 || int(l) >= len(levelNames) {
		return fmt.Sprintf("Level(%d)", int8(l))
	}
	return levelNames[l]
}

// ParseLevel understands the level's name in any case, and the names that others use for it: "warn", "fatal", "notice".
func ParseLevel(name string) (Level, error) {
	if level := levelNamed(strings.ToLower(strings.TrimSpace(name))); level != 0 {
		return level, nil
	}
	return 0, fmt.Errorf("%q is no level; there are trace, debug, info, warning, error and critical", name)
}

// MarshalText returns the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText is ParseLevel, for flags and files.
func (l *Level) UnmarshalText(text []byte) error {
	level, err := ParseLevel(string(text))
	if err == nil {
		*l = level
	}
	return err
}
