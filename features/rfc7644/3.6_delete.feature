Feature: RFC 7644, 3.6 Deleting resources
  A target may keep what was deleted for itself. To its clients it is gone.

  @RFC7644-3.6-01 @SHALL
  Rule: A deletion is answered 204, without a body
    Section 3.6.

    Scenario Outline: a <kind>
      Given a <kind> "A"
      When the client deletes "A"
      Then the answer is 204
      And the answer is empty
      And "A" is gone

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.groups
    Example: a group with a member
      Given a user "A"
      And a group "G" with the members "A"
      When the client deletes "G"
      Then the answer is 204
      And the answer is empty
      And "G" is gone

    @requires.groups
    Example: a user who is a member
      Given a user "A"
      And a group "G" with the members "A"
      When the client deletes "A"
      Then the answer is 204
      And the answer is empty
      And "A" is gone

    @requires.groups
    Example: a user who is a member of several groups
      Given a user "A"
      And a group "G" with the members "A"
      And a group "H" with the members "A"
      When the client deletes "A"
      Then the answer is 204
      And "A" is gone
      And "G" still exists

    @requires.enterprise
    Example: a user who is the manager of another
      Given a user "A"
      And the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users
      When the client creates the user "B" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{A.id}"}}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client deletes "A"
      Then the answer is 204
      And "A" is gone
      And "B" still exists

    @requires.enterprise @requires.filter
    Example: the manager of a user who is listed afterwards
      Given a user "A"
      And the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users
      When the client creates the user "B" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{A.id}"}}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client deletes "A"
      And the client sends GET /Users with the query
        | filter | userName eq "{B.userName}" |
      Then its "totalResults" is 1, and it shows 1 resource

    @requires.enterprise
    Example: a user who has a manager
      Given a user "A"
      And the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users
      When the client creates the user "B" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{A.id}"}}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client deletes "B"
      Then the answer is 204
      And "B" is gone

    @requires.groups
    Example: a group that is a member of a group
      Given a group "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}", "type": "Group"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client deletes "A"
      Then the answer is 204
      And "A" is gone
      And "G" still exists

    Example: a user with several values of each kind
      When the client creates the user "A" with
        """json
        {"displayName": "{marker} Ann", "externalId": "{marker}-full", "active": false, "name": {"givenName": "Ann", "familyName": "Alder"},
         "emails": [{"value": "{user work}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}],
         "phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}, {"value": "tel:+12015550124", "type": "mobile"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client deletes "A"
      Then the answer is 204
      And "A" is gone

    @requires.groups @requires.patch
    Example: a user who was a member and is none any more
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "remove", "path": "members"}]
        """
      And the client deletes "A"
      Then the answer is 204
      And "A" is gone

  @RFC7644-3.6-02 @MUST
  Rule: Whatever is asked of a deleted resource is answered 404
    Section 3.6 says so of all operations, and shows it for a read. It holds for
    soft deletion too.

    Scenario Outline: a <kind> is read
      Given a <kind> "A"
      When the client deletes "A"
      And the client reads "A"
      Then the answer is 404
      And the answer is a SCIM error

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is read for some attributes only
      Given a <kind> "A"
      When the client deletes "A"
      And the client sends GET /<collection>/{A.id}?attributes=displayName
      Then the answer is 404

      Examples:
        | kind  | collection |
        | user  | Users      |

      @requires.groups
      Examples:
        | kind  | collection |
        | group | Groups     |

    Scenario Outline: a <kind> is deleted again
      Given a <kind> "A"
      When the client deletes "A"
      And the client deletes "A"
      Then the answer is 404
      And the client deletes "A"
      And the answer is 404

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    Scenario Outline: a <kind> is replaced, and does not come back
      Given a <kind> "A"
      When the client deletes "A"
      And the client replaces "A" with
        """
        {"<name>": "{A.<name>}"}
        """
      Then the answer is 404
      And "A" is gone
      And no <kind> is called "{A.<name>}"

      Examples:
        | kind  | name        |
        | user  | userName    |

      @requires.groups
      Examples:
        | kind  | name        |
        | group | displayName |

    @requires.patch
    Scenario Outline: a <kind> is patched, and does not come back
      Given a <kind> "A"
      When the client deletes "A"
      And the client patches "A" with
        """
        [{"op": "replace", "path": "displayName", "value": "{group}"}]
        """
      Then the answer is 404
      And "A" is gone
      And "A" is found nowhere by a filter

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.patch
    Example: a user is activated again, and does not come back
      Given a user "A"
      When the client deletes "A"
      And the client patches "A" with
        """
        [{"op": "replace", "path": "active", "value": true}]
        """
      Then the answer is 404
      And "A" is gone

  @RFC7644-3.6-03 @MUST
  Rule: A deleted resource is left out of every list and search
    Section 3.6. A target may refuse a filter or a search; then that is no way to
    find the resource.

    Scenario Outline: a <kind> is looked for by <way>
      Given a <kind> "A" with
        """
        {"externalId": "{marker}-deleted"}
        """
      And a <kind> "B"
      When the client deletes "A"
      Then "A" is found nowhere by <way>
      And "B" still exists

      Examples:
        | kind  | way      |
        | user  | a search |
        | user  | listing  |

      @requires.filter
      Examples:
        | kind  | way      |
        | user  | a filter |

      @requires.groups
      Examples:
        | kind  | way      |
        | group | a search |
        | group | listing  |

      @requires.groups @requires.filter
      Examples:
        | kind  | way      |
        | group | a filter |

    @requires.filter
    Example: of two users of one name for display, the other is still found
      Given a user "A" with
        """
        {"displayName": "{marker} Ann"}
        """
      And a user "B" with
        """
        {"displayName": "{marker} Ann"}
        """
      When the client deletes "A"
      And the client sends GET /Users with the query
        | filter | displayName eq "{marker} Ann" |
      Then exactly "B" is found, or the request is refused

    @requires.filter
    Example: a new user of a deleted one's name is found alone
      Given a user "A"
      When the client deletes "A"
      And the client creates the user "B" with
        """
        {"userName": "{A.userName}"}
        """
      Then the answer is 201
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "B" is found
      And its "totalResults" is 1

  @RFC7644-3.6-04 @SHOULD-NOT
  Rule: The name of a deleted resource can be used again
    Section 3.6: a deleted resource does not count when conflicts are looked for.
    A target may refuse to rename a user, but not for a conflict.

    Example: a new user of the same name
      Given a user "A"
      When the client deletes "A"
      And the client creates the user "B" with
        """
        {"userName": "{A.userName}"}
        """
      Then the answer is 201
      And "B" still exists

    @requires.groups
    Example: a new group of the same name
      Given a group "A"
      When the client deletes "A"
      And the client creates the group "B" with
        """
        {"displayName": "{A.displayName}"}
        """
      Then the answer is 201
      And "B" still exists

    Example: a new user of the same external id
      Given a user "A" with
        """
        {"externalId": "{marker}-again"}
        """
      When the client deletes "A"
      And the client creates the user "B" with
        """
        {"externalId": "{marker}-again"}
        """
      Then the answer is 201

    Example: another user is given the name
      Given a user "A"
      And a user "B"
      When the client deletes "A"
      And the client changes "B" by a PUT with
        """
        {"userName": "{A.userName}"}
        """
      Then the answer is 200 or 400 or 403

    Example: the name is used and given up a second time
      Given a user "A"
      When the client deletes "A"
      And the client creates the user "B" with
        """
        {"userName": "{A.userName}"}
        """
      Then the answer is 201
      When the client deletes "B"
      And the client creates the user "C" with
        """
        {"userName": "{A.userName}"}
        """
      Then the answer is 201

  @RFC7644-3.6-05 @SHOULD
  Rule: A deletion takes the resource out of what refers to it, and nothing else
    Follows from section 3.6 and from RFC 7643 sections 4.1.2 and 4.2: a group has
    no member, and a user no group, that does not exist.

    @requires.groups
    Example: a deleted user is no member any more
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client deletes "A"
      Then the members of "G" are "B"
      And "B" still exists

    @requires.groups
    Example: a deleted user is no member of any of several groups
      Given a user "A"
      And a group "G" with the members "A"
      And a group "H" with the members "A"
      When the client deletes "A"
      Then the members of "G" are ""
      And the members of "H" are ""

    @requires.groups
    Example: the members of a deleted group live on
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client deletes "G"
      Then "A" still exists
      And "B" still exists

    @requires.groups
    Example: the members of a deleted group belong to it no more
      Given a user "A"
      And a group "G" with the members "A"
      When the client deletes "G"
      Then "A" now has no "groups"

    @requires.groups
    Example: the other group of a member keeps him
      Given a user "A"
      And a group "G" with the members "A"
      And a group "H" with the members "A"
      When the client deletes "G"
      Then the members of "H" are "A"

  @RFC7644-3.6-06 @IMPLIED
  Rule: The deletion of what does not exist is answered 404
    Follows from section 3.12, which gives 404 this meaning.

    Scenario Outline: an id that was never given, among the <collection>
      When the client sends DELETE /<collection>/{marker}-none
      Then the answer is 404
      And the answer is a SCIM error

      Examples:
        | collection |
        | Users      |

      @requires.groups
      Examples:
        | collection |
        | Groups     |

  @RFC7644-3.6-07 @IMPLIED
  Rule: The id of a deleted resource is not given to another one
    RFC 7643 section 3.1: an id cannot be reassigned.

    Scenario Outline: a new <kind> of the same name
      Given a <kind> "A"
      When the client deletes "A"
      Given a <kind> "B" with
        """
        {"<name>": "{A.<name>}"}
        """
      Then "A" is gone
      And "B" still exists

      Examples:
        | kind  | name        |
        | user  | userName    |

      @requires.groups
      Examples:
        | kind  | name        |
        | group | displayName |

  @RFC7644-3.6-08 @SHOULD @data
  Rule: A deletion leaves every other resource as it was
    Follows from section 3.6: a deletion names one resource.

    Scenario Outline: another <kind> beside it
      Given a <kind> "A"
      And a <kind> "B"
      When the client deletes "A"
      Then "B" is as before

      Examples:
        | kind  |
        | user  |

      @requires.groups
      Examples:
        | kind  |
        | group |

    @requires.groups
    Example: a new user of a deleted one's name is not in his groups
      Given a user "A"
      And a group "G" with the members "A"
      When the client deletes "A"
      Given a user "B" with
        """
        {"userName": "{A.userName}"}
        """
      Then the members of "G" are ""

    @requires.groups
    Example: a new group of a deleted one's name has none of its members
      Given a user "A"
      And a group "G" with the members "A"
      When the client deletes "G"
      And the client creates the group "H" with
        """
        {"displayName": "{G.displayName}"}
        """
      Then the answer is 201
      And the members of "H" are ""

    Example: a user with the same values
      Given a user "A" with
        """
        {"displayName": "{marker} Ann", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      And a user "B" with
        """
        {"displayName": "{marker} Ann", "name": {"givenName": "Ann", "familyName": "Alder"}}
        """
      When the client deletes "A"
      Then "B" is as before

    @requires.enterprise
    Example: the users whose manager is deleted
      Given a user "A"
      And the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users
      When the client creates the user "B" with
        """
        {"externalId": "{marker}-managed", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{A.id}"}}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client deletes "A"
      Then "B" now has
        """
        {"userName": "{B.userName}", "externalId": "{marker}-managed"}
        """
