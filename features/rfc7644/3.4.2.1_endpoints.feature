Feature: RFC 7644, 3.4.2.1 Query endpoints
  Queries of the service root are an offer that a target may not make: it answers
  403, 404, 405 or 501 then, or 400 tooMany, which section 3.4.2.1 provides for all that stands below it.

  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7644-3.4.2.1-01 @SHALL @requires.groups
  Rule: A query of the service root covers every type of resource
    Users and groups, subject to the filter.

    @requires.filter
    Example: users and groups in one answer
      When the client looks for resources where id eq "{Ada.id}" or id eq "{Red.id}"
      Then exactly "Ada, Red" are found

    @requires.filter
    Example: by names that each type has
      When the client looks for resources where displayName eq "{Ada.displayName}" or displayName eq "{Green.displayName}"
      Then exactly "Ada, Green" are found

    @requires.filter
    Example: a search by POST
      When the client searches for resources where id eq "{Bob.id}" or id eq "{Blue.id}"
      Then exactly "Bob, Blue" are found

    @requires.filter
    Example: totalResults counts both types
      When the client looks for resources where id eq "{Ada.id}" or id eq "{Red.id}"
      Then exactly "Ada, Red" are found
      And its "totalResults" is 2

    Example: without a filter
      Given a user "A"
      And a group "G"
      When the client pages through / with
        | count | 50 |
      Then every resource of the example is listed once

  @RFC7644-3.4.2.1-02 @SHALL
  Rule: A query that would find too much is answered page by page or with 400 tooMany
    How much is too much is for the target to say; whether it says so in the right way is not.

    Example: all users
      When the client sends GET /Users
      Then the answer is a list, or 400 with scimType tooMany

    @requires.groups
    Example: all groups
      When the client sends GET /Groups
      Then the answer is a list, or 400 with scimType tooMany

    Example: everything
      When the client sends GET /
      Then the answer is a list, or 400 with scimType tooMany

    @requires.filter
    Example: everybody with a name
      When the client sends GET /Users with the query
        | filter | userName pr |
      Then the answer is a list, or 400 with scimType tooMany

  @RFC7644-3.4.2.1-03 @SHALL @requires.filter @requires.groups
  Rule: An attribute of another type of resource has no value
    In a query over several types, what a type does not define compares as unassigned: it is neither an error nor a match.

    Example: userName finds no group
      When the client looks for resources where userName eq "{Ada.userName}"
      Then exactly "Ada" is found

    Example: the members of a group are no user's
      When the client looks for resources where members.value eq "{Bob.id}"
      Then exactly "Red" is found

    Example: what is present in users alone
      When the client looks for resources where userName pr and (id eq "{Ada.id}" or id eq "{Red.id}")
      Then exactly "Ada" is found

    Example: what is present in groups alone
      When the client looks for resources where members pr and (id eq "{Ada.id}" or id eq "{Red.id}")
      Then exactly "Red" is found

    Example: not is true of what a type does not define
      When the client looks for resources where not (userName pr) and (id eq "{Ada.id}" or id eq "{Red.id}")
      Then exactly "Red" is found

  @RFC7644-3.4.2.1-04 @MAY @requires.filter @requires.groups
  Rule: meta.resourceType restricts a query of the root to some types
    A target that takes the filter has to apply it; one that refuses it may do so.

    Example: only users
      When the client looks for resources where meta.resourceType eq "User" and (id eq "{Ada.id}" or id eq "{Red.id}")
      Then exactly "Ada" is found, or the filter is refused

    Example: only groups
      When the client looks for resources where meta.resourceType eq "Group" and (id eq "{Ada.id}" or id eq "{Red.id}")
      Then exactly "Red" is found, or the filter is refused

    Example: both
      When the client looks for resources where (meta.resourceType eq "User" or meta.resourceType eq "Group") and (id eq "{Ada.id}" or id eq "{Red.id}")
      Then exactly "Ada, Red" are found, or the filter is refused

  @RFC7644-3.4.2.1-05 @SHALL @requires.filter
  Rule: A query of one type finds nothing of another
    Whatever the filter matches, /Users shows users and /Groups shows groups.

    @requires.groups
    Example: an id of a group is no user's
      When the client looks for users where id eq "{Red.id}"
      Then nothing is found

    @requires.groups
    Example: an id of a user is no group's
      When the client looks for groups where id eq "{Ada.id}"
      Then nothing is found

    @requires.groups
    Example: a name that no type has for itself
      When the client looks for users where displayName eq "{Red.displayName}"
      Then its "totalResults" is 0
