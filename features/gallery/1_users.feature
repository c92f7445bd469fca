Feature: Entra gallery: provisioning users
  Who wants to be in the gallery of Microsoft Entra ID shows that an endpoint passes 25 tests,
  which an Azure Logic App runs. Each Rule here is one of them and begins with the name that is
  published. A mandatory test is @DOCUMENTED; one that is published as optional is @OPTIONAL,
  and its failure is a warning there as here.

  Seven tests of users and seven of groups go through the provisioning service of Entra ID; what
  they demand of its own logs nobody can see here. Here the client sends what that service is
  documented to send, and looks at the endpoint as the test does. Which attributes are mapped is
  the application's choice: entra_mapping in the target file says which, and without it those of
  the documentation's table of examples are.

  Source: AzureAD/SCIMReferenceCode, SCIM-Validation-Test-Overview.md of August 2026; MicrosoftDocs/entra-docs, validate-user-provisioning-app-gallery.md of 26 August 2026; read in November 2026.

  @GALLERY-USER-01 @DOCUMENTED
  Rule: Create_User_Test: a new user is found by its userName
    It is looked for before: nobody found is a success with no results.

    Example: a user with every mapped attribute
      Given a user "B"
      When the client sends GET /Users with the query
        | filter | userName eq "{user A}" |
      Then the answer is 200 with a list
      And its "totalResults" is 0
      When the provisioning service creates the user "A"
      Then the answer is 200 or 201
      When the client sends GET /Users with the query
        | filter | userName eq "{user A}" |
      Then exactly "A" is found

  @GALLERY-USER-02 @DOCUMENTED
  Rule: Update_User_Test: every mapped attribute that is changed shows its new value
    Example: single-valued attributes, in one request
      Given the provisioning service has created the user "A"
      When the provisioning service changes every mapped single-valued attribute of "A"
      Then the answer is 200 or 204
      And each of these values of "A" is read back

  @GALLERY-USER-03 @DOCUMENTED
  Rule: Disable_User_Test: a user is disabled by active false
    It is always run: to be soft-deleted is no option. Entra ID writes the value as a string, or
    as a boolean where the tenant URL has the flag aadOptscim062020, which is the application's
    choice: one of both has to work.

    Example: disabled
      Given the provisioning service has created the user "A"
      When the provisioning service disables "A"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": false}
        """

  @GALLERY-USER-04 @OPTIONAL
  Rule: Delete_User_Test: a deleted user is found no more
    Example: gone by id and by name
      Given a user "A"
      When the client deletes "A"
      Then the answer is 200 or 202 or 204
      And "A" is gone
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then nothing is found

  @GALLERY-USER-05 @DOCUMENTED
  Rule: User_Update_Manager_Test: a manager is set, changed and removed
    Skipped where the manager is not mapped, or /Schemas does not describe it. How the service
    removes it is not published: here by an operation remove, as RFC 7644 section 3.5.2.2 has it.

    Example: one after the other
      Given the attribute "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users is mapped
      And a user "M"
      And a user "N"
      And a user "A"
      When the client patches "A" with
        """
        [{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "{M.id}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}"}}}
        """
      When the client patches "A" with
        """
        [{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "{N.id}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{N.id}"}}}
        """
      When the client patches "A" with
        """
        [{"op": "Remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": null}}
        """

  @GALLERY-USER-06 @DOCUMENTED
  Rule: Restore_User_Test: a user who is assigned again is back
    Unassigned, the user is disabled; assigned again, it is looked for, and enabled where it is
    found or created where it is not. Either way there is one user of the name afterwards.

    Example: created, unassigned, assigned again
      Given the provisioning service has created the user "A"
      When the provisioning service disables "A"
      Then the answer is 200 or 204
      When the provisioning service assigns "A" again
      Then the answer is 200 or 201 or 204
      And "A" now has
        """
        {"active": true}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{user A}" |
      Then exactly "A" is found

  @GALLERY-USER-07 @DOCUMENTED
  Rule: POD_User_Test: a user who is provisioned on demand is there at once
    The feature flag of the tenant URL does not act on demand: a user who is there is changed by
    one operation with a capital letter for each attribute. Source: MicrosoftDocs/entra-docs,
    application-provisioning-config-problem-scim-compatibility.md; AzureAD/SCIMReferenceCode, SCIM-Validation-Test-Overview.md of August 2026.

    Example: one who is not there yet
      When the client sends GET /Users with the query
        | filter | userName eq "{user A}" |
      Then the answer is 200 with a list
      And its "totalResults" is 0
      When the provisioning service creates the user "A"
      Then the answer is 200 or 201
      When the client sends GET /Users with the query
        | filter | userName eq "{user A}" |
      Then exactly "A" is found

    Example: one who is there
      Given a stored user "A" with
        """
        {"displayName": "Before"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found
      When the client patches "A" with
        """
        [{"op": "Replace", "path": "displayName", "value": "On demand"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"displayName": "On demand"}
        """
