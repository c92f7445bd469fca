Feature: RFC 7644, 3.4.2.2 Filtering: never dropped, or refused
  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7644-3.4.2.2-01 @SHALL @requires.filter
  Rule: Only what matches the filter is returned
    A filter that is not applied shows everybody, and a client that relies on it changes the wrong account.

    Example: a user
      When the client looks for users where userName eq "{Bob.userName}"
      Then exactly "Bob" is found
      And its "totalResults" is 1

    Example: nobody
      When the client looks for users where userName eq "{population}-nobody"
      Then nothing is found
      And its "totalResults" is 0

    Example: by an attribute that is rarely looked for
      When the client looks for users where nickName eq "Countess"
      Then exactly "Ada" is found

    Example: by a sub-attribute
      When the client looks for users where name.middleName eq "King"
      Then exactly "Ada" is found

    Example: by the value of a list
      When the client looks for users where phoneNumbers.value eq "{Ada.phoneNumbers[0].value}"
      Then exactly "Ada" is found

    Example: by several comparisons
      When the client looks for users where active eq false and userType eq "Contractor" and title sw "Ana"
      Then exactly "Bob, Ian" are found

    Example: by the last of many comparisons
      When the client looks for users where userName pr and displayName pr and active pr and name.familyName eq "Clark"
      Then exactly "Ian" is found

  @RFC7644-3.4.2.2-45 @SHALL @requires.filter @requires.groups
  Rule: A filter on groups is applied
    As on users.

    Example: by name
      When the client looks for groups where displayName eq "{Red.displayName}"
      Then exactly "Red" is found
      And its "totalResults" is 1

    Example: by member
      When the client looks for groups where members.value eq "{Bob.id}"
      Then exactly "Red" is found

    Example: by member and name
      When the client looks for groups where members.value eq "{Ada.id}" and displayName eq "{Green.displayName}"
      Then exactly "Green" is found

    Example: none
      When the client looks for groups where displayName eq "{population}-no-group"
      Then nothing is found
      And its "totalResults" is 0

    Example: by externalId
      When the client looks for groups where externalId eq "{population}-Ext-Red"
      Then exactly "Red" is found

  @RFC7644-3.4.2.2-46 @SHALL @requires.filter
  Rule: A filter in a search by POST is applied
    It means the same in the body as in the URL.

    Scenario Outline: <filter>
      When the client searches for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | userName eq "{Bob.userName}"         | Bob |
        | userName eq "{population}-nobody"    |     |
        | title eq "Manager" and nickName pr   | Joy |
        | userName sw "{population}-" and not (title pr) | Eve, Flo, Gus, Kim |
        | displayName eq "Cy \\"the Quote\\" \\\\ Slash" | Cy |
        | nickName eq "Countess" or title eq "Manager" and active eq false | Ada |
        | userName sw "{population}-" and title ne "Manager" | Ada, Bob, Cy, Eve, Flo, Gus, Hal, Ian, Kim, Lee |
        | title ew "ANALYST"                   | Ada, Bob, Cy |

    @requires.groups
    Example: groups
      When the client searches for groups where displayName eq "{Red.displayName}"
      Then exactly "Red" is found

    Example: with a count
      When the client searches for users where nickName pr, with "count=50"
      Then exactly "Ada, Eve, Joy" are found

    Example: with some attributes
      When the client searches for users where nickName pr, with "attributes=userName"
      Then exactly "Ada, Eve, Joy" are found

    Example: an operator that nobody knows
      When the client searches for users where userName regex "a.*"
      Then the answer is 400 with scimType invalidFilter

  @RFC7644-3.4.2.2-47 @SHALL @requires.filter
  Rule: A filter is applied whatever else is asked for
    Paging, sorting and the choice of attributes do not touch what matches, also where the attribute is not shown.

    Scenario Outline: <filter>, <parameters>
      When the client looks for users where <filter>, with "<parameters>"
      Then exactly "<found>" are found

      Examples:
        | filter                       | parameters                         | found |
        | nickName pr                  | count=50                           | Ada, Eve, Joy |
        | nickName pr                  | count=1                            | Ada, Eve, Joy |
        | nickName pr                  | count=2                            | Ada, Eve, Joy |
        | nickName pr                  | startIndex=1                       | Ada, Eve, Joy |
        | nickName pr                  | startIndex=1&count=50              | Ada, Eve, Joy |
        | nickName pr                  | attributes=userName                | Ada, Eve, Joy |
        | nickName eq "Countess"       | attributes=userName                | Ada |
        | nickName eq "Countess"       | excludedAttributes=nickName        | Ada |
        | userName eq "{Ada.userName}" | attributes=displayName             | Ada |
        | userName eq "{Ada.userName}" | excludedAttributes=emails,name     | Ada |
        | name.familyName eq "Clark"   | attributes=id                      | Ian |
        | emails.type eq "other"       | attributes=userName&count=50       | Eve, Hal |

    Example: beyond the last match
      When the client looks for users where userName eq "{Ada.userName}", with "startIndex=2"
      Then its "totalResults" is 1
      And its "Resources" has 0 elements

    Example: no resource at all
      When the client looks for users where userName eq "{Ada.userName}", with "count=0"
      Then its "totalResults" is 1
      And its "Resources" has 0 elements

    @requires.sort
    Scenario Outline: sorted, <filter>, <parameters>
      When the client looks for users where <filter>, with "<parameters>"
      Then exactly "<found>" are found

      Examples:
        | filter                   | parameters                               | found |
        | nickName pr              | sortBy=userName                          | Ada, Eve, Joy |
        | nickName pr              | sortBy=title&sortOrder=descending        | Ada, Eve, Joy |
        | title eq "Manager"       | sortBy=nickName                          | Dee, Joy |
        | nickName pr              | sortBy=userName&count=50&startIndex=1    | Ada, Eve, Joy |
        | nickName pr              | sortBy=name.familyName&attributes=title  | Ada, Eve, Joy |

    @requires.groups
    Scenario Outline: groups, <parameters>
      When the client looks for groups where members.value eq "{Bob.id}", with "<parameters>"
      Then exactly "Red" is found

      Examples:
        | parameters                 |
        | count=50                   |
        | attributes=displayName     |
        | excludedAttributes=members |

  @RFC7644-3.4.2.2-33 @MUST @requires.filter
  Rule: A filter that does not follow the grammar is refused
    400 with scimType invalidFilter, and never a list that was not asked for.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then the answer is 400 with scimType invalidFilter

      Examples:
        | filter                                       |
        | userName                                     |
        | userName eq                                  |
        | eq "{population}-ada"                        |
        | userName "{population}-ada"                  |
        | userName eq "{population}-ada                |
        | (userName eq "{population}-ada"              |
        | userName eq "{population}-ada")              |
        | userName eq "{population}-ada" and           |
        | and userName eq "{population}-ada"           |
        | userName eq "{population}-ada" or or title pr |
        | userName pr and ()                           |
        | userName eq "a" title eq "b"                 |
        | emails[type eq "work"                        |
        | emails[]                                     |
        | not (userName eq "{population}-ada"          |
        | not                                          |

    @requires.groups
    Example: on groups
      When the client looks for groups where displayName eq
      Then the answer is 400 with scimType invalidFilter

    Example: in a search by POST
      When the client searches for users where userName eq
      Then the answer is 400 with scimType invalidFilter

  @RFC7644-3.4.2.2-34 @MUST @requires.filter
  Rule: An operator that the target does not know is refused
    400 with scimType invalidFilter; results must not be filtered by a guess.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then the answer is 400 with scimType invalidFilter

      Examples:
        | filter                                            |
        | userName regex "a.*"                              |
        | userName sduo "{population}-ada"                  |
        | userName eqq "{population}-ada"                   |
        | userName sw "{population}-" and title sduo "x"    |
        | userName sw "{population}-" or title sduo "x"     |
        | not (title sduo "x")                              |
        | userName pr xor title pr                          |

    @requires.groups
    Example: on groups
      When the client looks for groups where displayName sduo "{population}"
      Then the answer is 400 with scimType invalidFilter

    Example: the refusal is a SCIM error
      When the client looks for users where userName sduo "{population}-ada"
      Then the answer is a SCIM error

  @RFC7644-3.4.2.2-35 @IMPLIED @requires.filter
  Rule: An attribute that does not exist finds nobody
    It has no value, or the filter is refused. What it must not do is find everybody.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then nothing is found, or the filter is refused

      Examples:
        | filter                                               |
        | sduoUnknown eq "x"                                   |
        | sduoUnknown pr                                       |
        | sduoUnknown co ""                                    |
        | name.sduoUnknown eq "x"                              |
        | emails.sduoUnknown eq "x"                            |
        | userName sw "{population}-" and sduoUnknown eq "x"   |
        | urn:example:sduo:2.0:User:unknown eq "x"             |
        | urn:ietf:params:scim:schemas:core:2.0:User:sduoUnknown pr |
        | userName.value eq "{Ada.userName}"                   |

    @requires.groups
    Example: on groups
      When the client looks for groups where sduoUnknown eq "x"
      Then nothing is found, or the filter is refused

  @RFC7644-3.4.2.2-39 @IMPLIED @requires.filter @abuse
  Rule: A filter of excessive size or depth does no harm
    It is evaluated or refused in a reasonable time, and the target goes on serving.

    Scenario Outline: <what>
      When the client, within the time limit, sends GET /Users with the filter <filter>
      Then the answer is no server error
      And "Ada" still exists

      Examples:
        | what                                   | filter                                        |
        | a value of 20000 letters               | userName eq "{long 20000}"                    |
        | 200 comparisons joined by or           | {repeat 199 nickName pr or }nickName pr       |
        | 2000 comparisons joined by or          | {repeat 1999 nickName pr or }nickName pr      |
        | 5000 parentheses                       | {repeat 5000 (}nickName pr{repeat 5000 )}     |
        | 2000 negations                         | {repeat 2000 not (}nickName pr{repeat 2000 )} |
        | 5000 parentheses that are never closed | {repeat 5000 (}                               |

  @RFC7644-3.4.2.2-40 @IMPLIED @requires.filter
  Rule: What looks like another language within a value is a value
    SQL, LDAP, JSON and regular expressions find nobody, and break nothing.

    Scenario Outline: <value>
      When the client looks for users where userName eq "<value>"
      Then nothing is found, or the filter is refused

      Examples:
        | value                          |
        | ' OR '1'='1                    |
        | ' OR 1=1 --                    |
        | '; SELECT 1; --                |
        | x' UNION SELECT NULL --        |
        | *)(uid=*                       |
        | *)(objectClass=*))(&           |
        | .*                             |
        | ^.*$                           |
        | (a+)+$                         |
        | %                              |
        | \\" or userName pr or \\"      |
        | $(id)                          |
        | {population}-ada' OR ''='      |

    Scenario Outline: contained, <value>
      When the client looks for users where userName sw "{population}-" and displayName co "<value>"
      Then nothing is found, or the filter is refused

      Examples:
        | value                          |
        | ' OR '1'='1                    |
        | %' OR '%'='                    |
        | *)(cn=*                        |
        | [[                             |
        | (?                             |
        | \\\\E.*                        |

    Example: a quote that has to be doubled elsewhere finds its owner
      When the client looks for users where name.familyName eq "O'Malley"
      Then exactly "Bob" is found

  @RFC7644-3.4.2.2-41 @IMPLIED
  Rule: A target without filters refuses them
    Whatever it declares: a filter is applied, or answered with an error. It is never overlooked.

    Example: on users
      When the client looks for users where userName eq "{Ada.userName}"
      Then exactly "Ada" is found, or the filter is refused

    Example: nobody
      When the client looks for users where userName eq "{population}-nobody"
      Then nothing is found, or the filter is refused

    @requires.groups
    Example: on groups
      When the client looks for groups where displayName eq "{population}-no-group"
      Then nothing is found, or the filter is refused

  @RFC7644-3.4.2.2-48 @SHOULD @requires.filter
  Rule: A target that offers filters knows every operator on the usual attributes
    Section 3.12 lets it refuse a combination of comparison and attribute with invalidFilter, and RFC 7643 section 5
    gives it no way to say which it knows. So this is a warning, once: what needs a refused filter is unsupported.

    Example: on users
      When the client looks for users by each of these filters
        | filter                                      |
        | userName eq "sduo"                          |
        | userName ne "sduo"                          |
        | userName co "sduo"                          |
        | userName sw "sduo"                          |
        | userName ew "sduo"                          |
        | userName pr                                 |
        | userName gt "sduo"                          |
        | userName ge "sduo"                          |
        | userName lt "sduo"                          |
        | userName le "sduo"                          |
        | externalId eq "sduo"                        |
        | id eq "sduo"                                |
        | displayName eq "sduo"                       |
        | name.familyName eq "sduo"                   |
        | emails.value eq "sduo"                      |
        | active eq true                              |
        | meta.created gt "2020-01-01T00:00:00Z"      |
        | meta.lastModified gt "2020-01-01T00:00:00Z" |
        | userName eq "sduo" and userName eq "sduo"   |
        | userName eq "sduo" or userName eq "sduo"    |
        | not (userName eq "sduo")                    |
        | (userName eq "sduo")                        |
        | emails[value eq "sduo"]                     |
      Then none of these filters is refused

    @requires.enterprise
    Example: on attributes of an extension
      When the client looks for users by each of these filters
        | filter                                                                          |
        | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "sduo" |
        | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department co "sduo" |
      Then none of these filters is refused

    @requires.groups
    Example: on groups
      When the client looks for groups by each of these filters
        | filter                  |
        | displayName eq "sduo"   |
        | members.value eq "sduo" |
      Then none of these filters is refused
