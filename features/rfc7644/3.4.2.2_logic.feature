Feature: RFC 7644, 3.4.2.2 Filtering: logic, grouping and lists of values
  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7644-3.4.2.2-15 @IMPLIED @requires.filter
  Rule: and finds what satisfies both sides, or what satisfies either
    Table 4.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | title eq "Manager" and nickName eq "J"                        | Joy |
        | title eq "Manager" and nickName eq "Countess"                 |     |
        | title eq "Manager" or nickName eq "Countess"                  | Ada, Dee, Joy |
        | nickName eq "Countess" or title eq "Manager"                  | Ada, Dee, Joy |
        | title eq "Manager" or nickName eq "J"                         | Dee, Joy |
        | title eq "nobody's" or name.familyName eq "Clark"             | Ian |
        | name.familyName eq "Clark" or title eq "nobody's"             | Ian |
        | userType eq "Employee" and title co "Analyst" and active eq true | Ada, Cy |
        | name.familyName eq "Clark" or name.familyName eq "Evans" or name.familyName eq "Foster" | Gus, Ian, Kim, Lee |
        | title eq "nobody's" and name.familyName eq "Clark"            |     |
        | name.familyName eq "Clark" and title eq "nobody's"            |     |

    @requires.groups
    Example: groups
      When the client looks for groups where displayName eq "{Red.displayName}" or displayName eq "{Blue.displayName}"
      Then exactly "Red, Blue" are found

    @requires.groups
    Example: groups, both
      When the client looks for groups where displayName co "{population}" and members.value eq "{Bob.id}"
      Then exactly "Red" is found

  @RFC7644-3.4.2.2-16 @IMPLIED @requires.filter
  Rule: not finds what the expression does not find
    Table 4: what it evaluates to false for, which includes what has no value to compare.

    Scenario Outline: <filter>
      When the client looks for users where userName sw "{population}-" and <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | not (title pr)                                     | Eve, Flo, Gus, Kim |
        | not (title eq "Manager")                           | Ada, Bob, Cy, Eve, Flo, Gus, Hal, Ian, Kim, Lee |
        | not (title co "analyst")                           | Dee, Eve, Flo, Gus, Hal, Joy, Kim, Lee |
        | not (title eq "Manager" or title co "Analyst")     | Eve, Flo, Gus, Hal, Kim, Lee |
        | not (userType eq "Employee" and title pr)          | Bob, Dee, Eve, Flo, Gus, Ian, Joy, Kim, Lee |
        | not (not (title eq "Manager"))                     | Dee, Joy |
        | not (active eq true) and active pr                 | Bob, Eve, Ian |
        | not (emails.type eq "work")                        | Bob, Flo, Gus, Hal, Ian, Kim, Lee |

    Example: at the beginning
      When the client looks for users where not (title pr) and userName sw "{population}-"
      Then exactly "Eve, Flo, Gus, Kim" are found

    Example: standing alone
      When the client looks for users where not (userName sw "{population}-" and title pr)
      Then exactly "Eve, Flo, Gus, Kim" are found

    @requires.groups
    Example: groups
      When the client looks for groups where displayName co "{population}" and not (members pr)
      Then exactly "Blue" is found

  @RFC7644-3.4.2.2-17 @MAY @requires.filter
  Rule: Parentheses group
    A client may put them wherever they say what it means, also where they change nothing.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | (userName eq "{Ada.userName}")     | Ada |
        | ((userName eq "{Ada.userName}"))   | Ada |
        | (nickName pr) and (title eq "Manager" or title eq "Engineer") | Joy |
        | (title eq "Manager" or title eq "Engineer") and (active eq true and nickName pr) | Joy |
        | ((title eq "Manager") or (title eq "Engineer")) and ((nickName pr)) | Joy |

  @RFC7644-3.4.2.2-18 @MUST @requires.filter
  Rule: Parentheses bind before not, not before and, and before or
    The order of operations decides whom a filter without parentheses finds.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | nickName eq "Countess" or title eq "Manager" and active eq false       | Ada |
        | title eq "Manager" and active eq false or nickName eq "Countess"       | Ada |
        | (nickName eq "Countess" or title eq "Manager") and active eq false     |     |
        | nickName eq "Countess" or (title eq "Manager" and active eq false)     | Ada |
        | title eq "Manager" and (nickName eq "J" or nickName eq "Evie")         | Joy |
        | nickName eq "J" or nickName eq "Evie" and title pr                     | Joy |
        | (nickName eq "J" or nickName eq "Evie") and not (title pr)             | Eve |
        | not (nickName eq "J") and title eq "Manager"                           | Dee |
        | not (nickName eq "J") and title eq "Manager" or nickName eq "Countess" | Ada, Dee |
        | nickName eq "Countess" or not (nickName eq "J") and title eq "Manager" | Ada, Dee |
        | nickName eq "J" and title eq "Engineer" or nickName eq "Countess" and title eq "Analyst" | Ada |
        | title eq "Manager" and (nickName eq "J" or nickName eq "Evie") or name.familyName eq "Clark" | Ian, Joy |

  @RFC7644-3.4.2.2-19 @MUST @requires.filter
  Rule: What stands in square brackets holds for one and the same value
    Table 5. A target may have no such filters; if it takes one, it must not be satisfied by parts of two values.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found, or the filter is refused

      Examples:
        | filter | found |
        | emails[type eq "work" and value eq "{Ada.userName}"] | Ada |
        | emails[type eq "home" and value sw "{population}-cy.home"] | Cy |
        | emails[type eq "work" and primary eq true] and userName sw "{population}-" | Ada, Eve, Joy |
        | emails[type eq "home" and primary eq true] and userName sw "{population}-" | Bob, Cy |
        | userName sw "{population}-" and emails[type eq "other"] | Eve, Hal |
        | userName sw "{population}-" and emails[type eq "work"] and active eq true | Ada, Cy, Dee, Joy |

    Scenario Outline: <filter> is satisfied by parts of two values only
      When the client looks for users where <filter>
      Then nothing is found, or the filter is refused

      Examples:
        | filter |
        | emails[type eq "home" and value eq "{Ada.userName}"]           |
        | emails[type eq "work" and value sw "{population}-cy.home"]     |
        | emails[value eq "{Eve.userName}" and type eq "other"]          |
        | emails[type eq "work" and primary eq true] and userName eq "{Cy.userName}" |
        | emails[type eq "work" and type eq "home"]                      |

    Example: without brackets each comparison may be satisfied by another value
      When the client looks for users where emails.type eq "home" and emails.value eq "{Ada.userName}"
      Then exactly "Ada" is found

  @RFC7644-3.4.2.2-20 @MAY @requires.filter
  Rule: Expressions may be nested within square brackets
    A target that takes them has to evaluate them right.

    Scenario Outline: <filter>
      When the client looks for users where userName sw "{population}-" and <filter>
      Then exactly "<found>" are found, or the filter is refused

      Examples:
        | filter | found |
        | emails[type eq "home" or type eq "other"]                          | Ada, Bob, Cy, Eve, Hal, Joy |
        | emails[not (type eq "work")]                                       | Ada, Bob, Cy, Eve, Hal, Joy |
        | emails[value pr]                                                   | Ada, Bob, Cy, Dee, Eve, Hal, Joy |
        | emails[(type eq "work" or type eq "home") and value co "joy"]      | Joy |
        | emails[type eq "work" or type eq "home" and value co "joy"]        | Ada, Cy, Dee, Eve, Joy |
        | not (emails[type eq "work"])                                       | Bob, Flo, Gus, Hal, Ian, Kim, Lee |
        | (emails[type eq "other"] or title eq "Manager")                    | Dee, Eve, Hal, Joy |
        | emails[type eq "work" and not (primary eq true)]                   | Cy, Dee |

  @RFC7644-3.4.2.2-21 @IMPLIED @requires.filter
  Rule: A value filter followed by a sub-attribute compares that of the selected value
    The grammar of filters does not have it, that of PATCH paths does, and clients send it. It may be refused, not misread.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found, or the filter is refused

      Examples:
        | filter | found |
        | emails[type eq "work"].value eq "{Ada.userName}"             | Ada |
        | emails[type eq "other"].value sw "{population}-"             | Eve, Hal |

    Example: the value of another element does not count
      When the client looks for users where emails[type eq "home"].value eq "{Ada.userName}"
      Then nothing is found, or the filter is refused

  @RFC7644-3.4.2.2-22 @IMPLIED @requires.filter
  Rule: A list of values matches if any of them does
    The first, the last, or one in between.

    Scenario Outline: <filter>
      When the client looks for users where userName sw "{population}-" and <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | emails.value eq "{Ada.userName}"          | Ada |
        | emails.value sw "{population}-ada.home"   | Ada |
        | emails.value co "home@"                   | Ada, Cy, Joy |
        | emails.value co ".work@"                  | Cy, Joy |
        | emails.type eq "work"                     | Ada, Cy, Dee, Eve, Joy |
        | emails.type eq "other"                    | Eve, Hal |
        | emails.type eq "home"                     | Ada, Bob, Cy, Joy |
        | emails.primary eq true                    | Ada, Bob, Cy, Eve, Joy |
        | emails.type sw "o"                        | Eve, Hal |

    @requires.groups
    Example: the first member of a group
      When the client looks for groups where members.value eq "{Ada.id}"
      Then exactly "Red, Green" are found

    @requires.groups
    Example: the last member of a group
      When the client looks for groups where members.value eq "{Bob.id}"
      Then exactly "Red" is found

    @requires.groups
    Example: nobody's membership
      When the client looks for groups where members.value eq "{Cy.id}"
      Then nothing is found

  @RFC7644-3.4.2.2-23 @MUST @requires.filter
  Rule: A complex attribute is compared by a sub-attribute
    Where none is named, a list of values is compared by their "value" (the standard's own examples do so) or refused;
    a complex attribute without "value" matches nothing or is refused.

    Example: emails means emails.value
      When the client looks for users where emails co "{population}-dee@"
      Then exactly "Dee" is found, or the filter is refused

    Example: emails is nothing but a value
      When the client looks for users where emails eq "work"
      Then nothing is found, or the filter is refused

    Example: a name is not one text
      When the client looks for users where name eq "Lovelace"
      Then nothing is found, or the filter is refused

    Example: the parts of a name are not one text
      When the client looks for users where name co "Lovelace"
      Then nothing is found, or the filter is refused

    Scenario Outline: each sub-attribute for itself: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | name.familyName eq "Lovelace" | Ada |
        | name.givenName eq "Ada"       | Ada |
        | name.familyName eq "Ada"      |     |
        | name.middleName eq "King"     | Ada |
        | name.familyName eq "King"     |     |

  @RFC7644-3.4.2.2-42 @MUST @requires.filter
  Rule: Random filters on users find exactly whom they describe
    Whatever is combined with whatever: what the target finds is compared with our own evaluation of the filter on what the
    target showed. A filter that is answered wrongly is made as small as it can be and reported.

    Scenario Outline: filters of the seed <seed>
      When the client looks for users by 25 random filters of the seed <seed>
      Then each filter finds exactly the users that it describes

      Examples:
        | seed |
        | 1    |
        | 2    |
        | 3    |
        | 4    |

  @RFC7644-3.4.2.2-43 @MUST @requires.filter @requires.groups
  Rule: Random filters on groups find exactly what they describe
    As for users.

    Scenario Outline: filters of the seed <seed>
      When the client looks for groups by 15 random filters of the seed <seed>
      Then each filter finds exactly the groups that it describes

      Examples:
        | seed |
        | 5    |
        | 6    |
