package lab

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/elimity-com/scim"
	scimerrors "github.com/elimity-com/scim/errors"
	"github.com/elimity-com/scim/schema"
)

// independent is a SCIM endpoint on the library of others, which decides on
// filters, paging, messages and the reading of PATCH.
func independent(t *testing.T) string {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	base := "http://" + server.Listener.Addr().String() + "/scim/v2"
	api, err := scim.NewServer(&scim.ServerArgs{
		ServiceProviderConfig: &scim.ServiceProviderConfig{MaxResults: 100, SupportFiltering: true, SupportPatch: true},
		ResourceTypes: []scim.ResourceType{
			{Name: "User", Endpoint: "/Users", Schema: schema.CoreUserSchema(), Handler: &shelf{}},
			{Name: "Group", Endpoint: "/Groups", Schema: schema.CoreGroupSchema(), Handler: &shelf{}},
		},
	}, scim.WithBaseURL(base))
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = http.StripPrefix("/scim", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+canary {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		api.ServeHTTP(w, r)
	}))
	server.Start()
	t.Cleanup(server.Close)
	return base
}

// shelf keeps the resources of one type.
type shelf struct {
	mu  sync.Mutex
	all []scim.Resource
}

func (s *shelf) Create(_ *http.Request, attributes scim.ResourceAttributes) (scim.Resource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	r := scim.Resource{ID: "r" + strconv.Itoa(len(s.all)+1), Attributes: attributes, Meta: scim.Meta{Created: &now, LastModified: &now}}
	s.all = append(s.all, r)
	return r, nil
}

func (s *shelf) place(id string) (int, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "r"))
	if err != nil || n < 1 || n > len(s.all) || s.all[n-1].ID == "" {
		return 0, scimerrors.ScimErrorResourceNotFound(id)
	}
	return n - 1, nil
}

func (s *shelf) Get(_ *http.Request, id string) (scim.Resource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, err := s.place(id)
	if err != nil {
		return scim.Resource{}, err
	}
	return s.all[i], nil
}

func (s *shelf) GetAll(_ *http.Request, p scim.ListRequestParams) (scim.Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	page := scim.Page{Resources: []scim.Resource{}}
	for _, r := range s.all {
		if r.ID == "" || p.FilterValidator != nil && p.FilterValidator.PassesFilter(r.Attributes) != nil {
			continue
		}
		if page.TotalResults++; page.TotalResults >= p.StartIndex && len(page.Resources) < p.Count {
			page.Resources = append(page.Resources, r)
		}
	}
	return page, nil
}

func (s *shelf) Replace(_ *http.Request, id string, attributes scim.ResourceAttributes) (scim.Resource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, err := s.place(id)
	if err != nil {
		return scim.Resource{}, err
	}
	s.all[i].Attributes = attributes
	return s.all[i], nil
}

func (s *shelf) Delete(_ *http.Request, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, err := s.place(id)
	if err == nil {
		s.all[i].ID = ""
	}
	return err
}

// Patch takes what the default profile sends: values of whole attributes.
func (s *shelf) Patch(_ *http.Request, id string, operations []scim.PatchOperation) (scim.Resource, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, err := s.place(id)
	if err != nil {
		return scim.Resource{}, err
	}
	for _, op := range operations {
		if op.Path == nil || op.Path.AttributePath.SubAttribute != nil {
			return scim.Resource{}, scimerrors.ScimErrorInvalidPath
		}
		s.all[i].Attributes[op.Path.AttributePath.AttributeName] = op.Value
	}
	return s.all[i], nil
}
