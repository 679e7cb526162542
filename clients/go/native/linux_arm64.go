//go:build cgo

package native

// Links the core. Only with cgo, because Go's own linker cannot.
import _ "github.com/distributedlogs/distributedlogs/clients/go/native/linux_arm64"
