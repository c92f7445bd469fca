package steps

import (
	"crypto/rand"
	"io"
	"os/exec"
	"strings"
	"sync"
)

// reapedLabel marks the containers of one run of the tests.
const reapedLabel = "simulate-duo.session"

var session = strings.ToLower(rand.Text())

// lifeline is the standard input of the process that reaps: kept here so that
// nothing but the end of this process closes it.
var lifeline io.WriteCloser

// reap has another process remove the containers of this run, and the images that
// were built for them, as soon as this one is gone, however it went: by Ctrl-C, by a panic in another goroutine, or by
// kill -9. It waits for the end of its standard input, which this process holds.
// testcontainers' own reaper does the same, but it is an image, which not every
// machine can pull.
var reap = sync.OnceValue(func() (err error) {
	cmd := exec.Command("sh", "-c", `trap "" INT TERM HUP; cat >/dev/null
		ids=$(docker ps -aq --filter "label=$0=$1"); [ -z "$ids" ] || docker rm -f -v $ids >/dev/null
		ids=$(docker images -q --filter "label=$0=$1"); [ -z "$ids" ] || docker rmi -f $ids >/dev/null`, reapedLabel, session)
	if lifeline, err = cmd.StdinPipe(); err != nil {
		return err
	}
	return cmd.Start()
})
