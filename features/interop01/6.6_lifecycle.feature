Feature: SCIM Interoperability Profile, draft 01: 6.6 to 6.9 Lifecycle, versions, conflicts

  @INTEROP01-6.6-01 @MUST-NOT
  Rule: No PATCH deletes a resource

    Example: a deactivated user is found by its name
      Given the target knows "active" of users
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is 200 or 204
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found

    @requires.groups
    Example: a group without its last member is found by its name
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members"}]
        """
      Then the answer is 200 or 204
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then exactly "G" is found

  @INTEROP01-6.6-02 @MUST
  Rule: What was changed by a PATCH is kept

    Example: a deactivated user is read
      Given the target knows "active" of users
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is 200 or 204
      And "A" still exists
      And "A" now has
        """json
        {"userName": "{A.userName}", "active": false}
        """

  @INTEROP01-6.6-03 @MUST
  Rule: Whatever is asked of what was deleted is answered 404

    Scenario Outline: <method> of a user
      Given a user "A"
      When the client deletes "A"
      And the client sends <method> /Users/{A.id}
      Then the answer is 404

      Examples:
        | method |
        | GET    |
        | DELETE |

    Example: PATCH of a user
      Given a user "A"
      When the client deletes "A"
      And the client sends PATCH /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "userName", "value": "{user new}"}]}
        """
      Then the answer is 404

    @requires.groups
    Example: GET of a group
      Given a group "G"
      When the client deletes "G"
      And the client sends GET /Groups/{G.id}
      Then the answer is 404

  @INTEROP01-6.6-04 @MUST
  Rule: What was deleted is in no list

    Scenario Outline: a user, looked for by <how>
      Given a user "A"
      When the client deletes "A"
      Then the answer is a success
      And "A" is found nowhere by <how>

      Examples:
        | how      |
        | a filter |
        | listing  |

    @requires.groups
    Scenario Outline: a group, looked for by <how>
      Given a group "G"
      When the client deletes "G"
      Then the answer is a success
      And "G" is found nowhere by <how>

      Examples:
        | how      |
        | a filter |
        | listing  |

  @INTEROP01-6.6-05 @MUST-NOT
  Rule: What was deleted conflicts with nothing
    RFC 7644 section 3.6 has SHOULD NOT.

    Example: a user is renamed to the name of a deleted one
      Given a user "A"
      And a user "B"
      When the client deletes "A"
      And the client patches "B" with
        """json
        [{"op": "replace", "path": "userName", "value": "{A.userName}"}]
        """
      Then the answer is 200 or 204
      And "B" now has
        """json
        {"userName": "{A.userName}"}
        """

  @INTEROP01-6.6-06 @MUST
  Rule: The name of a deleted user can be given to a new one

    Example: created, deleted, created again
      Given a user "A"
      When the client deletes "A"
      And the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 201
      And "B" has
        """json
        {"userName": "{A.userName}"}
        """

  @INTEROP01-6.6-07 @MUST-NOT
  Rule: DELETE does not just change the resource
    Such as its active to false. RFC 7644 section 3.6 lets a server keep what is hidden from clients.

    Example: a deleted user is not there as an inactive one
      Given a user "A"
      When the client deletes "A"
      And the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then nothing is found

  @INTEROP01-6.6-08 @MUST
  Rule: After a DELETE that succeeds the resource is gone

    Scenario Outline: a <kind>
      Given a <kind> "A"
      When the client deletes "A"
      Then the answer is a success
      And "A" is gone

      Examples:
        | kind |
        | user |

      @requires.groups
      Examples:
        | kind  |
        | group |

  @INTEROP01-6.7-01 @MAY @unobservable
  Rule: Headers about versions may be ignored or refused
    A permission: RFC 7644 section 3.14 makes versions optional, and this profile forbids clients to use them.

  @INTEROP01-6.8-01 @OPTIONAL @unobservable
  Rule: Bulk requests are optional
    A permission, as in RFC 7644 section 3.7. IPSIE demands them: see AL1.

  @INTEROP01-6.9.1-01 @MUST
  Rule: What has to be unique and is not is answered 409

    Example: POST of a second user with the userName
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 409

    Example: PATCH of a user to the userName of another
      Given a user "A"
      And a user "B"
      When the client patches "B" with
        """json
        [{"op": "replace", "path": "userName", "value": "{A.userName}"}]
        """
      Then the answer is 409

  @INTEROP01-6.9.1-02 @MUST
  Rule: The conflict has the scimType uniqueness

    Example: POST of a second user with the userName
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:Error"
      And its "scimType" is "uniqueness"

    Example: PATCH of a user to the userName of another
      Given a user "A"
      And a user "B"
      When the client patches "B" with
        """json
        [{"op": "replace", "path": "userName", "value": "{A.userName}"}]
        """
      Then its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:Error"
      And its "scimType" is "uniqueness"
