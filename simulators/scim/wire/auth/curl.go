package auth

import "strings"

// Curl is a line of a POSIX shell that sets SCIM_TOKEN to a new access token; "" for a way
// that needs none, and for one whose client authenticates by a key, which no shell signs with.
// It reads the client's secret from the environment.
func (w Way) Curl() string {
	if w.OAuth == nil || w.OAuth.authenticates() == PrivateKeyJWT {
		return ""
	}
	o := w.OAuth
	address := quote(o.TokenURL)
	if o.TokenURL == "" {
		address = `"$(curl -s ` + quote(metadataOf(o.Issuer)[0]) + ` | jq -r .token_endpoint)"`
	}
	words := []string{"curl -s"}
	if o.authenticates() == ClientSecretBasic {
		words = append(words, "-u "+quote(o.ClientID)+`:"$`+ClientSecretVariable+`"`)
	} else {
		words = append(words, "--data-urlencode "+quote("client_id="+o.ClientID), `--data-urlencode client_secret="$`+ClientSecretVariable+`"`)
	}
	words = append(words, "-d grant_type=client_credentials")
	for _, p := range [][2]string{{"scope", o.Scope}, {"audience", o.Audience}, {"resource", o.Resource}} {
		if p[1] != "" {
			words = append(words, "--data-urlencode "+quote(p[0]+"="+p[1]))
		}
	}
	return "export SCIM_TOKEN=$(" + strings.Join(append(words, address), " ") + " | jq -r .access_token)"
}

// quote quotes for a POSIX shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
