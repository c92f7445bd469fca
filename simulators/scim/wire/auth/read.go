package auth

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// maxSecret is the size in bytes beyond which a file or a line is taken for something else
// than a secret.
const maxSecret = 64 << 10

// Read finds the secret: in its file, if one is named, else in its environment variable, else
// at the prompt, which is told what to ask for. A nil prompt means that there is no terminal to
// ask at. A way without a secret reads nothing. No error ever holds the secret.
func (s Secret) Read(getenv func(string) string, prompt func(what string) (string, error)) (string, error) {
	switch {
	case s.Variable == "":
		return "", nil
	case s.File != "":
		return s.ofFile()
	case getenv(s.Variable) != "":
		return s.check(getenv(s.Variable), "the environment variable "+s.Variable)
	case prompt == nil || s.Key:
		hint := "; on a terminal it is asked for"
		if s.Key {
			hint = ""
		}
		return "", fmt.Errorf("no %s for the target: set %s, or name a file with %s%s", s.Name, s.Variable, s.Flag, hint)
	}
	text, err := prompt(s.Name + " of the target")
	if err != nil {
		return "", fmt.Errorf("no %s was read from the terminal: %w", s.Name, err)
	}
	return s.check(text, "the input")
}

func (s Secret) ofFile() (string, error) {
	f, err := os.Open(s.File)
	if err != nil {
		return "", fmt.Errorf("the %s file cannot be read: %w", s.Name, err)
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", fmt.Errorf("the %s file cannot be read: %w", s.Name, err)
	}
	return s.check(string(text), "the "+s.Name+" file "+s.File)
}

// check takes off one line ending and refuses what cannot be such a secret.
func (s Secret) check(text, source string) (string, error) {
	secret := strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	switch {
	case secret == "":
		return "", fmt.Errorf("%s holds no %s", source, s.Name)
	case len(secret) > maxSecret:
		return "", fmt.Errorf("%s holds more than %d bytes, which is no %s", source, maxSecret, s.Name)
	case s.Key:
		return secret, nil // what it has to be is checked where it is read as a key
	case strings.ContainsAny(secret, "\r\n"):
		return "", fmt.Errorf("%s holds several lines; it has to hold the %s alone", source, s.Name)
	}
	if err := s.checkCharacters(secret); err != nil {
		return "", fmt.Errorf("%s %w", source, err)
	}
	return secret, nil
}

// checkCharacters refuses what a request cannot carry: a bearer token has no space (RFC 6750),
// a header field is visible ASCII, a password has no control character (RFC 7617).
func (s Secret) checkCharacters(secret string) error {
	if s.Variable == wire.TokenVariable && len(secret) > 7 && strings.EqualFold(secret[:7], "Bearer ") {
		return errors.New(`starts with the word "Bearer"; give the token without it`)
	}
	for _, r := range secret {
		switch {
		case r < ' ' || r == 0x7f:
			return fmt.Errorf("holds a control character, which no %s has", s.Name)
		case s.Variable == wire.TokenVariable && (r == ' ' || r > '~'):
			return errors.New("holds a space, a control character or a character outside ASCII, which no bearer token has")
		case s.Variable == wire.APIKeyVariable && r > '~':
			return errors.New("holds a character outside ASCII, which no header field has")
		}
	}
	return nil
}
