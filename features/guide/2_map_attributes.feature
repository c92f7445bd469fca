Feature: Map attributes
  Duo user attributes are mapped to the attributes of the application so that the
  application receives them in its own form.
  Source: Cisco document 225885, step 6 of the Duo part, unless a Rule names another.

  @DUO-MAP-01 @OBSERVED
  Rule: The five rows of the guide, in their order, make the payload of a user
    Step 6: "ensure your attributes are as shown in this specific order". How Duo
    orders its JSON is not published; the simulator keeps the order of the rows.

    Example: Josue
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the payload that creates "Josue" has these members in this order
        | member      | value                                    |
        | schemas     | urn:ietf:params:scim:schemas:core:2.0:User |
        | userName    | Josue's Username                         |
        | displayName | Josue's Display Name                     |
        | emails      | Josue's Email Address                    |
        | name        | Josue's Last Name, Josue's First Name    |

  @DUO-MAP-02 @OBSERVED
  Rule: userName is the only attribute that has to be mapped
    The check-list "Edit mappings" shows userName under Required attributes and seven under Optional attributes.

    Example: userName alone is enough
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
      When the administrator saves and enables provisioning
      Then the payload that creates "Josue" has these members in this order
        | member   | value                                      |
        | schemas  | urn:ietf:params:scim:schemas:core:2.0:User |
        | userName | Josue's Username                           |

    Example: without userName the settings are refused
      Given the attribute mapping
        | Duo user attribute | Application attribute |
        | Display Name       | displayName           |
      When the administrator saves and enables provisioning
      Then the settings are refused because of "userName"
      And Duo has sent nothing

  @DUO-MAP-03 @OBSERVED
  Rule: Only attributes of the application can be mapped, each once
    The right column is fixed text taken from the application's list: authName,
    displayName, emails, name.familyName, name.formatted, name.givenName, nativeObjectId, userName.

    Scenario Outline: <case>
      Given the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
        | Display Name       | <attribute>           |
      When the administrator saves and enables provisioning
      Then the settings are refused because of "<attribute>"
      And Duo has sent nothing

      Examples:
        | case                                     | attribute |
        | an attribute that the list does not have | nickName  |
        | an attribute that is mapped already      | userName  |

  @DUO-MAP-04 @DOCUMENTED
  Rule: A row names an attribute that Duo users have
    The left column is chosen from Duo's user attributes. Source: Duo documentation, user attributes.

    Example: a misspelled Duo attribute
      Given the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
        | Disply Name        | displayName           |
      When the administrator saves and enables provisioning
      Then the settings are refused because of "Disply Name"
      And Duo has sent nothing

  @DUO-MAP-05 @OBSERVED
  Rule: userName can be taken from the Username or from the Email Address
    The guide maps Username; third-party automation of the same flow maps Email Address.

    Scenario Outline: from <attribute>
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And the "Email Address" of "Josue" becomes "another.address@example.com"
      And the attribute mapping
        | Duo user attribute | Application attribute |
        | <attribute>        | userName              |
      When the administrator saves and enables provisioning
      Then the payload that creates "Josue" has these members in this order
        | member   | value                                      |
        | schemas  | urn:ietf:params:scim:schemas:core:2.0:User |
        | userName | Josue's <attribute>                        |

      Examples:
        | attribute     |
        | Username      |
        | Email Address |

  @DUO-MAP-06 @ASSUMED
  Rule: authName and nativeObjectId travel under the extension that Secure Access declares
    They are bare names in Duo's list; the URN is known from Microsoft's and
    Cisco's pages on Secure Access. That Duo sends it so is inferred.

    Example: both from custom attributes
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
        | Auth Name          | authName              |
        | Object GUID        | nativeObjectId        |
      When the administrator saves and enables provisioning
      Then the payload that creates "Josue" has these members in this order
        | member                                                         | value                                                                                                      |
        | schemas                                                        | urn:ietf:params:scim:schemas:core:2.0:User, urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User |
        | userName                                                       | Josue's Username                                                                                           |
        | urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User  | Josue's Auth Name, Josue's Object GUID                                                                     |

  @DUO-MAP-07 @DOCUMENTED
  Rule: Nothing that is not mapped leaves Duo
    The mapping says which user information the application receives.

    Example: an unmapped e-mail address stays at home
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
        | Display Name       | displayName           |
      And the "Email Address" of "Josue" becomes "secret.address@example.com"
      When the administrator saves and enables provisioning
      Then the text "secret.address@example.com" was never sent

  @DUO-MAP-08 @ASSUMED
  Rule: A mapped attribute without a value does not keep a user from being provisioned
    Only Username must have a value in Duo. Source: Duo documentation, user attributes.
    Whether Duo leaves the attribute out or sends null is not published: profile field empty-value.

    Example: no last name
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And "Josue" loses the "Last Name"
      When the administrator saves and enables provisioning
      Then the Activity Log has the entry "User provisioning succeeded" about "Josue"
      And the payload that creates "Josue" has no "name.familyName"

  @DUO-MAP-09 @ASSUMED
  Rule: A user without a value for the required attribute is not sent, and the others are
    Duo's words for this are not published; that the user cannot be created follows from userName being required.

    Example: userName from a missing e-mail address
      Given the Duo group "DUO - Users" with the members "Josue, Miguel"
      And the groups "DUO - Users" are selected
      And the attribute mapping
        | Duo user attribute | Application attribute |
        | Email Address      | userName              |
      And "Josue" loses the "Email Address"
      When the administrator saves and enables provisioning
      Then the Activity Log tells a failure about "Josue"
      And the failure mentions "Email Address"
      And the Activity Log has the entry "User provisioning succeeded" about "Miguel"

  @CSA-MAP-01 @MUST
  Rule: The target keeps every attribute of the guide's mapping
    Step 6 and the note under step 6: users appear "in the proper format" only if they are mapped so.

    Example: a user arrives with all five
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target's user "Josue" has
        | attribute       | value                 |
        | userName        | Josue's Username      |
        | displayName     | Josue's Display Name  |
        | emails          | Josue's Email Address |
        | name.familyName | Josue's Last Name     |
        | name.givenName  | Josue's First Name    |

    Example: names outside ASCII arrive as they are
      When Duo has provisioned "Zoë" into the group "DUO - Users"
      Then the target's user "Zoë" has
        | attribute       | value                |
        | displayName     | Zoë's Display Name |
        | name.familyName | Zoë's Last Name    |
        | name.givenName  | Zoë's First Name   |

  @CSA-MAP-02 @MUST @requires.cisco-extension
  Rule: The target keeps authName and nativeObjectId
    Step 6 lists both as optional attributes of the application.

    Example: both from custom attributes
      Given the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
        | Auth Name          | authName              |
        | Object GUID        | nativeObjectId        |
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target's user "Josue" has
        | attribute                                                                    | value               |
        | urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User:authName       | Josue's Auth Name   |
        | urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User:nativeObjectId | Josue's Object GUID |

  @CSA-MAP-03 @MUST
  Rule: The target keeps the formatted name
    Step 6 lists name.formatted as an optional attribute of the application.

    Example: from the display name
      Given the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
        | Display Name       | name.formatted        |
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target's user "Josue" has
        | attribute      | value                |
        | name.formatted | Josue's Display Name |

  @CSA-MAP-04 @MUST
  Rule: The target takes a user who has nothing but the required attribute
    Step 6: userName is the one required attribute.

    Example: userName alone
      Given the attribute mapping
        | Duo user attribute | Application attribute |
        | Username           | userName              |
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target's user "Josue" has
        | attribute | value            |
        | userName  | Josue's Username |

  @CSA-MAP-05 @MUST
  Rule: The target refuses a user without the required attribute
    RFC 7643 section 4.1.1: a service provider needs a userName. What is wrongly accepted is deleted again.

    Example: no userName
      When a user without userName is sent to the target
      Then the target refuses it

  @CSA-MAP-06 @MUST
  Rule: A changed value replaces the old one
    The page promises that provisioned attributes are updated when they change in Duo. Source: Duo documentation, automated provisioning.

    Example: another last name
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When the "Last Name" of "Josue" becomes "Rojas"
      And Duo provisions
      Then the target's user "Josue" has
        | attribute       | value                 |
        | name.familyName | Rojas                 |
        | name.givenName  | Josue's First Name    |
        | displayName     | Josue's Display Name  |
        | emails          | Josue's Email Address |

    Example: another e-mail address
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When the "Email Address" of "Josue" becomes "josue.rojas@example.com"
      And Duo provisions
      Then the target's user "Josue" has
        | attribute       | value                   |
        | emails          | josue.rojas@example.com |
        | name.familyName | Josue's Last Name       |

    Example: another user name
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When the user name of "Josue" becomes another one
      And Duo provisions
      Then the target's user "Josue" has
        | attribute | value            |
        | userName  | Josue's Username |
      And "Josue" has the same id as before

    Example: a value that Duo no longer has
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When "Josue" loses the "Last Name"
      And Duo provisions
      Then the target's user "Josue" has no "name.familyName"
      And the target's user "Josue" has
        | attribute      | value              |
        | name.givenName | Josue's First Name |
