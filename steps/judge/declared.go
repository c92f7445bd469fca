package judge

import (
	"context"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// DeclaredTypes are User and Group as the standard defines them, with what the
// target's own schemas say of case and of when attributes are returned: filters,
// sorting and answers have to follow that (RFC 7643 section 7). They are read once in a run.
func (j *Session) DeclaredTypes(ctx context.Context) (map[string]*scim.ResourceType, error) {
	answer, err := j.Discovery(ctx, "Schemas")
	if err != nil {
		return nil, err
	}
	return typesDeclaredBy(answer), nil
}

func typesDeclaredBy(answer *wire.Response) map[string]*scim.ResourceType {
	users, groups := scim.UserType(), scim.GroupType()
	if len(users.Extensions) == 0 {
		users.Extensions = []scim.Extension{{Schema: scim.EnterpriseSchema()}}
	}
	types, declared := map[string]*scim.ResourceType{"Users": users, "Groups": groups}, schemasIn(answer)
	for _, t := range types {
		schemas := []*scim.Schema{t.Schema}
		for _, x := range t.Extensions {
			schemas = append(schemas, x.Schema)
		}
		for _, s := range schemas {
			for _, d := range declared {
				if strings.EqualFold(d.ID, s.ID) {
					takeCase(s.Attributes, d.Attributes)
				}
			}
		}
	}
	return types
}

// schemasIn are the schemas that can be read; a target without any is judged by the
// standard's.
func schemasIn(answer *wire.Response) []*scim.Schema {
	list, problem := ListOf(answer)
	if problem != "" {
		return nil
	}
	var schemas []*scim.Schema
	for _, r := range list.Resources {
		if s, err := scim.ParseSchema(r); err == nil {
			schemas = append(schemas, s)
		}
	}
	return schemas
}

// takeCase copies what is declared of case, and of when an attribute is returned,
// onto the standard's definitions.
func takeCase(attributes, declared []*scim.Attribute) {
	for _, a := range attributes {
		for _, d := range declared {
			if strings.EqualFold(a.Name, d.Name) {
				a.CaseExact = d.CaseExact
				if d.Returned != "" {
					a.Returned = d.Returned
				}
				takeCase(a.SubAttributes, d.SubAttributes)
			}
		}
	}
}
