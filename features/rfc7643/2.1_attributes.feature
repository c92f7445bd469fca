Feature: RFC 7643, 2.1 Attributes

  @RFC7643-2.1-01 @MUST
  Rule: Every resource is a JSON object that carries "schemas"
    Section 2.1. An answer to a request for some attributes only need not repeat them.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each resource is a JSON object with an array "schemas"

  @RFC7643-2.1-02 @MUST
  Rule: The attribute names that a server sends are names
    Section 2.1: a letter, then letters, digits, $, - and _. The standard itself uses "$ref", and the
    container of an extension is called by a URN.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each attribute name is a letter and then letters, digits, "$", "-" and "_"

  @RFC7643-2.1-03 @IMPLIED
  Rule: Attribute names are recognised in any case
    Section 2.1 calls them case insensitive; a client may write them as it likes.

    Example: a new user
      When the client creates the user "A" with
        """json
        {"DISPLAYNAME": "Ann Other", "Name": {"FAMILYNAME": "Other", "givenname": "Ann"}, "Active": false}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "Ann Other", "name": {"familyName": "Other", "givenName": "Ann"}, "active": false}
        """

    Example: elements of a list
      When the client creates the user "A" with
        """json
        {"EMAILS": [{"VALUE": "{user mail}", "Type": "work"}]}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"emails": [{"value": "{user mail}", "type": "work"}]}
        """

    Example: an external identifier
      When the client creates the user "A" with
        """json
        {"externalid": "{marker}-x"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"externalId": "{marker}-x"}
        """

    Example: a user who is replaced
      Given a user "A" with
        """json
        {"displayName": "Ann Other"}
        """
      When the client replaces "A" with
        """json
        {"username": "{A.userName}", "displayname": "Ann Changed"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "Ann Changed"}
        """

    @requires.patch
    Example: a PATCH without a path
      Given a user "A" with
        """json
        {"displayName": "Ann Other"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"DisplayName": "Ann Changed"}}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "Ann Changed"}
        """

    @requires.groups
    Example: a new group
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"Members": [{"Value": "{A.id}"}]}
        """
      Then the answer is a success
      And the members of "G" are "A"
