package interop01

import (
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// securityFaults violate features/interop01/7_security.feature.
func securityFaults() rewrite.Table {
	return rewrite.Table{
		{"INTEROP01-7.2-01", "HTTP Basic is offered", rewrite.EditConfig(func(o *scim.Object) {
			o.Set("authenticationSchemes", append(o.Array("authenticationSchemes"), scim.NewObject(
				scim.Member{Name: "type", Value: "httpbasic"}, scim.Member{Name: "name", Value: "HTTP Basic"}, scim.Member{Name: "description", Value: "User name and password"})))
		})},
	}
}
