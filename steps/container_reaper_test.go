package steps

import (
	"crypto/rand"
	"os/exec"
	"strings"
	"sync"
)

// reapedLabel marks the containers of one run of the tests.
const reapedLabel = "simulate-duo.session"

var session = strings.ToLower(rand.Text())

// reap has another process remove the containers of this run as soon as this one
// is gone, however it went: by Ctrl-C, by a panic in another goroutine, or by
// kill -9. It waits for the end of its standard input, which this process holds.
// testcontainers' own reaper does the same, but it is an image, which not every
// machine can pull.
var reap = sync.OnceValue(func() error {
	cmd := exec.Command("sh", "-c", `trap "" INT TERM HUP; cat >/dev/null
		ids=$(docker ps -aq --filter "label=$0=$1"); [ -z "$ids" ] || docker rm -f -v $ids >/dev/null`, reapedLabel, session)
	if _, err := cmd.StdinPipe(); err != nil { // never closed: the end of this process does that
		return err
	}
	return cmd.Start()
})
