package secureaccess

import "github.com/simulate-duo/simulate-duo/simulators/scim"

// ExtensionURN is the schema by which Cisco extends User. It dates from
// Umbrella, the product before Secure Access (Microsoft's provisioning tutorial
// for Secure Access; Cisco Secure Access help, topics 119452 and 136491).
const ExtensionURN = "urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User"

// extensionSchema is Cisco's extension. The sources say that both attributes
// are strings; the other characteristics are the standard's defaults (assumed).
func extensionSchema() *scim.Schema {
	return &scim.Schema{
		ID: ExtensionURN, Name: "CiscoUmbrellaUser", Description: "Cisco Umbrella and Secure Access user",
		Attributes: []*scim.Attribute{
			stringAttribute("nativeObjectId", "objectGUID of the user in the on-premises Active Directory."),
			stringAttribute("authName", "Second name by which the user can authenticate, beside the userName."),
		},
	}
}

func stringAttribute(name, description string) *scim.Attribute {
	return &scim.Attribute{
		Name: name, Type: scim.String, Description: description,
		Mutability: scim.ReadWrite, Returned: scim.ByDefault, Uniqueness: scim.NotUnique,
	}
}

// userType is the standard's User with Cisco's extension.
func userType() *scim.ResourceType {
	t := scim.UserType()
	t.Extensions = append(t.Extensions, scim.Extension{Schema: extensionSchema()})
	return t
}

// groupType is the standard's Group with names that are unique in a directory:
// Entra ID, which matches groups by their name, demands it of every target
// (Microsoft Entra documentation, "Develop and plan provisioning for a SCIM
// endpoint", General guidelines). That Secure Access refuses a second one is assumed.
func groupType() *scim.ResourceType {
	t := scim.GroupType()
	t.Schema.Attribute("displayName").Uniqueness = scim.ServerUnique
	return t
}

// ResourceTypes returns the resource types of every directory.
func ResourceTypes() []*scim.ResourceType { return []*scim.ResourceType{userType(), groupType()} }
