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
        | user  | a filter |
        | user  | a search |
        | user  | listing  |

      @requires.groups
      Examples:
        | kind  | way      |
        | group | a filter |
        | group | a search |
        | group | listing  |

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

  @RFC7644-3.6-08 @SHOULD
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
