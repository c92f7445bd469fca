Feature: Entra gallery: provisioning groups
  These tests fail, and are not skipped, where /Schemas has no schema of groups: to provision
  groups is mandatory for the gallery's tests, although the requirements beside them only
  recommend it. How the tests are played here is told in 1_users.feature.
  Source: AzureAD/SCIMReferenceCode, SCIM-Validation-Test-Overview.md of August 2026; MicrosoftDocs/entra-docs, validate-user-provisioning-app-gallery.md of 26 August 2026; read in November 2026.

  @GALLERY-GROUP-01 @DOCUMENTED
  Rule: Create_Group_Test: a new group is found by its displayName
    Example: a group without members
      When the client sends GET /Schemas
      Then the list describes "urn:ietf:params:scim:schemas:core:2.0:Group"
      When the client sends GET /Groups with the query
        | excludedAttributes | members                      |
        | filter             | displayName eq "{group G}" |
      Then the answer is 200 with a list
      And its "totalResults" is 0
      When the provisioning service creates the group "G"
      Then the answer is 200 or 201
      When the client sends GET /Groups with the query
        | excludedAttributes | members                      |
        | filter             | displayName eq "{group G}" |
      Then exactly "G" is found

  @GALLERY-GROUP-02 @DOCUMENTED
  Rule: Update_Group_Test: a renamed group is found by its new name
    Example: another displayName
      When the client sends GET /Schemas
      Then the list describes "urn:ietf:params:scim:schemas:core:2.0:Group"
      When the provisioning service creates the group "G"
      And the client patches "G" with
        """
        [{"op": "Replace", "path": "displayName", "value": "{group renamed}"}]
        """
      Then the answer is 200 or 204
      When the client sends GET /Groups with the query
        | excludedAttributes | members                              |
        | filter             | displayName eq "{group renamed}" |
      Then exactly "G" is found

  @GALLERY-GROUP-03 @OPTIONAL @requires.groups
  Rule: Delete_Group_Test: a deleted group is found no more
    Example: gone by id and by name
      Given a group "G"
      When the client deletes "G"
      Then the answer is 200 or 202 or 204
      And "G" is gone
      When the client sends GET /Groups with the query
        | excludedAttributes | members                          |
        | filter             | displayName eq "{G.displayName}" |
      Then nothing is found

  @GALLERY-GROUP-04 @DOCUMENTED
  Rule: Group_Update_Add_Member_Test: a member is added by a PATCH
    Example: the first member, and another one
      When the client sends GET /Schemas
      Then the list describes "urn:ietf:params:scim:schemas:core:2.0:Group"
      When the provisioning service creates the user "A"
      And the provisioning service creates the user "B"
      And the provisioning service creates the group "G"
      And the client patches "G" with
        """
        [{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "{A.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"
      When the client patches "G" with
        """
        [{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "{B.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

  @GALLERY-GROUP-05 @DOCUMENTED
  Rule: Group_Update_Remove_Member_Test: a member is removed by a PATCH
    Entra ID names the member in the value, or in the path where the tenant URL has the flag
    aadOptscim062020: one of both has to work.

    Example: one of two
      When the client sends GET /Schemas
      Then the list describes "urn:ietf:params:scim:schemas:core:2.0:Group"
      When the provisioning service creates the user "A"
      And the provisioning service creates the user "B"
      And the provisioning service creates the group "G"
      And the client patches "G" with
        """
        [{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "{A.id}"}, {"$ref": null, "value": "{B.id}"}]}]
        """
      And the provisioning service removes "A" from the members of "G"
      Then the answer is 200 or 204
      And the members of "G" are "B"

  @GALLERY-GROUP-06 @DOCUMENTED
  Rule: POD_Group_Test: a group that is provisioned on demand is there at once, with its members
    Example: a group with two members
      When the client sends GET /Schemas
      Then the list describes "urn:ietf:params:scim:schemas:core:2.0:Group"
      When the provisioning service creates the user "A"
      And the provisioning service creates the user "B"
      And the provisioning service creates the group "G"
      Then the answer is 200 or 201
      When the client patches "G" with
        """
        [{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "{A.id}"}, {"$ref": null, "value": "{B.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"
      When the client sends GET /Groups with the query
        | excludedAttributes | members                      |
        | filter             | displayName eq "{group G}" |
      Then exactly "G" is found

  @GALLERY-GROUP-07 @OPTIONAL @requires.groups
  Rule: Restore_Group_Test: a group that is assigned again is back
    Unassigned, the group is deleted; assigned again, it is created under the same name.

    Example: created, deleted, created again
      Given a group "G"
      And "displayName" of "G" is remembered as "name"
      When the client deletes "G"
      Then "G" is gone
      When the client creates the group "H" with
        """
        {"displayName": "{name}"}
        """
      Then the answer is 200 or 201
      When the client sends GET /Groups with the query
        | excludedAttributes | members                   |
        | filter             | displayName eq "{name}" |
      Then exactly "H" is found
