@requires.groups
Feature: RFC 7643, 4.2 Groups

  @RFC7643-4.2-01 @REQUIRED
  Rule: A group has a displayName
    Section 4.2. It asks for a userName that is not empty, and of a group only that it has a name: by section 2.5 an
    empty text is a value. Nobody can use such a group, so that one that is taken is a warning.

    Example: a new group without one
      When the client sends POST /Groups with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "externalId": "{marker}-nameless"}
        """
      Then the answer is a refusal

    Example: a new group whose name is empty
      When the client creates the group "G" with
        """json
        {"displayName": "", "externalId": "{marker}-empty"}
        """
      Then the answer is no server error
      And the answer should be a refusal

    Example: a group that is replaced by a nameless one
      Given a group "G"
      When the client sends PUT /Groups/{G.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "externalId": "{marker}-nameless"}
        """
      Then the answer is no server error
      And "G" now has
        """json
        {"displayName": "{G.displayName}"}
        """

    @requires.patch
    Example: a PATCH that removes it
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "displayName"}]
        """
      Then the answer is a refusal
      And "G" now has
        """json
        {"displayName": "{G.displayName}"}
        """

  @RFC7643-4.2-02 @IMPLIED
  Rule: A group need not have members
    Section 4.2, unless the target's schema says otherwise.

    Example: a new group
      Given the target knows "members" of groups with the standard's defaults
      When the client creates the group "G"
      Then the answer is a success
      And the members of "G" are ""

    Example: a new group with an empty list of members
      Given the target knows "members" of groups with the standard's defaults
      When the client creates the group "G" with
        """json
        {"members": []}
        """
      Then the answer is a success
      And the members of "G" are ""

    Example: the last member leaves
      Given the target knows "members" of groups with the standard's defaults
      And a user "A"
      And a group "G" with the members "A"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": []}
        """
      Then the answer is a success
      And the members of "G" are ""

  @RFC7643-4.2-03 @IMPLIED @requires.patch
  Rule: Members are added and removed, and never edited
    Section 4.2: their parts are immutable. What had no value before may get one (RFC 7644 section 3.5.2).

    Example: the id of a member
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members[value eq \"{A.id}\"].value", "value": "{B.id}"}]
        """
      Then the answer is no server error
      And the members of "G" are "A"

    Example: the type of a member
      Given the target knows "members.type" of groups
      And a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}", "type": "User"}]}
        """
      Then the answer is a success
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members[value eq \"{A.id}\"].type", "value": "Group"}]
        """
      Then the answer is no server error
      And the members of "G" are "A"
      When the client reads "G"
      Then each "members.type" is "User", if there is any

  @RFC7643-4.2-04 @IMPLIED
  Rule: A member is a User or a Group, and its $ref leads to it
    Section 4.2. Neither part has to be shown.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each member has a "value", and "User" or "Group" as its "type" if it has one

    Example: two users
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client reads "G"
      Then each "members.type" is "User", if there is any
      When the client follows "meta.location" and each "$ref" of "G"
      Then each of them leads to the resource that it names

    @requires.patch
    Example: a user who is added
      Given a user "A"
      And a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      And the client reads "G"
      Then each "members.type" is "User", if there is any
      When the client follows "meta.location" and each "$ref" of "G"
      Then each of them leads to the resource that it names

  @RFC7643-4.2-05 @MAY
  Rule: A group as a member of a group is taken or refused
    Section 4.2 lets a server support nested groups. One that takes it shows it.

    Example: a new group
      Given a group "G"
      When the client creates the group "H" with
        """json
        {"members": [{"value": "{G.id}", "type": "Group"}]}
        """
      Then the answer is no server error
      And "H" now has, unless the answer is a refusal
        """json
        {"members": [{"value": "{G.id}"}]}
        """

    Example: a user and a group
      Given a group "G"
      And a user "A"
      When the client creates the group "H" with
        """json
        {"members": [{"value": "{G.id}", "type": "Group"}, {"value": "{A.id}", "type": "User"}]}
        """
      Then the answer is no server error
      And "H" now has, unless the answer is a refusal
        """json
        {"members": [{"value": "{G.id}"}, {"value": "{A.id}"}]}
        """
      And the answer is a success, or a refusal that ends the example
      When the client reads "H"
      Then each member has a "value", and "User" or "Group" as its "type" if it has one

    @requires.patch
    Example: a PATCH
      Given a group "G"
      And a group "H"
      When the client patches "H" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{G.id}", "type": "Group"}]}]
        """
      Then the answer is no server error
      And "H" now has, unless the answer is a refusal
        """json
        {"members": [{"value": "{G.id}"}]}
        """

  @RFC7643-4.2-06 @IMPLIED
  Rule: Groups that contain each other are refused or survived
    Section 4.2 does not forbid a cycle. A server has to answer in either case.

    Example: two groups
      Given a user "A"
      And a group "G" with the members "A"
      And a group "H"
      When the client changes "H" by a PUT with
        """json
        {"members": [{"value": "{G.id}", "type": "Group"}]}
        """
      Then the answer is no server error
      When the client changes "G" by a PUT with
        """json
        {"members": [{"value": "{A.id}"}, {"value": "{H.id}", "type": "Group"}]}
        """
      Then the answer is no server error
      When the client reads "G"
      Then the answer is 200
      When the client reads "A"
      Then the answer is 200
      When the client deletes "G"
      Then the answer is no server error

    @requires.patch
    Example: a group that contains itself
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{G.id}", "type": "Group"}]}]
        """
      Then the answer is no server error
      When the client reads "G"
      Then the answer is 200

  @RFC7643-4.2-07 @IMPLIED
  Rule: A member stands in a group once
    Section 4.2 speaks of a list of members, and section 2.4 advises against the same value twice: who shows somebody
    twice who was sent twice is warned.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then no group has a member twice

    Example: a new group with somebody twice
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}"}, {"value": "{A.id}"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "G"
      Then no group should have a member twice

    Example: a group that is replaced by one with somebody twice
      Given a user "A"
      And a group "G"
      When the client changes "G" by a PUT with
        """json
        {"members": [{"value": "{A.id}"}, {"value": "{A.id}"}]}
        """
      Then the answer is no server error
      When the client reads "G"
      Then no group should have a member twice

    @requires.patch
    Example: somebody is added again
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then the answer is no server error
      And the members of "G" are "A, B"

  @RFC7643-4.2-08 @IMPLIED
  Rule: A group may have many members
    Section 4.2 knows no limit. 500 are tried, and on a real target 50 unless the run is told
    that it may be given more. A server may refuse a request that is too large for it, but then it says so.

    Example: all in one POST
      Given 500 users
      When the client creates the group "G" with 500 of these users
      Then the answer is a success, or a refusal that ends the example
      And "G" has exactly the members that it was given

    Example: all in one PUT
      Given 500 users
      And a group "H"
      When the client replaces the members of "H" by 500 of these users
      Then the answer is a success, or a refusal that ends the example
      And "H" has exactly the members that it was given

    @requires.patch
    Example: all in one PATCH, and half of them leave
      Given 500 users
      And a group "I"
      When the client adds 500 of these users to "I"
      Then the answer is a success, or a refusal that ends the example
      And "I" has exactly the members that it was given
      When the client removes half of these users from "I"
      Then the answer is a success, or a refusal that ends the example
      And "I" has exactly the members that it was given

  @RFC7643-4.2-09 @IMPLIED
  Rule: The members of a group are those that the client gave it
    Section 4.2: values may be added and removed.

    Example: a new group
      Given a user "A"
      And a user "B"
      And a user "C"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}"}, {"value": "{B.id}"}, {"value": "{C.id}"}]}
        """
      Then the answer is a success
      And the members of "G" are "A, B, C"

    Example: six members
      Given a user "A"
      And a user "B"
      And a user "C"
      And a user "D"
      And a user "E"
      And a user "F"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}"}, {"value": "{B.id}"}, {"value": "{C.id}"}, {"value": "{D.id}"}, {"value": "{E.id}"}, {"value": "{F.id}"}]}
        """
      Then the answer is a success
      And the members of "G" are "A, B, C, D, E, F"

    @requires.filter
    Example: a list shows them
      Given the target knows "members" of groups
      And a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then the answer has
        """json
        {"Resources": [{"id": "{G.id}", "members": [{"value": "{A.id}"}, {"value": "{B.id}"}]}]}
        """

    Example: others by a PUT
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{B.id}"}, {"value": "{C.id}"}]}
        """
      Then the answer is a success
      And the members of "G" are "B, C"

    Example: a new name
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client changes "G" by a PUT with
        """json
        {"displayName": "{group} renamed"}
        """
      Then "G" now has
        """json
        {"displayName": "{group} renamed"}
        """
      And the members of "G" are "A, B"

    @requires.patch
    Example: a new name by a PATCH
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "displayName", "value": "{group} renamed"}]
        """
      Then "G" now has
        """json
        {"displayName": "{group} renamed"}
        """
      And the members of "G" are "A, B"

    @requires.patch
    Example: one more
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{C.id}"}]}]
        """
      Then the answer is a success
      And the members of "G" are "A, B, C"

    @requires.patch
    Example: two more
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{B.id}"}, {"value": "{C.id}"}]}]
        """
      Then the members of "G" are "A, B, C"

    @requires.patch
    Example: two more in two operations
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [
          {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]},
          {"op": "add", "path": "members", "value": [{"value": "{C.id}"}]}
        ]
        """
      Then the members of "G" are "A, B, C"

    @requires.patch
    Scenario Outline: the <which> of three leaves
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B, C"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{<who>.id}\"]"}]
        """
      Then the answer is a success
      And the members of "G" are "<rest>"

      Examples:
        | which  | who | rest |
        | first  | A   | B, C |
        | second | B   | A, C |
        | third  | C   | A, B |

    @requires.patch
    Example: two leave in one request
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B, C"
      When the client patches "G" with
        """json
        [
          {"op": "remove", "path": "members[value eq \"{A.id}\"]"},
          {"op": "remove", "path": "members[value eq \"{C.id}\"]"}
        ]
        """
      Then the members of "G" are "B"

    @requires.patch
    Example: one comes and one leaves in one request
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [
          {"op": "add", "path": "members", "value": [{"value": "{B.id}"}]},
          {"op": "remove", "path": "members[value eq \"{A.id}\"]"}
        ]
        """
      Then the members of "G" are "B"

    @requires.patch
    Example: all are replaced by a PATCH
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members", "value": [{"value": "{C.id}"}]}]
        """
      Then the members of "G" are "C"

    @requires.patch
    Example: all leave
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members"}]
        """
      Then the members of "G" are ""

    Example: another group keeps its members
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      And a group "H" with the members "A, B"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}", "members": [{"value": "{A.id}"}]}
        """
      Then the members of "G" are "A"
      And the members of "H" are "A, B"

  @RFC7643-4.2-10 @IMPLIED
  Rule: The end of one does not end the other
    Section 4.2: a member is named by its id and is a resource of its own.

    Example: a member is deleted
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client deletes "A"
      Then "G" still exists
      And "B" still exists
      And the members of "G" that still exist are "B"

    Example: a group is deleted
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client deletes "G"
      Then "A" still exists
      And "B" still exists

    @requires.patch
    Example: a member leaves
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]
        """
      Then "A" still exists

  @RFC7643-4.2-11 @IMPLIED
  Rule: A group of any name is kept, and found by itself alone
    Section 4.2 makes displayName a string, and section 2.3.1 a string any characters: names of departments have commas,
    slashes and quotes in them.

    @requires.filter
    Scenario Outline: <what>
      Given a group "H" with
        """json
        {"displayName": "{group <other>}"}
        """
      When the client creates the group "G" with
        """json
        {"displayName": "{group <text>}"}
        """
      Then the answer is 201, or 400 and the example ends
      And "G" now has
        """json
        {"displayName": "{group <text>}"}
        """
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then exactly "G" is found
      When the client sends GET /Groups with the query
        | filter | displayName sw "Group {marker}-<text>" |
      Then exactly "G" is found, or the request is refused

      Examples:
        | what                | text              | other       |
        | a comma             | Sales, North      | Sales       |
        | an apostrophe       | People's Office   | Peoples Office |
        | an ampersand        | R&D               | R           |
        | an underscore       | a_b               | axb         |
        | a colon             | role:admin        | role        |
        | round brackets      | Sales (North)     | Sales North |
        | words of the filter | a and b eq c      | a           |

      @abuse
      Examples: where names are ids, these end a path or make it unreadable, and lists with it
        | what                | text              | other       |
        | a slash             | Sales/North       | Sales North |
        | a percent sign      | 50% off           | 50 percent off |
