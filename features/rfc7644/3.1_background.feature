Feature: RFC 7644, 3.1 Resources and messages

  @RFC7644-3.1-01 @MUST
  Rule: The schemas of messages begin with urn:ietf:params:scim:api:
    Section 3.1. Lists and errors are messages.

    Example: every list and every error
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      And the client makes requests that have to be refused
      Then each list and each error has only "schemas" that begin with "urn:ietf:params:scim:api:"

    Example: no resource claims to be a message
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then no resource has an "id" or "schemas" with "urn:ietf:params:scim:api:"

  @RFC7644-3.1-02 @SHALL-NOT
  Rule: The schemas of messages are not in /Schemas
    Section 3.1. They are fixed by the standard, so that there is nothing to discover.

    Example: the list of schemas
      When the client sends GET /Schemas
      Then no resource in the list has an "id" that begins with "urn:ietf:params:scim:api:"

    Scenario Outline: the schema <urn>
      When the client sends GET /Schemas/<urn>
      Then the answer is a refusal

      Examples:
        | urn                                                |
        | urn:ietf:params:scim:api:messages:2.0:ListResponse |
        | urn:ietf:params:scim:api:messages:2.0:Error        |
        | urn:ietf:params:scim:api:messages:2.0:PatchOp      |

  @RFC7644-3.1-03 @SHALL
  Rule: The answer to a change shows the state that a read shows afterwards
    Section 3.1: answers reflect the resource as the server understands it, and not what the client sent. An answer
    need not have a body; what it shows has to be true.

    Example: creating a user
      When the client creates the user "A" with
        """json
        {"displayName": "Ada {marker}", "name": {"givenName": "Ada", "familyName": "Lovelace"},
         "emails": [{"value": "{user}", "type": "work", "primary": true}], "active": true}
        """
      Then the answer agrees with "A" as it is read now

    Example: creating a user who is not active
      When the client creates the user "A" with
        """json
        {"active": false}
        """
      Then the answer agrees with "A" as it is read now

    Example: creating with an id and dates of the client's
      When the client creates the user "A" with
        """json
        {"id": "{marker}-mine", "meta": {"created": "2001-01-01T00:00:00Z", "resourceType": "Group"}}
        """
      Then the answer agrees with "A" as it is read now

    @requires.groups
    Example: creating a group with a member
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}"}]}
        """
      Then the answer agrees with "G" as it is read now

    Example: replacing a user
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Replaced {marker}", "active": false}
        """
      Then the answer agrees with "A" as it is read now

    Example: replacing a user by less than there was
      Given a user "A" with
        """json
        {"displayName": "Before {marker}", "name": {"givenName": "Ada", "familyName": "Lovelace"}}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer agrees with "A" as it is read now

    @requires.groups
    Example: replacing a group
      Given a user "A"
      And a group "G"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{A.id}"}]}
        """
      Then the answer agrees with "G" as it is read now

    @requires.patch
    Example: changing a user
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Changed {marker}"}]
        """
      Then the answer is a success
      And the answer agrees with "A" as it is read now

    @requires.patch @requires.groups
    Example: changing the members of a group
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then the answer is a success
      And the answer agrees with "G" as it is read now

    @requires.filter
    Example: a user in a list is the user alone
      Given a user "A" with
        """json
        {"displayName": "Ada {marker}", "name": {"givenName": "Ada", "familyName": "Lovelace"}}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then the answer lists "A" as it is read now

    @requires.filter @requires.groups
    Example: a group in a list is the group alone
      Given a group "G"
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then the answer lists "G" as it is read now

    Example: what is deleted is not shown again
      Given a user "A"
      When the client deletes "A"
      Then the answer is a success
      And "A" is gone
      And no user is called "{A.userName}"

    @requires.groups
    Example: a deleted group is not shown again
      Given a group "G"
      When the client deletes "G"
      Then the answer is a success
      And "G" is gone
      And no group is called "{G.displayName}"
