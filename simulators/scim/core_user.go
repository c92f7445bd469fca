package scim

// UserSchema returns a new copy of the core User schema (RFC 7643 sections 4.1
// and 8.7.1).
func UserSchema() *Schema {
	userName := required(plain("userName", "Name by which the user signs in; unique among all users."))
	userName.Uniqueness = ServerUnique
	password := plain("password", "Password in clear text; only ever sent to the service provider.")
	password.Mutability = WriteOnly
	password.Returned = Never
	return &Schema{
		ID: UserURN, Name: "User", Description: "User account",
		Attributes: []*Attribute{
			userName,
			complexOf("name", "Parts of the user's name.",
				plain("formatted", "The whole name as it is shown."),
				plain("familyName", "Family name or last name."),
				plain("givenName", "Given name or first name."),
				plain("middleName", "Middle names."),
				plain("honorificPrefix", "What stands before the name, such as a title."),
				plain("honorificSuffix", "What stands after the name, such as III."),
			),
			plain("displayName", "Name under which the user is shown to others."),
			plain("nickName", "Name by which the user is called in daily life."),
			reference("profileUrl", "Web page about the user.", "external"),
			plain("title", "Title in the organization, such as Vice President."),
			plain("userType", "Relation to the organization, such as Contractor or Employee."),
			plain("preferredLanguage", "Languages that the user prefers, in the form of Accept-Language."),
			plain("locale", "Locale for dates, numbers and currency, such as en-US."),
			plain("timezone", "Time zone by its IANA name, such as America/Los_Angeles."),
			flag("active", "Whether the account can be used."),
			password,
			plural("emails", "E-mail addresses.",
				plain("value", "The e-mail address."), "work", "home", "other"),
			plural("phoneNumbers", "Telephone numbers.",
				plain("value", "The telephone number."), "work", "home", "mobile", "fax", "pager", "other"),
			plural("ims", "Instant messaging addresses.",
				plain("value", "The address."), "aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"),
			plural("photos", "Pictures of the user.",
				reference("value", "URI of the picture.", "external"), "photo", "thumbnail"),
			addresses(),
			userGroups(),
			plural("entitlements", "Things that the user is entitled to.", plain("value", "The entitlement.")),
			plural("roles", "Roles of the user.", plain("value", "The role.")),
			plural("x509Certificates", "Certificates of the user.", certificate()),
		},
	}
}

// plural is a multi-valued attribute with the default sub-attributes of RFC
// 7643 section 2.4, whose types are usually one of the given ones.
func plural(name, description string, value *Attribute, types ...string) *Attribute {
	return listOf(complexOf(name, description,
		value,
		plain("display", "What is shown for the value."),
		plain("type", "What the value is used for.", types...),
		flag("primary", "Whether this is the preferred value; true at most once."),
	))
}

func addresses() *Attribute {
	return listOf(complexOf("addresses", "Postal addresses.",
		plain("formatted", "The whole address as on a label; may have several lines."),
		plain("streetAddress", "Street, house number, post office box; may have several lines."),
		plain("locality", "City or locality."),
		plain("region", "State or region."),
		plain("postalCode", "Postal code."),
		plain("country", "Country by its ISO 3166-1 alpha-2 code."),
		plain("type", "What the address is used for.", "work", "home", "other"),
		flag("primary", "Whether this is the preferred address; true at most once."),
	))
}

func userGroups() *Attribute {
	return readOnly(listOf(complexOf("groups", "Groups that the user is in, directly or through other groups.",
		plain("value", "The group's id."),
		reference("$ref", "URI of the group.", "User", "Group"),
		plain("display", "The group's name."),
		plain("type", "Whether the membership is direct.", "direct", "indirect"),
	)))
}

func certificate() *Attribute {
	a := simple("value", Binary, "The certificate: DER, base64 encoded.")
	a.CaseExact = true
	return a
}

// EnterpriseSchema returns a new copy of the enterprise extension of the User
// schema (RFC 7643 sections 4.3 and 8.7.1).
func EnterpriseSchema() *Schema {
	return &Schema{
		ID: EnterpriseURN, Name: "EnterpriseUser", Description: "Enterprise user",
		Attributes: []*Attribute{
			plain("employeeNumber", "Number or code that the organization gave the person."),
			plain("costCenter", "Cost center."),
			plain("organization", "Organization."),
			plain("division", "Division."),
			plain("department", "Department."),
			complexOf("manager", "The user's manager.",
				plain("value", "The manager's id."),
				reference("$ref", "URI of the manager.", "User"),
				readOnly(plain("displayName", "The manager's name.")),
			),
		},
	}
}
