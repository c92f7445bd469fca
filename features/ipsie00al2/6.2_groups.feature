Feature: IPSIE AL SCIM profile, draft 00: 6.2 AL2, Group provisioning

  @IPSIE00AL2-6.2-01 @MAY @unobservable
  Rule: Groups are optional
    A permission. Where /ResourceTypes lists no groups, what follows is about nothing.

  @IPSIE00AL2-6.2.1-01 @MUST @requires.groups
  Rule: The schema of groups has displayName and members

    Scenario Outline: <attribute>
      When the client sends GET /Schemas
      Then the schema "urn:ietf:params:scim:schemas:core:2.0:Group" in it defines "<attribute>"

      Examples:
        | attribute   |
        | displayName |
        | members     |

  @IPSIE00AL2-6.2.1-02 @MUST @requires.groups
  Rule: Groups have an externalId

    Example: it is kept
      When the client creates the group "G" with
        """json
        {"externalId": "ext-{marker}"}
        """
      Then the answer is 201
      And "G" has
        """json
        {"externalId": "ext-{marker}"}
        """

  @IPSIE00AL2-6.2.1-03 @SHOULD-NOT @requires.groups
  Rule: No two groups have the same displayName

    Example: a second one
      Given a group "G"
      When the client creates the group "H" with
        """json
        {"displayName": "{G.displayName}"}
        """
      Then the answer is a refusal

  @IPSIE00AL2-6.2.2-01 @MUST @requires.groups
  Rule: Groups are created by POST

    Example: one group with a member
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}"}]}
        """
      Then the answer is 201
      And the members of "G" are "A"

  @IPSIE00AL2-6.2.2-02 @MUST @requires.groups
  Rule: A group may have no members

    Example: one without
      When the client creates the group "G" with
        """json
        {"members": []}
        """
      Then the answer is 201
      And the members of "G" are ""

  @IPSIE00AL2-6.2.3-01 @MUST @requires.groups
  Rule: All groups can be had by GET

    Example: two of them are in the list
      Given a group "G"
      And a group "H"
      When the client pages through /Groups with
        | count | 100 |
      Then every group of the example is listed once

  @IPSIE00AL2-6.2.4-01 @MUST @requires.groups
  Rule: A group is read by the id

    Example: one of two
      Given a group "G"
      And a group "H"
      When the client sends GET /Groups/{G.id}
      Then the answer is 200
      And its "id" is "{G.id}"
      And its "displayName" is "{G.displayName}"

  @IPSIE00AL2-6.2.5-01 @MUST @requires.groups
  Rule: Groups are found by displayName, externalId and member

    Example: by displayName
      Given a group "G"
      And a group "H"
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then exactly "G" is found

    Example: by externalId
      Given a group "G" with
        """json
        {"externalId": "ext-g-{marker}"}
        """
      And a group "H" with
        """json
        {"externalId": "ext-h-{marker}"}
        """
      When the client sends GET /Groups with the query
        | filter | externalId eq "ext-g-{marker}" |
      Then exactly "G" is found

    Example: by member
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And a group "H" with the members "B"
      When the client sends GET /Groups with the query
        | filter | members[value eq "{A.id}"] |
      Then exactly "G" is found

  @IPSIE00AL2-6.2.6-01 @MUST @requires.groups
  Rule: The attributes of groups are changed by PATCH

    Example: a new displayName
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "displayName", "value": "{group new}"}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """json
        {"displayName": "{group new}"}
        """

  @IPSIE00AL2-6.2.6-02 @MUST @requires.groups
  Rule: One PATCH may have fifty operations on members
    Judged by operations that add: the Interoperability Profile, which this profile includes, forbids clients to name a member
    by a filter (section 6.5.2.2), and RFC 7644 has no other way to remove one of several.

    Example: fifty that add
      Given a user "A"
      And a user "B"
      And a user "C"
      And a group "G"
      When the client patches "G" by 50 operations that add "A, B, C" in turn
      Then the answer is 200 or 204
      And the members of "G" are "A, B, C"
