package distributedlogs

import (
	"encoding/json"
	"maps"
	"runtime"
	"time"
)

// ConfigError says which option is wrong, where it came from, and how to mend it.
type ConfigError struct {
	// Message is the whole sentence.
	Message string
}

// Error returns the message.
func (e *ConfigError) Error() string { return e.Message }

// json is the configuration as the core reads it: only what was given, so that environment, file and default decide the
// rest. The core also judges the values.
func (c *Config) json() ([]byte, error) {
	options := c.given()
	maps.Copy(options, c.Extra)
	options["sdk"] = map[string]string{"language": "go", "version": Version, "runtime": runtime.Version()}
	encoded, err := json.Marshal(options)
	if err != nil {
		return nil, &ConfigError{Message: "the options cannot be written as JSON: " + err.Error()}
	}
	return encoded, nil
}

func give[T comparable](options map[string]any, name string, value T) {
	var notGiven T
	if value != notGiven {
		options[name] = value
	}
}

func giveLevel(options map[string]any, name string, level Level) {
	if level != 0 {
		options[name] = level.String()
	}
}

func giveMilliseconds(options map[string]any, name string, value time.Duration) {
	if value != 0 {
		options[name] = value.Milliseconds()
	}
}
