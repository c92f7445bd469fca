Feature: RFC 7644, 3.4.2 Query resources: the list response
  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7644-3.4.2-01 @MUST
  Rule: An answer to a query says that it is a list
    Its schemas name the ListResponse message, whatever was asked and however little was found.

    Example: users
      When the client sends GET /Users?count=5
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"

    @requires.groups
    Example: groups
      When the client sends GET /Groups?count=5
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"

    @requires.filter
    Example: one match
      When the client looks for users where userName eq "{Ada.userName}"
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"

    @requires.filter
    Example: no match
      When the client looks for users where userName eq "{population}-nobody"
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"

    @requires.filter
    Example: a search by POST
      When the client searches for users where userName eq "{Ada.userName}"
      Then the answer is 200
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"

  @RFC7644-3.4.2-02 @REQUIRED
  Rule: totalResults is an integer and counts every match
    It counts what matches, not what fits on the page.

    Example: an integer in the list of all users
      When the client sends GET /Users?count=5
      Then its "totalResults" is an integer

    @requires.groups
    Example: an integer in the list of all groups
      When the client sends GET /Groups?count=5
      Then its "totalResults" is an integer

    Example: users are counted also where nothing else is asked for
      When the client sends GET /Users
      Then the answer counts at least 12 resources, or is 400 with scimType tooMany

    @requires.groups
    Example: groups are counted also where nothing else is asked for
      When the client sends GET /Groups
      Then the answer counts at least 3 resources, or is 400 with scimType tooMany

    @requires.filter
    Example: one match counts one
      When the client looks for users where userName eq "{Ada.userName}"
      Then its "totalResults" is 1

    @requires.filter
    Example: three matches count three
      When the client looks for users where userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}"
      Then its "totalResults" is 3

    @requires.filter
    Example: three matches count three, also on a page of two
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}" |
        | count  | 2 |
      Then its "totalResults" is 3

    @requires.filter
    Example: three matches count three, also on the second page
      When the client sends GET /Users with the query
        | filter     | userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}" |
        | startIndex | 3 |
      Then its "totalResults" is 3

    @requires.filter @requires.groups
    Example: one group counts one
      When the client looks for groups where displayName eq "{Red.displayName}"
      Then its "totalResults" is 1

    @requires.filter
    Example: three matches count three in a search by POST
      When the client searches for users where userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}"
      Then its "totalResults" is 3

  @RFC7644-3.4.2-03 @REQUIRED
  Rule: Resources is an array, and there when something matches
    Also for a single match. Without a match it may be absent or empty.

    Example: a list of users
      When the client sends GET /Users?count=5
      Then its "Resources" is an array

    @requires.groups
    Example: a list of groups
      When the client sends GET /Groups?count=5
      Then its "Resources" is an array

    @requires.filter
    Example: a single match
      When the client looks for users where userName eq "{Ada.userName}"
      Then its "Resources" is an array
      And its "Resources" has 1 element

    @requires.filter @requires.groups
    Example: a single group
      When the client looks for groups where displayName eq "{Red.displayName}"
      Then its "Resources" is an array
      And its "Resources" has 1 element

    @requires.filter
    Example: a single match of a search by POST
      When the client searches for users where userName eq "{Ada.userName}"
      Then its "Resources" is an array
      And its "Resources" has 1 element

  @RFC7644-3.4.2-04 @REQUIRED
  Rule: A page of several says where it starts and how much it holds
    A complete list need not say so.

    @requires.filter
    Example: the first page
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}" |
        | count  | 2 |
      Then the answer is 200
      And its "startIndex" is an integer
      And its "itemsPerPage" is an integer

    @requires.filter
    Example: a page in the middle
      When the client sends GET /Users with the query
        | filter     | userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}" |
        | startIndex | 2 |
        | count      | 1 |
      Then the answer is 200
      And its "startIndex" is an integer
      And its "itemsPerPage" is an integer

    @requires.groups @requires.filter
    Example: a page of groups
      When the client sends GET /Groups with the query
        | filter | displayName eq "{Red.displayName}" or displayName eq "{Green.displayName}" |
        | count  | 1 |
      Then the answer is 200
      And its "startIndex" is an integer
      And its "itemsPerPage" is an integer

    Example: a page of all users
      When the client sends GET /Users?startIndex=2&count=1
      Then the answer is 200
      And its "startIndex" is an integer
      And its "itemsPerPage" is an integer

  @RFC7644-3.4.2-05 @IMPLIED
  Rule: itemsPerPage is the number of resources on this page
    Not the number that was asked for, and not that of all matches.

    @requires.filter
    Example: a page of two out of three
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}" |
        | count  | 2 |
      Then its "itemsPerPage" is the number of its "Resources"

    @requires.filter
    Example: the last page, which is shorter than asked for
      When the client sends GET /Users with the query
        | filter     | userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}" |
        | startIndex | 3 |
        | count      | 2 |
      Then its "itemsPerPage" is the number of its "Resources"

    @requires.groups @requires.filter
    Example: a page of one group out of two
      When the client sends GET /Groups with the query
        | filter | displayName eq "{Red.displayName}" or displayName eq "{Green.displayName}" |
        | count  | 1 |
      Then its "itemsPerPage" is the number of its "Resources"

    Example: a page of all users
      When the client sends GET /Users?count=2
      Then its "itemsPerPage" is the number of its "Resources"

  @RFC7644-3.4.2-06 @IMPLIED
  Rule: startIndex in the answer is that of the first resource shown
    It is the one that was asked for, counted from 1 through all matches.

    @requires.filter
    Example: the first page
      When the client sends GET /Users with the query
        | filter | userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}" |
        | count  | 2 |
      Then its "startIndex" is 1

    @requires.filter
    Example: from the second match on
      When the client sends GET /Users with the query
        | filter     | userName eq "{Ada.userName}" or userName eq "{Bob.userName}" or userName eq "{Cy.userName}" |
        | startIndex | 2 |
        | count      | 1 |
      Then its "startIndex" is 2

    @requires.groups @requires.filter
    Example: from the second group on
      When the client sends GET /Groups with the query
        | filter     | displayName eq "{Red.displayName}" or displayName eq "{Green.displayName}" |
        | startIndex | 2 |
      Then its "startIndex" is 2

    Example: from the second of all users on
      When the client sends GET /Users?startIndex=2&count=1
      Then its "startIndex" is 2

  @RFC7644-3.4.2-07 @SHALL @requires.filter
  Rule: A query without a match answers 200 with totalResults 0
    An empty list is a success, not a 404.

    Example: no user matches
      When the client looks for users where userName eq "{population}-nobody"
      Then the answer is 200
      And its "totalResults" is 0
      And its "Resources" has 0 elements

    @requires.groups
    Example: no group matches
      When the client looks for groups where displayName eq "{population}-no-group"
      Then the answer is 200
      And its "totalResults" is 0
      And its "Resources" has 0 elements

    Example: no id matches
      When the client looks for users where id eq "{population}-no-id"
      Then the answer is 200
      And its "totalResults" is 0

    Example: a search by POST matches nobody
      When the client searches for users where userName eq "{population}-nobody"
      Then the answer is 200
      And its "totalResults" is 0
      And its "Resources" has 0 elements

  @RFC7644-3.4.2-08 @SHOULD
  Rule: A query parameter that the target does not know is ignored
    So that older servers understand newer clients.

    Example: beside nothing else
      When the client sends GET /Users?sduoUnknown=1&count=5
      Then the answer is 200
      And its "Resources" is an array

    @requires.filter
    Example: beside a filter
      When the client looks for users where userName eq "{Ada.userName}", with "sduoUnknown=true"
      Then exactly "Ada" is found

    @requires.groups
    Example: on groups
      When the client sends GET /Groups?sduoUnknown=1&count=5
      Then the answer is 200

  @RFC7644-3.4.2-09 @REQUIRED @requires.filter
  Rule: The list shows the resources that it counts
    Each match once, as it is shown when it is read alone.

    Example: the match and its attributes
      When the client looks for users where userName eq "{Ada.userName}"
      Then exactly "Ada" is found
      And its "Resources[0].id" is "{Ada.id}"
      And its "Resources[0].userName" is "{Ada.userName}"
      And its "Resources[0].meta.resourceType" is "User"

    Example: two matches of one filter are shown once each
      When the client looks for users where userName eq "{Ada.userName}" or id eq "{Ada.id}"
      Then exactly "Ada" is found
      And its "totalResults" is 1
      And its "Resources" has 1 element

    @requires.groups
    Example: a group and its name
      When the client looks for groups where displayName eq "{Red.displayName}"
      Then exactly "Red" is found
      And its "Resources[0].id" is "{Red.id}"
      And its "Resources[0].displayName" is "{Red.displayName}"

    Scenario Outline: each user is listed once where <filter>
      When the client looks for users where userName sw "{population}-" and <filter>
      Then each resource found is listed once and counted once

      Examples:
        | filter                                                  |
        | emails[value pr]                                        |
        | emails[type eq "work" or type eq "home"]                |
        | emails pr                                               |
        | emails.value co "@"                                     |
        | emails.type ne "other"                                  |
        | (emails.type eq "work" or emails.type eq "home")        |
        | (emails.value co "@" or phoneNumbers.value co "1")      |

    Example: each user is listed once in a search by POST
      When the client searches for users where userName sw "{population}-" and emails.value co "@"
      Then each resource found is listed once and counted once

    @requires.groups
    Scenario Outline: each group is listed once where <filter>
      When the client looks for groups where displayName sw "Group {population}-" and <filter>
      Then each resource found is listed once and counted once

      Examples:
        | filter     |
        | members pr |
        | (members.value eq "{Ada.id}" or members.value eq "{Bob.id}") |

    Scenario Outline: <name> as a read shows the user
      When the client looks for users where userName eq "{<name>.userName}"
      Then it shows everything that a read of "<name>" shows

      Examples:
        | name |
        | Ada  |
        | Cy   |
        | Gus  |

    Example: Ada as a read shows her, found by a search by POST
      When the client searches for users where userName eq "{Ada.userName}"
      Then it shows everything that a read of "Ada" shows

    @requires.groups
    Example: a group with its members as a read shows it
      When the client looks for groups where displayName eq "{Red.displayName}"
      Then it shows everything that a read of "Red" shows

    Example: users in a list without a filter
      Given a user "Lena" with
        """json
        {"externalId": "{marker}-listed", "displayName": "{marker} Lena"}
        """
      And a user "Lou"
      When the client pages through /Users with
        | count | 50 |
      Then each user of the example is listed as a read shows it

    @requires.groups
    Example: groups in a list without a filter
      Given a user "Lia"
      And a group "Lists" with the members "Lia"
      When the client pages through /Groups with
        | count | 50 |
      Then each group of the example is listed as a read shows it
