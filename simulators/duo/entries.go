package duo

import "github.com/simulate-duo/simulate-duo/simulators/scim"

// log writes an entry. Everything in it that came from the target has the token
// taken out, which a target may have echoed.
func (p *Provisioner) log(action Action, actor, affected Party, details *scim.Object) {
	e := Entry{
		ID:          p.opt.NewID(),
		Time:        p.opt.Now(),
		Action:      action,
		Actor:       actor,
		Affected:    affected,
		Application: Party{Key: p.application().Key, Name: p.app.Name},
		Details:     p.withoutSecrets(details),
	}
	p.opt.Log.Add(e)
	if p.opt.OnEntry != nil {
		p.opt.OnEntry(e)
	}
}

// logAdmin writes an entry about what the administrator did to the application.
func (p *Provisioner) logAdmin(action Action, details *scim.Object) {
	admin := Party{Key: key("DE", p.opt.Admin), Name: p.opt.Admin, Type: Administrator}
	p.log(action, admin, p.application(), details)
}

// logSync writes an entry about what the connector did to a user or group.
func (p *Provisioner) logSync(action Action, affected Party, details *scim.Object) {
	p.log(action, integration(), affected, details)
}

func integration() Party { return Party{Name: IntegrationActor, Type: System} }

func (p *Provisioner) application() Party {
	return Party{Key: key("DI", p.app.Name), Name: p.app.Name, Type: OutboundSync}
}

func affected(duoKey, name string) Party {
	return Party{Key: duoKey, Name: name, Type: OutboundSync}
}

func (p *Provisioner) withoutSecrets(details *scim.Object) *scim.Object {
	clean := scim.NewObject()
	for name, v := range details.All() {
		clean.Set(name, p.hide(v))
	}
	return clean
}

func (p *Provisioner) hide(v any) any {
	switch v := v.(type) {
	case string:
		return p.secrets.Hide(v)
	case []any:
		all := make([]any, len(v))
		for i := range v {
			all[i] = p.hide(v[i])
		}
		return all
	case *scim.Object:
		return p.withoutSecrets(v)
	}
	return v
}
