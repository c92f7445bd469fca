//go:build unix

package store

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockFile locks the file without waiting. The lock belongs to the open file and
// ends with it, so also when the process is killed.
func lockFile(f *os.File) error {
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}
