package duo

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// wanted is what the target should have of a user: the mapped attributes, and
// before them an externalId if the profile sends one.
func (p *Provisioner) wanted(u directory.User) (*scim.Object, error) {
	mapped, err := p.mapping().Map(u)
	if err != nil {
		return nil, err
	}
	wanted := scim.NewObject()
	if fieldExternalID.ask(p.answers) == ExternalIDKey {
		wanted.Set("externalId", u.Key)
	}
	for name, v := range mapped.All() {
		wanted.Set(name, v)
	}
	return wanted, nil
}

// differences are the attributes that have to be sent so that the target,
// known to have one state, gets the wanted one.
func (p *Provisioner) differences(known, wanted *scim.Object) []change {
	changes := p.mapping().changes(known, wanted)
	external := place{attr: "externalId"}
	if w := external.get(wanted); w != nil && !covers(external.get(known), w) {
		changes = append([]change{{external, w}}, changes...)
	}
	return changes
}

// resource is a whole user: schemas, id unless it is new, the wanted
// attributes, and active if it is given.
func (p *Provisioner) resource(id string, wanted *scim.Object, active *bool) *scim.Object {
	r := scim.NewObject(member("schemas", p.schemas(wanted)))
	if id != "" {
		r.Set("id", id)
	}
	for name, v := range wanted.All() {
		r.Set(name, scim.CloneValue(v))
	}
	if active != nil {
		r.Set("active", *active)
	}
	return r
}

func (p *Provisioner) schemas(wanted *scim.Object) []any {
	list := []any{scim.UserURN}
	extension := p.app.Type.extension()
	if fieldSchemasList.ask(p.answers) == SchemasAll || wanted.Object(extension) != nil {
		list = append(list, extension)
	}
	return list
}

// activeIfSent is what creations and whole updates say about active.
func (p *Provisioner) activeIfSent() *bool {
	if fieldCreateActive.ask(p.answers) == ActiveOmitted {
		return nil
	}
	active := true
	return &active
}

func (p *Provisioner) createUser(wanted *scim.Object) call {
	return call{method: http.MethodPost, path: []string{usersEndpoint}, body: p.resource("", wanted, p.activeIfSent())}
}

func (p *Provisioner) putUser(id string, wanted *scim.Object, active *bool) call {
	return call{method: http.MethodPut, path: []string{usersEndpoint, id}, body: p.resource(id, wanted, active)}
}

// updateUser is the request that brings changed attributes to the target. One that
// writes the whole user leaves a disabled one disabled.
func (p *Provisioner) updateUser(r *remoteUser, changes []change) call {
	how := fieldUserUpdate.ask(p.answers)
	if how == Put && !r.Active {
		return p.putUser(r.ID, r.wanted, &r.Active)
	}
	if how == Put {
		return p.putUser(r.ID, r.wanted, p.activeIfSent())
	}
	var operations []*scim.Object
	together := scim.NewObject() // the value of the one operation without a path
	for _, c := range changes {
		switch {
		case c.value == nil && fieldClearedValue.ask(p.answers) == ClearRemove:
			operations = append(operations, p.remove(c.at.path()))
		case how == PatchPathless:
			c.at.set(together, c.value)
		default:
			operations = append(operations, p.replace(c.at.path(), c.value))
		}
	}
	if together.Len() > 0 {
		operations = append([]*scim.Object{p.replace("", together)}, operations...)
	}
	return patchCall(usersEndpoint, r.ID, operations)
}

// setActive is the request that disables a user or enables it again; how is
// the profile's answer for the one or the other.
func (p *Provisioner) setActive(how Modification, id string, wanted *scim.Object, active bool) call {
	switch how {
	case Put:
		return p.putUser(id, wanted, &active)
	case PatchPathless:
		return patchCall(usersEndpoint, id, []*scim.Object{p.replace("", scim.NewObject(member("active", active)))})
	}
	return patchCall(usersEndpoint, id, []*scim.Object{p.replace("active", active)})
}
