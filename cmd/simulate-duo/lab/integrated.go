package lab

import (
	"fmt"
	"maps"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// integratedDirectory is a directory of the simulated Secure Access with its resources,
// and whether it had a token.
type integratedDirectory struct {
	Name     string           `json:"name"`
	Provider secureaccess.IdP `json:"idp"`
	HasToken bool             `json:"has_token"`
	Users    []*scim.Object   `json:"users"`
	Groups   []*scim.Object   `json:"groups"`
}

func (s *side) integrated() []integratedDirectory {
	if s.server == nil {
		return nil
	}
	var all []integratedDirectory
	for _, d := range s.server.Directories() {
		all = append(all, integratedDirectory{d.Name(), d.IdP(), d.HasToken(), d.Snapshot("User"), d.Snapshot("Group")})
	}
	return all
}

// takeUpIntegrated makes the directories that a state has, with their resources and the
// same ids, and gives those that had a token another one.
func (l *Lab) takeUpIntegrated(all []integratedDirectory) error {
	if l.side.server == nil {
		return nil
	}
	for _, was := range all {
		d, err := l.side.server.IntegrateDirectory(was.Name, was.Provider)
		if err != nil {
			return err
		}
		if err := d.Replace(was.Users, was.Groups); err != nil {
			return fmt.Errorf("the directory %s of Secure Access: %w", was.Name, err)
		}
		if was.HasToken {
			if _, err := l.generateToken(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// generateToken makes a new token for a directory, and remembers whose it is: the one
// before opens nothing any more.
func (l *Lab) generateToken(d *secureaccess.Directory) (string, error) {
	token, err := d.GenerateToken()
	if err != nil {
		return "", err
	}
	l.wire.keepSecret(token)
	l.mu.Lock()
	defer l.mu.Unlock()
	maps.DeleteFunc(l.tokens, func(_, name string) bool { return name == d.Name() })
	l.tokens[token] = d.Name()
	return token, nil
}
