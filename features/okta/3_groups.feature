@requires.groups
Feature: Okta pushes groups
  Source: Okta documentation, "SCIM 2.0 Protocol Reference", unless a Rule
  names another.

  @OKTA-GROUP-01 @DOCUMENTED
  Rule: A pushed group is created with an empty list of members
    Example: the request of the documentation
      Given the next request has the header "User-Agent" with "Okta SCIM Client 1.0.0"
      When the client creates the group "G" with
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "members": []}
        """
      Then the answer is 201
      And the answer itself has a body
      And its "id" is present
      And its "displayName" is "{group G}"
      And the members of "G" are ""

  @OKTA-GROUP-02 @DOCUMENTED @requires.patch
  Rule: OIN renames a group by an operation without a path that also has the id
    The id is readOnly and no reason to refuse.

    Example: a new name
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "replace", "value": {"id": "{G.id}", "displayName": "{group SCIMv20}"}}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """
        {"id": "{G.id}", "displayName": "{group SCIMv20}"}
        """
      And the members of "G" are "A"

  @OKTA-GROUP-03 @DOCUMENTED @requires.patch
  Rule: The name is sent again with every change of the members
    It is the group's own name: not a conflict with itself.

    Example: the same name, then a new member
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "replace", "value": {"id": "{G.id}", "displayName": "{G.displayName}"}}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A"
      When the client patches "G" with
        """
        [{"op": "add", "path": "members", "value": [{"value": "{B.id}", "display": "{B.userName}"}]}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """
        {"displayName": "{G.displayName}"}
        """
      And the members of "G" are "A, B"

  @OKTA-GROUP-04 @DOCUMENTED @requires.patch
  Rule: Members leave and join in one request
    Example: one leaves, one joins, one stays
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, C"
      When the client patches "G" with
        """
        [
          {"op": "remove", "path": "members[value eq \"{A.id}\"]"},
          {"op": "add", "path": "members", "value": [{"value": "{B.id}", "display": "{B.userName}"}]}
        ]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B, C"

  @OKTA-GROUP-05 @DOCUMENTED @requires.patch
  Rule: A full push replaces the members
    Example: two others in place of one
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "replace", "path": "members", "value": [
          {"value": "{B.id}", "display": "{B.userName}"},
          {"value": "{C.id}", "display": "{C.userName}"}
        ]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B, C"

  @OKTA-GROUP-06 @DOCUMENTED @requires.patch
  Rule: A change of the members is answered by the group, with or without its members, or by 204
    Okta needs the other attributes and takes members that are null.

    Example: a new member
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}", "display": "{A.userName}"}]}]
        """
      Then the answer is 200 or 204
      And the answer, if it has a body, has
        """
        {"id": "{G.id}", "displayName": "{G.displayName}"}
        """
      And the members of "G" are "A"

  @OKTA-GROUP-07 @DOCUMENTED
  Rule: AIW changes a group by sending back the whole of it
    Example: another name
      Given a user "A"
      And a group "G" with the members "A"
      When the client changes "G" by a PUT with
        """
        {"displayName": "{group renamed}"}
        """
      Then the answer is 200
      And "G" now has
        """
        {"displayName": "{group renamed}"}
        """
      And the members of "G" are "A"

    Example: other members
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client changes "G" by a PUT with
        """
        {"members": [{"value": "{B.id}", "display": "{B.userName}"}]}
        """
      Then the answer is 200
      And "G" now has
        """
        {"displayName": "{G.displayName}"}
        """
      And the members of "G" are "B"

  @OKTA-GROUP-08 @DOCUMENTED
  Rule: Unlinking a group deletes it and leaves its members
    Example: a group with a member
      Given a user "A"
      And a group "G" with the members "A"
      When the client deletes "G"
      Then the answer is 204
      And "G" is gone
      And "A" still exists
