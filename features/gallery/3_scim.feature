Feature: Entra gallery: SCIM itself
  The eleven tests that ask the endpoint directly, as they are published. How they are played
  here is told in 1_users.feature.
  Source: AzureAD/SCIMReferenceCode, SCIM-Validation-Test-Overview.md of August 2026; MicrosoftDocs/entra-docs, validate-user-provisioning-app-gallery.md of 26 August 2026; read in November 2026.

  @GALLERY-SCIM-01 @DOCUMENTED
  Rule: Schema_Discoverability_Test: /Schemas describes every mapped attribute
    In any case of letters. A type in a path has to be one of the canonical values of that
    attribute. The template looks for an externalId that is mapped, too, although no schema of
    the standard has that attribute: it is looked for here if entra_mapping names it.

    Example: of users and of groups
      When the client sends GET /Schemas
      Then the answer is 200 with a list
      And it describes each mapped attribute of users
      And it describes each mapped attribute of groups

  @GALLERY-SCIM-02 @DOCUMENTED
  Rule: SCIM_Null_Update_Test: an attribute that is replaced by an empty text or by null has no value
    Mapped attributes alone that /Schemas does not call required, and neither userName, active,
    externalId and roles nor references.

    Example: empty texts, then nulls
      Given the provisioning service has created the user "A"
      When the client patches "A", replacing each mapped optional attribute by an empty text
      Then the answer is 200 or 204
      And "A" has no value of them
      When the client patches "A", replacing each mapped optional attribute by null
      Then the answer is 200 or 204
      And "A" has no value of them

  @GALLERY-SCIM-03 @DOCUMENTED
  Rule: SCIM_User_Create_Test: a created user is shown with its id and its userName
    Example: a user with every mapped attribute
      When the provisioning service creates the user "A"
      Then the answer is 200 or 201
      And its "id" is present
      And its "userName" is "{user A}"

  @GALLERY-SCIM-04 @DOCUMENTED
  Rule: SCIM_User_Update_Test: attributes that a PATCH has changed are read back
    Mapped attributes of one value that are text, integer, dateTime or boolean.

    Example: all of them in one request
      Given the provisioning service has created the user "A"
      When the client patches "A", replacing each mapped single-valued attribute
      Then the answer is 200 or 204
      And each of these values of "A" is read back

  @GALLERY-SCIM-05 @DOCUMENTED
  Rule: SCIM_Group_Create_Test: a created group is shown with its id and its displayName
    Example: a group without members
      When the client sends GET /Schemas
      Then the list describes "urn:ietf:params:scim:schemas:core:2.0:Group"
      When the provisioning service creates the group "G"
      Then the answer is 200 or 201
      And its "id" is present
      And its "displayName" is "{group G}"

  @GALLERY-SCIM-06 @DOCUMENTED
  Rule: SCIM_Group_Update_Test: attributes that a PATCH has changed are read back
    Example: all mapped attributes of one value
      When the client sends GET /Schemas
      Then the list describes "urn:ietf:params:scim:schemas:core:2.0:Group"
      When the provisioning service creates the group "G"
      And the client patches "G", replacing each mapped single-valued attribute
      Then the answer is 200 or 204
      And each of these values of "G" is read back

  @GALLERY-SCIM-09 @DOCUMENTED
  Rule: SCIM_User_Pagination_Test: users come in pages of five that tell where they begin
    With eleven users there are three pages.

    Example: three pages
      Given 11 users
      When the client sends GET /Users?startIndex=1&count=5
      Then the answer is 200 with a list
      And its "startIndex" is 1
      When the client sends GET /Users?startIndex=6&count=5
      Then the answer is 200 with a list
      And its "startIndex" is 6
      When the client sends GET /Users?startIndex=11&count=5
      Then the answer is 200 with a list
      And its "startIndex" is 11

  @GALLERY-SCIM-10 @OPTIONAL @requires.groups
  Rule: SCIM_Group_Pagination_Test: groups come in pages of five that tell where they begin
    Skipped where groups are not supported.

    Example: two pages
      Given the provisioning service has created 11 groups
      When the client sends GET /Groups?startIndex=1&count=5
      Then the answer is 200 with a list
      And its "startIndex" is 1
      When the client sends GET /Groups?startIndex=6&count=5
      Then the answer is 200 with a list
      And its "startIndex" is 6
      When the client sends GET /Groups?startIndex=11&count=5
      Then the answer is 200 with a list
      And its "startIndex" is 11

  @GALLERY-SCIM-11 @DOCUMENTED
  Rule: SCIM_Update_Manager_Test: a manager is set by add, changed by replace and removed by an empty text
    Skipped where the manager is not mapped, or /Schemas does not describe it.

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
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "{N.id}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{N.id}"}}}
        """
      When the client patches "A" with
        """
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": ""}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": null}}
        """
