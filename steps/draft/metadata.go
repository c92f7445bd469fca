package draft

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// wellKnown is where the metadata of an authorization server are (RFC 8414 section 3).
const wellKnown = "/.well-known/oauth-authorization-server"

// readsMetadata looks for the metadata at the host of the base URL, the only one that is
// known. An authorization server elsewhere is none of the target's faults.
func (w *World) readsMetadata(ctx context.Context) error {
	base, err := url.Parse(w.Conn.URL)
	if err != nil {
		return err
	}
	origin := base.Scheme + "://" + base.Host
	places := []string{origin + wellKnown}
	if path := strings.TrimRight(base.Path, "/"); path != "" {
		places = append(places, origin+wellKnown+path)
	}
	client := &http.Client{Transport: w.Wire.Transport(w.Run.Transport), Timeout: w.Run.Patience}
	var seen []string
	for _, place := range places {
		found, says, err := metadataAt(ctx, client, place)
		if err != nil {
			return err
		}
		if found != nil {
			w.metadata, w.metadataAt = found, place
			return nil
		}
		seen = append(seen, place+" answers "+says)
	}
	return &judge.Untested{Reason: "needs the authorization server's metadata, and there are none at the host of the base URL: " + strings.Join(seen, ", ")}
}

// maxMetadata is how many bytes of metadata are read.
const maxMetadata = 1 << 20

// metadataAt reads a place; nil with what it says if there are no metadata.
func metadataAt(ctx context.Context, client *http.Client, place string) (found map[string]any, says string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, place, nil)
	if err != nil {
		return nil, "", err
	}
	request.Header.Set("Accept", "application/json")
	answer, err := client.Do(request)
	if err != nil {
		return nil, "", fmt.Errorf("the metadata could not be asked for: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, answer.Status, nil
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, maxMetadata)).Decode(&found); err != nil || found == nil {
		return nil, "something that is no JSON object", nil
	}
	return found, "", nil
}

func (w *World) theyHave(name string) error {
	text, _ := w.metadata[name].(string)
	return w.ExpectThat(text != "", name+" in the metadata at "+w.metadataAt, "a URL", judge.Text(w.metadata[name]))
}

func (w *World) theyList(one, other, name, ifThere string) error {
	list, _ := w.metadata[name].([]any)
	if ifThere != "" && w.metadata[name] == nil {
		return w.ExpectThat(true, "", "", "")
	}
	want := fmt.Sprintf("%q", one)
	if other != "" {
		want += fmt.Sprintf(" or %q", other)
	}
	has := slices.Contains(list, any(one)) || other != "" && slices.Contains(list, any(other))
	return w.ExpectThat(has, name+" in the metadata at "+w.metadataAt, want, fmt.Sprint(w.metadata[name]))
}
