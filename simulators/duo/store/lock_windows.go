package store

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockFile locks the file without waiting. The lock belongs to the open file and
// ends with it, so also when the process is killed.
func lockFile(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{})
}
