Feature: RFC 7644, 3.4.2.3 Sorting
  Each order is judged by the values that the target shows of its users when they
  are read one by one. "Unicode alphabetic" can be read as the order of code
  points or as a collation: where these differ, both pass.

  @RFC7644-3.4.2.3-01 @SHALL @requires.sort
  Rule: sortBy orders the result by the attribute that it names
    Over the whole result, however many pages it takes. An attribute that is not everywhere may be refused.
    Where three users who all have the attribute come in its order, what goes wrong among others is told by
    the requirements on missing values and on capital letters.

    Scenario Outline: users by <attribute>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | <attribute>                 |
        | sortOrder | ascending                   |
      Then they are sorted by "<attribute>", ascending
      And every user of the example is listed once

      Examples:
        | attribute       |
        | userName        |
        | displayName     |
        | name.familyName |
        | name.givenName  |
        | title           |
        | id              |

    @requires.enterprise
    Example: users by an attribute of an extension
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-"                                           |
        | sortBy | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department |
      Then they are sorted by "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", ascending

    @requires.groups
    Example: groups by displayName
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter    | displayName sw "Group {population}-" |
        | sortBy    | displayName                          |
        | sortOrder | ascending                            |
      Then they are sorted by "displayName", ascending
      And every group of the example is listed once

    @requires.search
    Example: users in a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter    | userName sw "{population}-" |
        | sortBy    | name.familyName             |
        | sortOrder | ascending                   |
      Then they are sorted by "name.familyName", ascending

    Example: display names that are not in the order of the user names
      Given a stored user "B" with
        """json
        {"userName": "{user x}", "displayName": "{marker} basil"}
        """
      And a stored user "C" with
        """json
        {"userName": "{user y}", "displayName": "{marker} chive"}
        """
      And a stored user "A" with
        """json
        {"userName": "{user z}", "displayName": "{marker} anise"}
        """
      When the client pages through /Users with
        | filter | userName sw "{marker}-" |
        | sortBy | displayName             |
      Then they come in the order "A, B, C"

    Example: all users, without a filter
      Given a user "C" with
        """json
        {"userName": "{user c}"}
        """
      And a user "A" with
        """json
        {"userName": "{user a}"}
        """
      And a user "B" with
        """json
        {"userName": "{user b}"}
        """
      When the client pages through /Users with
        | sortBy | userName |
        | count  | 100      |
      Then they come in the order "A, B, C"

    @requires.groups
    Example: all groups, without a filter
      Given a group "C" with
        """json
        {"displayName": "{group c}"}
        """
      And a group "A" with
        """json
        {"displayName": "{group a}"}
        """
      And a group "B" with
        """json
        {"displayName": "{group b}"}
        """
      When the client pages through /Groups with
        | sortBy | displayName |
        | count  | 100         |
      Then they come in the order "A, B, C"

  @RFC7644-3.4.2.3-02 @SHALL @requires.sort
  Rule: Without a sortOrder the order is ascending
    sortBy alone is enough.

    Scenario Outline: users by <attribute>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | sortBy | <attribute>                 |
      Then they are sorted by "<attribute>", ascending

      Examples:
        | attribute       |
        | userName        |
        | name.familyName |

    @requires.groups
    Example: groups by displayName
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | sortBy | displayName                          |
      Then they are sorted by "displayName", ascending

    @requires.search
    Example: users in a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter | userName sw "{population}-" |
        | sortBy | displayName                 |
      Then they are sorted by "displayName", ascending

  @RFC7644-3.4.2.3-03 @IMPLIED @requires.sort
  Rule: The sortOrder descending turns the order round
    It is one of the two values that sortOrder has.

    Scenario Outline: users by <attribute>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | <attribute>                 |
        | sortOrder | descending                  |
      Then they are sorted by "<attribute>", descending
      And every user of the example is listed once

      Examples:
        | attribute       |
        | userName        |
        | displayName     |
        | name.familyName |
        | title           |

    @requires.groups
    Example: groups by displayName
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter    | displayName sw "Group {population}-" |
        | sortBy    | displayName                          |
        | sortOrder | descending                           |
      Then they come in the order "Red, Green, Blue"

    @requires.groups
    Example: groups made in the order of their names
      Given a group "A" with
        """json
        {"displayName": "{group a}"}
        """
      And a group "B" with
        """json
        {"displayName": "{group b}"}
        """
      And a group "C" with
        """json
        {"displayName": "{group c}"}
        """
      When the client pages through /Groups with
        | filter    | displayName sw "{group}-" |
        | sortBy    | displayName               |
        | sortOrder | descending                |
      Then they come in the order "C, B, A"

    @requires.search
    Example: users in a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter    | userName sw "{population}-" |
        | sortBy    | userName                    |
        | sortOrder | descending                  |
      Then they are sorted by "userName", descending

  @RFC7644-3.4.2.3-04 @MUST @requires.sort
  Rule: The order follows the type of the attribute and whether its case matters
    Text without regard to case unless the attribute is declared case-exact; times as moments.

    Example: capital letters make no difference to a display name
      Given a stored user "C" with
        """json
        {"userName": "{user w}", "displayName": "{marker} cherry"}
        """
      And a stored user "B" with
        """json
        {"userName": "{user x}", "displayName": "{marker} Banana"}
        """
      And a stored user "A" with
        """json
        {"userName": "{user y}", "displayName": "{marker} apple"}
        """
      And a stored user "D" with
        """json
        {"userName": "{user z}", "displayName": "{marker} Date"}
        """
      When the client pages through /Users with
        | filter | userName sw "{marker}-" |
        | sortBy | displayName             |
      Then they are sorted by "displayName", ascending
      And they come in the order "A, B, C, D"

    Example: capital letters make no difference to a user name
      Given a user "C" with
        """json
        {"userName": "{user cherry}"}
        """
      And a user "B" with
        """json
        {"userName": "{user Banana}"}
        """
      And a user "A" with
        """json
        {"userName": "{user apple}"}
        """
      And a user "D" with
        """json
        {"userName": "{user Date}"}
        """
      When the client pages through /Users with
        | filter    | userName sw "{marker}-" |
        | sortBy    | userName                |
        | sortOrder | descending              |
      Then they come in the order "D, C, B, A"

    Example: capital letters beyond ASCII make no difference either
      Given a stored user "C" with
        """json
        {"userName": "{user x}", "displayName": "{marker} Öc"}
        """
      And a stored user "B" with
        """json
        {"userName": "{user y}", "displayName": "{marker} öb"}
        """
      And a stored user "A" with
        """json
        {"userName": "{user z}", "displayName": "{marker} Öa"}
        """
      When the client pages through /Users with
        | filter | userName sw "{marker}-" |
        | sortBy | displayName             |
      Then they come in the order "A, B, C"

    @requires.groups
    Example: capital letters make no difference to the name of a group
      Given a group "B" with
        """json
        {"displayName": "{group bronze}"}
        """
      And a group "C" with
        """json
        {"displayName": "{group Copper}"}
        """
      And a group "A" with
        """json
        {"displayName": "{group amber}"}
        """
      When the client pages through /Groups with
        | filter | displayName sw "{group}-" |
        | sortBy | displayName               |
      Then they come in the order "A, B, C"

    Example: capital letters make a difference to an externalId
      Given a stored user "UpperA" with
        """json
        {"userName": "{user w}", "externalId": "{marker}-A"}
        """
      And a stored user "LowerA" with
        """json
        {"userName": "{user x}", "externalId": "{marker}-a"}
        """
      And a stored user "LowerB" with
        """json
        {"userName": "{user y}", "externalId": "{marker}-b"}
        """
      And a stored user "UpperB" with
        """json
        {"userName": "{user z}", "externalId": "{marker}-B"}
        """
      When the client pages through /Users with
        | filter | userName sw "{marker}-" |
        | sortBy | externalId              |
      Then they come in the order "UpperA, UpperB, LowerA, LowerB" or "LowerA, UpperA, LowerB, UpperB"

    Example: the time of creation, latest first
      Given a user "A"
      And a moment has passed since "A" was changed
      And a user "B"
      And a moment has passed since "B" was changed
      And a user "C"
      When the client pages through /Users with
        | filter    | userName sw "{marker}-" |
        | sortBy    | meta.created            |
        | sortOrder | descending              |
      Then they come in the order "C, B, A"

    @requires.patch
    Example: the time of the last change
      Given a user "A"
      And a user "B"
      And a moment has passed since "B" was changed
      And the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "{marker} changed last"}]
        """
      When the client pages through /Users with
        | filter | userName sw "{marker}-" |
        | sortBy | meta.lastModified       |
      Then they come in the order "B, A"

  @RFC7644-3.4.2.3-05 @IMPLIED @requires.sort
  Rule: Who lacks the attribute comes last in ascending order and first in descending order
    And is not left out of the result.

    Scenario Outline: users without <attribute>, ascending
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | sortBy | <attribute>                 |
      Then every user of the example is listed once
      And those without "<attribute>" come last

      Examples:
        | attribute       |
        | title           |
        | nickName        |
        | externalId      |
        | name.familyName |
        | emails.value    |

    Scenario Outline: users without <attribute>, descending
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | <attribute>                 |
        | sortOrder | descending                  |
      Then every user of the example is listed once
      And those without "<attribute>" come first

      Examples:
        | attribute       |
        | title           |
        | nickName        |
        | externalId      |
        | name.familyName |

    @requires.enterprise
    Example: users without an extension
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-"                                           |
        | sortBy | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department |
      Then those without "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department" come last

    @requires.groups
    Example: groups without an externalId
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter    | displayName sw "Group {population}-" |
        | sortBy    | externalId                           |
        | sortOrder | descending                           |
      Then every group of the example is listed once
      And those without "externalId" come first

  @RFC7644-3.4.2.3-06 @IMPLIED @requires.sort
  Rule: A multi-valued attribute is sorted by its primary value, else by its first
    Which value that is can be seen in the user as the target shows it.

    Scenario Outline: e-mail addresses, <order>
      Given a stored user "A" with
        """json
        {"userName": "{user x}", "emails": [
          {"value": "{user z}", "type": "home"}, {"value": "{user b}", "type": "work", "primary": true}]}
        """
      And a stored user "B" with
        """json
        {"userName": "{user y}", "emails": [
          {"value": "{user c}", "type": "work", "primary": true}, {"value": "{user a0}", "type": "home"}]}
        """
      And a stored user "C" with
        """json
        {"userName": "{user v}", "emails": [
          {"value": "{user a1}", "type": "work", "primary": true}, {"value": "{user y2}", "type": "home"}]}
        """
      And a stored user "D" with
        """json
        {"userName": "{user w}", "emails": [
          {"value": "{user d}", "type": "work"}, {"value": "{user a2}", "type": "home"}]}
        """
      When the client pages through /Users with
        | filter    | userName sw "{marker}-" |
        | sortBy    | emails.value            |
        | sortOrder | <order>                 |
      Then they are sorted by "emails.value", <order>

      Examples:
        | order      |
        | ascending  |
        | descending |

    Example: the name of the attribute alone
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-" |
        | sortBy | emails                      |
      Then they are sorted by "emails.value", ascending

  @RFC7644-3.4.2.3-07 @IMPLIED @requires.sort @requires.index
  Rule: A sorted result keeps its order from page to page
    Also among equal values: no resource is lost or repeated, and what comes on a later page is not out of order.

    Scenario Outline: users by <attribute>, <order>, three at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | <attribute>                 |
        | sortOrder | <order>                     |
        | count     | 3                           |
      Then they are sorted by "<attribute>", <order>
      And every user of the example is listed once

      Examples:
        | attribute       | order      |
        | userName        | ascending  |
        | displayName     | descending |
        | title           | ascending  |
        | title           | descending |
        | name.familyName | ascending  |

    Example: any window of a sorted result
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | userName                    |
        | sortOrder | descending                  |
      And the client asks again for pages at the beginning, in the middle and at the end of that list
      Then each of these pages shows what the list has there

    @requires.groups
    Example: groups one at a time
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Groups with
        | filter | displayName sw "Group {population}-" |
        | sortBy | displayName                          |
        | count  | 1                                    |
      Then they come in the order "Blue, Green, Red"

    @requires.search
    Example: users in a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users/.search with
        | filter | userName sw "{population}-" |
        | sortBy | name.familyName             |
        | count  | 5                           |
      Then they are sorted by "name.familyName", ascending
      And every user of the example is listed once

  @RFC7644-3.4.2.3-08 @OPTIONAL
  Rule: Sorting is served where it is declared, and else ignored or refused in good order
    A target without sorting says so in /ServiceProviderConfig. What it answers to sortBy is then its own choice, a server error excepted.

    Example: users
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | sortBy    | userName   |
        | sortOrder | descending |
        | count     | 2          |
      Then the answer is 200 if "sort.supported" is true in /ServiceProviderConfig, and a list or a refusal otherwise

    @requires.groups
    Example: groups
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Groups with the query
        | sortBy | displayName |
        | count  | 2           |
      Then the answer is 200 if "sort.supported" is true in /ServiceProviderConfig, and a list or a refusal otherwise

    @requires.search
    Example: a search by POST
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "sortBy": "userName", "count": 2}
        """
      Then the answer is 200 if "sort.supported" is true in /ServiceProviderConfig, and a list or a refusal otherwise

  @RFC7644-3.4.2.3-09 @IMPLIED
  Rule: A sortBy or sortOrder that means nothing is refused or ignored
    The standard does not say which of the two; it is no reason for the server to fail.

    Scenario Outline: <case>
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | sortBy    | <by>    |
        | sortOrder | <order> |
        | count     | 2       |
      Then the answer is no server error

      Examples:
        | case                                 | by              | order     |
        | an attribute that does not exist     | sduoUnknown     | ascending |
        | a sub-attribute that does not exist  | name.sduoUnknown | ascending |
        | an attribute of an unknown extension | urn:example:sduo:2.0:User:x | ascending |
        | a complex attribute                  | name            | ascending |
        | no attribute name at all             | ][              | ascending |
        | a sortOrder that does not exist      | userName        | sideways  |

    Example: a sortOrder without a sortBy
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client sends GET /Users with the query
        | sortOrder | descending |
        | count     | 2          |
      Then the answer is no server error

  @RFC7644-3.4.2.3-10 @SHALL @requires.sort
  Rule: The order does not depend on whether the attribute is returned
    Sorting comes before the choice of attributes.

    Example: only other attributes are asked for
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter     | userName sw "{population}-" |
        | sortBy     | name.familyName             |
        | attributes | userName                    |
      Then they are sorted by "name.familyName", ascending

    Example: the attribute itself is excluded
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter             | userName sw "{population}-" |
        | sortBy             | displayName                 |
        | sortOrder          | descending                  |
        | excludedAttributes | displayName                 |
      Then they are sorted by "displayName", descending

    @requires.filter
    Example: the filter is about another attribute
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | active eq true and userName sw "{population}-" |
        | sortBy | name.familyName                                |
      Then they are sorted by "name.familyName", ascending
