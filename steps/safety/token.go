package safety

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// TokenVariable is the environment variable that holds the bearer token.
const TokenVariable = "SCIM_TOKEN"

// maxToken is the size in bytes beyond which a file or a line is taken for
// something else than a token.
const maxToken = 64 << 10

// ReadToken finds the target's bearer token: in the file, if one is named, else
// in the environment variable SCIM_TOKEN, else at the prompt. A nil prompt means
// that there is no terminal to ask at. No error ever contains the token.
func ReadToken(getenv func(string) string, file string, prompt func() (string, error)) (string, error) {
	if file != "" {
		return tokenOfFile(file)
	}
	if text := getenv(TokenVariable); text != "" {
		return checkToken(text, "the environment variable "+TokenVariable)
	}
	if prompt == nil {
		return "", fmt.Errorf("no token for the target: set %s, or name a file with --token-file; on a terminal it is asked for", TokenVariable)
	}
	text, err := prompt()
	if err != nil {
		return "", fmt.Errorf("no token was read from the terminal: %w", err)
	}
	return checkToken(text, "the input")
}

func tokenOfFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the token file cannot be read: %w", err)
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxToken+1))
	if err != nil {
		return "", fmt.Errorf("the token file cannot be read: %w", err)
	}
	return checkToken(string(text), "the token file "+path)
}

// checkToken takes off one line ending and refuses what an Authorization header
// cannot carry as one credential.
func checkToken(text, source string) (string, error) {
	token := strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	switch {
	case token == "":
		return "", fmt.Errorf("%s holds no token", source)
	case len(token) > maxToken:
		return "", fmt.Errorf("%s holds more than %d bytes, which is no token", source, maxToken)
	case strings.ContainsAny(token, "\r\n"):
		return "", fmt.Errorf("%s holds several lines; it has to hold the token alone", source)
	case len(token) > 7 && strings.EqualFold(token[:7], "Bearer "):
		return "", fmt.Errorf(`%s starts with the word "Bearer"; give the token without it`, source)
	}
	for _, r := range token {
		if r <= ' ' || r > '~' {
			return "", fmt.Errorf("%s holds a space, a control character or a character outside ASCII, which no bearer token has", source)
		}
	}
	return token, nil
}

// TerminalPrompt returns a prompt for ReadToken that asks on out and reads from
// in without echo, or nil if in is no terminal.
func TerminalPrompt(in *os.File, out io.Writer) func() (string, error) {
	descriptor := int(in.Fd())
	if !term.IsTerminal(descriptor) {
		return nil
	}
	return func() (string, error) {
		if _, err := fmt.Fprint(out, "token of the target (not shown): "); err != nil {
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
