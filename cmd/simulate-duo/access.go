package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/simulate-duo/simulate-duo/cmd/simulate-duo/lab"
)

// passwordVariable is the environment variable with the password of the lab and the API.
const passwordVariable = "SIMULATE_DUO_PASSWORD"

// accessFlags say who may use the lab or the API.
type accessFlags struct {
	passwordFile string
	noLogin      bool
}

func (f *accessFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.passwordFile, "password-file", "", "`FILE` with the password to ask for; default: $"+passwordVariable)
	flags.BoolVar(&f.noLogin, "insecure-no-login", false, "ask for no password although others can reach the address")
}

// access is what the flags say for an address. It refuses one that others can reach without a
// password.
func (f *accessFlags) access(env environment, listen string) (lab.Access, error) {
	a := lab.Access{Listen: listen, Password: env.getenv(passwordVariable), Open: f.noLogin}
	if f.passwordFile != "" {
		text, err := os.ReadFile(f.passwordFile)
		if err != nil {
			return a, fmt.Errorf("--password-file: %w", err)
		}
		if a.Password = strings.TrimRight(string(text), "\r\n"); a.Password == "" {
			return a, fmt.Errorf("--password-file %s holds no password", f.passwordFile)
		}
	}
	return a, a.Check()
}
