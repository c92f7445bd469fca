package duo

// Action is what an entry of the Activity Log tells.
type Action string

// The actions that provisioning logs. Their names stand in the export in the
// place of the Admin API's action names, which are not published: the style,
// object and verb in lower snake case, is Duo's, the names are made up.
const (
	ProvisioningEnabled      Action = "provisioning_enable"
	ProvisioningConnected    Action = "provisioning_connect"
	ProvisioningNotConnected Action = "provisioning_connect_failure"
	ProvisioningUpdated      Action = "provisioning_update"
	ProvisioningDisabled     Action = "provisioning_disable"
	UserProvisioned          Action = "provisioning_user"
	UserNotProvisioned       Action = "provisioning_user_failure"
	UserDeprovisioned        Action = "provisioning_user_remove"
	UserNotDeprovisioned     Action = "provisioning_user_remove_failure"
	GroupProvisioned         Action = "provisioning_group"
	GroupNotProvisioned      Action = "provisioning_group_failure"
	GroupDeprovisioned       Action = "provisioning_group_remove"
	GroupNotDeprovisioned    Action = "provisioning_group_remove_failure"
	DeprovisioningStaged     Action = "provisioning_user_remove_staged"
	ProvisioningPaused       Action = "provisioning_pause"
	ProvisioningResumed      Action = "provisioning_resume"
)

// Label is how the Activity Log page shows an action.
type Label struct {
	Action  Action
	Text    string
	Outcome Outcome
	Assumed bool // the text is not published
}

// Labels lists the actions with their texts. The four that are not assumed were
// seen in Cisco guide 225885 and Cisco lab LTRCOL-2004.
//
// Creating, matching, updating and reactivating share "User provisioning
// succeeded", and creating, renaming and membership changes share "Group
// provisioning succeeded": the guide's log shows that second label twice for one
// group, so a label tells the outcome and not the operation. The operation
// stands in the details.
var Labels = []Label{
	{ProvisioningEnabled, "Enabled provisioning", Success, false},
	{ProvisioningConnected, "Provisioning successfully connected", Success, false},
	{ProvisioningNotConnected, "Provisioning connection failed", Failure, true},
	{ProvisioningUpdated, "Updated provisioning", Success, true},
	{ProvisioningDisabled, "Disabled provisioning", Success, true},
	{UserProvisioned, "User provisioning succeeded", Success, false},
	{UserNotProvisioned, "User provisioning failed", Failure, true},
	{UserDeprovisioned, "User deprovisioning succeeded", Success, true},
	{UserNotDeprovisioned, "User deprovisioning failed", Failure, true},
	{GroupProvisioned, "Group provisioning succeeded", Success, false},
	{GroupNotProvisioned, "Group provisioning failed", Failure, true},
	{GroupDeprovisioned, "Group deprovisioning succeeded", Success, true},
	{GroupNotDeprovisioned, "Group deprovisioning failed", Failure, true},
	{DeprovisioningStaged, "User deprovisioning staged", Failure, true},
	{ProvisioningPaused, "Provisioning paused", Failure, true},
	{ProvisioningResumed, "Provisioning resumed", Success, true},
}

// Label returns the action's row of Labels.
func (a Action) Label() Label {
	for _, l := range Labels {
		if l.Action == a {
			return l
		}
	}
	return Label{Action: a, Text: string(a), Assumed: true}
}
