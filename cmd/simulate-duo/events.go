package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/simulate-duo/simulate-duo/steps"
)

// eventsVariable is the environment variable with the bearer token of --events-poll.
const eventsVariable = "SCIM_EVENTS_TOKEN"

// eventFlags say where the security events of a target are found (RFC 9967).
type eventFlags struct {
	poll, tokenFile, file string
}

func (f *eventFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.poll, "events-poll", "", "`URL` where the target's security events (RFC 9967) are polled (RFC 8936); one that begins with / is at its own host")
	flags.StringVar(&f.tokenFile, "events-token-file", "", "`FILE` with the bearer token for --events-poll; default: $"+eventsVariable+", or the target's token at its own host")
	flags.StringVar(&f.file, "events", "", "`FILE` with security events of the target to judge: tokens or their claims, one a line, or the answer to a poll")
}

func (f *eventFlags) given() bool { return f.poll+f.tokenFile+f.file != "" }

// lay lays what the flags say on what the target file says, and reads the files.
func (f *eventFlags) lay(fit *steps.Fit, getenv func(string) string) error {
	if f.given() && fit.Events == nil {
		fit.Events = &steps.EventStream{}
	}
	s := fit.Events
	if s == nil {
		return nil
	}
	s.Poll, s.TokenFile, s.File = cmp.Or(f.poll, s.Poll), cmp.Or(f.tokenFile, s.TokenFile), cmp.Or(f.file, s.File)
	if err := checkPoll(s); err != nil {
		return err
	}
	s.Token = getenv(eventsVariable)
	if s.TokenFile != "" {
		text, err := os.ReadFile(s.TokenFile)
		if err != nil {
			return fmt.Errorf("--events-token-file: %w", err)
		}
		if s.Token = strings.TrimSpace(string(text)); s.Token == "" {
			return fmt.Errorf("--events-token-file %s holds no token", s.TokenFile)
		}
	}
	if strings.ContainsAny(s.Token, " \t\r\n") {
		return errors.New("the token of --events-token-file or $" + eventsVariable + " has spaces or line feeds in it")
	}
	var err error
	if s.File != "" {
		if s.Recorded, err = loadFile(s.File, steps.ReadEvents); err != nil {
			return fmt.Errorf("--events: %w", err)
		}
	}
	if s.KeysFile != "" {
		if s.Keys, err = loadFile(s.KeysFile, steps.ReadEventKeys); err != nil {
			return fmt.Errorf("events.keys_file: %w", err)
		}
	}
	return nil
}

// checkPoll refuses an address that cannot be one, or would show a secret.
func checkPoll(s *steps.EventStream) error {
	if s.Poll == "" {
		if s.TokenFile != "" {
			return errors.New("--events-token-file goes with --events-poll")
		}
		return nil
	}
	if strings.HasPrefix(s.Poll, "/") && !strings.HasPrefix(s.Poll, "//") {
		return nil
	}
	u, err := url.Parse(s.Poll)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
		return errors.New("--events-poll: use an http or https URL without user and password, or a path that begins with /")
	}
	return nil
}
