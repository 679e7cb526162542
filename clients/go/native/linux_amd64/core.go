// Package linux_amd64 holds the core for this platform as one object, dlogs_linux_amd64.syso, which doors/go.sh builds.
package linux_amd64
