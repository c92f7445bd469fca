package safety

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
)

// TokenVariable is the environment variable that holds the bearer token.
const TokenVariable = wire.TokenVariable

// ReadToken finds the target's bearer token: in the file, if one is named, else
// in the environment variable SCIM_TOKEN, else at the prompt. A nil prompt means
// that there is no terminal to ask at. No error ever contains the token.
func ReadToken(getenv func(string) string, file string, prompt func(what string) (string, error)) (string, error) {
	return auth.Way{Bearer: &auth.Bearer{TokenFile: file}}.Secret().Read(getenv, prompt)
}

// TerminalPrompt returns a prompt for a secret that asks on out and reads from
// in without echo, or nil if in is no terminal.
func TerminalPrompt(in *os.File, out io.Writer) func(what string) (string, error) {
	descriptor := int(in.Fd())
	if !term.IsTerminal(descriptor) {
		return nil
	}
	return func(what string) (string, error) {
		if _, err := fmt.Fprintf(out, "%s (not shown): ", what); err != nil {
			return "", err
		}
		text, err := term.ReadPassword(descriptor)
		fmt.Fprintln(out)
		if errors.Is(err, io.EOF) {
			return "", errors.New("the input ended")
		}
		return string(text), err
	}
}
