@requires.groups
Feature: Entra ID provisions groups
  Groups are optional for a target; one that offers them has to serve PATCH.
  Source: Microsoft Entra documentation, "Develop and plan provisioning for a
  SCIM endpoint", unless a Rule names another.

  @ENTRA-GROUP-01 @DOCUMENTED
  Rule: A new group names a schema of Microsoft's own and has no members
    The second URN is not registered and describes nothing. Members follow by PATCH.

    Example: the request of the documentation
      When the client creates the group "G" with
        """
        {
          "schemas": [
            "urn:ietf:params:scim:schemas:core:2.0:Group",
            "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
          "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159-{marker}",
          "meta": {"resourceType": "Group"}
        }
        """
      Then the answer is 201
      And its "id" is present
      And "G" now has
        """
        {"displayName": "{group G}"}
        """
      And the members of "G" are ""

  @ENTRA-GROUP-02 @DOCUMENTED
  Rule: A group is looked up by displayName and shown without its members
    A group with many thousand members would otherwise come whole with every look-up.

    Example: in a list
      Given a user "A"
      And a group "G" with the members "A"
      And a group "H"
      When the client sends GET /Groups with the query
        | excludedAttributes | members                          |
        | filter             | displayName eq "{G.displayName}" |
      Then exactly "G" is found
      And its "Resources[0].displayName" is "{G.displayName}"
      And its "Resources[0].members" is absent

    Example: by id
      Given a user "A"
      And a group "G" with the members "A"
      When the client sends GET /Groups/{G.id}?excludedAttributes=members
      Then the answer is 200
      And its "id" is "{G.id}"
      And its "members" is absent

  @ENTRA-GROUP-03 @DOCUMENTED
  Rule: Members are added with a reference that is null
    Example: to a group without members
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """
        [{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "{A.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"

    Example: beside those who are members
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "{B.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

    Example: somebody who is a member already
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "{A.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"

  @ENTRA-GROUP-04 @DOCUMENTED
  Rule: Without the feature flag members are removed by a list of values
    The path names all members and the value says which: one that is read by the
    path alone empties the group.

    Example: one of two, with a reference that is null
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """
        [{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "{A.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"

    Example: two of three, with the value alone
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B, C"
      When the client patches "G" with
        """
        [{"op": "Remove", "path": "members", "value": [{"value": "{A.id}"}, {"value": "{C.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"

    Example: somebody who is no member
      Given a user "A"
      And a user "B"
      And a group "G" with the members "B"
      When the client patches "G" with
        """
        [{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "{A.id}"}]}]
        """
      Then the answer is no server error
      And the members of "G" are "B"

  @ENTRA-GROUP-05 @DOCUMENTED
  Rule: With the feature flag a member is removed by a filter in the path
    Source: Microsoft Entra documentation, "Known issues with SCIM 2.0 protocol compliance", Requests made to remove a group member.

    Example: one of two
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """
        [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"

  @ENTRA-GROUP-06 @DOCUMENTED
  Rule: A group is renamed and keeps its members
    Example: by its path
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "Replace", "path": "displayName", "value": "{group updatedDisplayName}"}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """
        {"displayName": "{group updatedDisplayName}"}
        """
      And the members of "G" are "A"
      When the client sends GET /Groups with the query
        | excludedAttributes | members                                         |
        | filter             | displayName eq "{group updatedDisplayName}" |
      Then exactly "G" is found

  @ENTRA-GROUP-07 @DOCUMENTED
  Rule: A change of a group is answered by 204, or by 200 with the group
    The documentation prefers 204: a body with all members is not advisable. The
    standard leaves the choice.

    Example: a new name
      Given a group "G"
      When the client patches "G" with
        """
        [{"op": "Replace", "path": "displayName", "value": "{group renamed}"}]
        """
      Then the answer is 200 or 204
      And the answer, if it has a body, has
        """
        {"id": "{G.id}", "displayName": "{group renamed}"}
        """

  @ENTRA-GROUP-08 @DOCUMENTED
  Rule: The name of a group is unique
    The standard does not demand it, Entra ID does: it matches groups by their
    name, and two of one name leave it without a match.

    Example: a second group of the same name
      Given a group "G"
      When the client creates the group "H" with
        """
        {"displayName": "{G.displayName}"}
        """
      Then the answer is 409

  @ENTRA-GROUP-09 @DOCUMENTED
  Rule: A group is deleted and its members stay
    Example: a group with a member
      Given a user "A"
      And a group "G" with the members "A"
      When the client deletes "G"
      Then the answer is 204
      And "G" is gone
      And "A" still exists

  @ENTRA-GROUP-10 @ASSUMED
  Rule: Whether somebody is a member is asked by a filter
    The documentation describes such requests for references; that they are sent
    for the members of every target is not known.

    Example: a member
      Given a user "A"
      And a group "G" with the members "A"
      When the client sends GET /Groups with the query
        | attributes | id                                        |
        | filter     | id eq "{G.id}" and members eq "{A.id}" |
      Then exactly "G" is found

    Example: somebody else
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client sends GET /Groups with the query
        | attributes | id                                        |
        | filter     | id eq "{G.id}" and members eq "{B.id}" |
      Then nothing is found
