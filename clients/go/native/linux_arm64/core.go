// Package linux_arm64 holds the core for this platform as one object, dlogs_linux_arm64.syso, which doors/go.sh builds.
package linux_arm64
