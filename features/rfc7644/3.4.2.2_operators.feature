Feature: RFC 7644, 3.4.2.2 Filtering: the operators
  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7644-3.4.2.2-02 @IMPLIED @requires.filter
  Rule: eq finds what is equal, and nothing that merely contains it
    Table 3: both values are identical.

    Scenario Outline: <attribute> eq <value>
      When the client looks for users where <attribute> eq "<value>"
      Then exactly "<found>" are found

      Examples:
        | attribute       | value           | found |
        | userName        | {Ada.userName}  | Ada   |
        | userName        | {population}    |       |
        | displayName     | Ada Lovelace    | Ada   |
        | displayName     | Ada             |       |
        | displayName     | Lovelace        |       |
        | title           | Manager         | Dee, Joy |
        | title           | Analyst II      | Ian   |
        | title           | Senior          |       |
        | name.familyName | Baker           | Cy, Joy |
        | name.familyName | Bake            |       |
        | name.givenName  | Lee             | Lee   |
        | nickName        | Countess        | Ada   |
        | userType        | Intern          | Dee   |

    @requires.groups
    Example: a group by its name
      When the client looks for groups where displayName eq "{Green.displayName}"
      Then exactly "Green" is found

    @requires.groups
    Example: no group by the beginning of its name
      When the client looks for groups where displayName eq "Group {population}"
      Then nothing is found

    Example: a sub-attribute, not its namesake elsewhere
      When the client looks for users where name.givenName eq "Lovelace"
      Then nothing is found

  @RFC7644-3.4.2.2-03 @IMPLIED @requires.filter
  Rule: eq compares booleans as booleans
    The literals are true and false, without quotes.

    Example: true
      When the client looks for users where active eq true
      Then exactly "Ada, Cy, Dee, Flo, Gus, Hal, Joy, Kim, Lee" are found

    Example: false
      When the client looks for users where active eq false
      Then exactly "Bob, Eve, Ian" are found

    Example: ne true
      When the client looks for users where userName sw "{population}-" and active pr and active ne true
      Then exactly "Bob, Eve, Ian" are found

    Example: ne false
      When the client looks for users where userName sw "{population}-" and active pr and active ne false
      Then exactly "Ada, Cy, Dee, Flo, Gus, Hal, Joy, Kim, Lee" are found

    Example: a boolean within a complex attribute
      When the client looks for users where userName sw "{population}-" and emails.primary eq true
      Then exactly "Ada, Bob, Cy, Eve, Joy" are found

  @RFC7644-3.4.2.2-04 @IMPLIED @requires.filter
  Rule: A number is a value that a filter may have
    The core schemas have no number to compare with. What is no number is not equal to one: it does not match, or
    the target says 400. Taking the number for its digits is left to the target.

    Example: an integer that nothing is equal to
      When the client looks for users where title eq 42
      Then nothing is found, or the filter is refused

    Example: a decimal that nothing is equal to
      When the client looks for users where userName eq -1.5e3
      Then nothing is found, or the filter is refused

  @RFC7644-3.4.2.2-05 @IMPLIED @requires.filter
  Rule: ne finds everything else, also what has no value
    Table 3: the values are not identical. An attribute without a value is not identical to any.

    Example: other values and no value
      When the client looks for users where userName sw "{population}-" and title ne "Manager"
      Then exactly "Ada, Bob, Cy, Eve, Flo, Gus, Hal, Ian, Kim, Lee" are found

    Example: other values only
      When the client looks for users where userName sw "{population}-" and title pr and title ne "Manager"
      Then exactly "Ada, Bob, Cy, Hal, Ian, Lee" are found

    Example: what contains the value is another one
      When the client looks for users where userName sw "{population}-" and title pr and title ne "Analyst"
      Then exactly "Cy, Dee, Hal, Ian, Joy, Lee" are found

    Example: the value itself is left out
      When the client looks for users where userName sw "{population}-" and userName ne "{Ada.userName}"
      Then exactly "Bob, Cy, Dee, Eve, Flo, Gus, Hal, Ian, Joy, Kim, Lee" are found

    Example: standing alone
      When the client looks for users where name.familyName ne "Foster"
      Then exactly "Ada, Bob, Cy, Dee, Eve, Flo, Gus, Hal, Ian, Joy" are found

    @requires.groups
    Example: groups of other names
      When the client looks for groups where displayName co "{population}" and displayName ne "{Red.displayName}"
      Then exactly "Green, Blue" are found

  @RFC7644-3.4.2.2-06 @IMPLIED @requires.filter
  Rule: co finds what contains the value anywhere
    At the beginning, in the middle, at the end, and the whole.

    Scenario Outline: <attribute> co <value>
      When the client looks for users where <attribute> co "<value>"
      Then exactly "<found>" are found

      Examples:
        | attribute       | value            | found |
        | displayName     | Ada L            | Ada   |
        | displayName     | a Love           | Ada   |
        | displayName     | lace             | Ada   |
        | title           | Analyst          | Ada, Bob, Cy, Ian |
        | title           | alys             | Ada, Bob, Cy, Ian |
        | name.familyName | ake              | Cy, Joy |
        | userName        | {population}-h   | Hal   |
        | userName        | al@              | Hal   |
        | displayName     | Ada Lovelace!    |       |
        | displayName     | Lovelace Ada     |       |

    @requires.groups
    Example: groups
      When the client looks for groups where displayName co "{population}-r"
      Then exactly "Red" is found

  @RFC7644-3.4.2.2-07 @IMPLIED @requires.filter
  Rule: sw finds what starts with the value
    Also what is equal to it; not what contains it further on.

    Scenario Outline: <attribute> sw <value>
      When the client looks for users where <attribute> sw "<value>"
      Then exactly "<found>" are found

      Examples:
        | attribute       | value            | found |
        | title           | Analyst          | Ada, Bob, Ian |
        | title           | Senior           | Cy    |
        | title           | nalyst           |       |
        | userName        | {population}-k   | Kim   |
        | userName        | {Kim.userName}   | Kim   |
        | name.familyName | Bak              | Cy, Joy |
        | displayName     | Lovelace         |       |

    @requires.groups
    Example: groups
      When the client looks for groups where displayName sw "Group {population}-g"
      Then exactly "Green" is found

  @RFC7644-3.4.2.2-08 @IMPLIED @requires.filter
  Rule: ew finds what ends with the value
    Also what is equal to it; not what contains it before the end.

    Scenario Outline: <attribute> ew <value>
      When the client looks for users where <attribute> ew "<value>"
      Then exactly "<found>" are found

      Examples:
        | attribute       | value           | found |
        | title           | Analyst         | Ada, Bob, Cy |
        | title           | II              | Ian   |
        | title           | Analys          |       |
        | displayName     | Lovelace        | Ada   |
        | displayName     | Ada             |       |
        | userName        | {Lee.userName}  | Lee   |
        | name.familyName | aker            | Cy, Joy |

    @requires.groups
    Example: groups
      When the client looks for groups where displayName ew "{population}-blue"
      Then exactly "Blue" is found

  @RFC7644-3.4.2.2-09 @IMPLIED @requires.filter
  Rule: pr finds what has a value
    Absent, null and an empty list are no value; false is one. A complex attribute has a value if a part of it has.

    Scenario Outline: <attribute> pr
      When the client looks for users where userName sw "{population}-" and <attribute> pr
      Then exactly "<found>" are found

      Examples:
        | attribute       | found |
        | title           | Ada, Bob, Cy, Dee, Hal, Ian, Joy, Lee |
        | nickName        | Ada, Eve, Joy |
        | emails          | Ada, Bob, Cy, Dee, Eve, Hal, Joy |
        | emails.value    | Ada, Bob, Cy, Dee, Eve, Hal, Joy |
        | name            | Ada, Bob, Cy, Dee, Eve, Gus, Hal, Ian, Joy, Kim, Lee |
        | name.familyName | Ada, Bob, Cy, Dee, Eve, Gus, Hal, Ian, Joy, Kim, Lee |
        | name.middleName | Ada   |
        | phoneNumbers    | Ada   |

    Example: false is present
      When the client looks for users where active pr
      Then exactly "Ada, Bob, Cy, Dee, Eve, Flo, Gus, Hal, Ian, Joy, Kim, Lee" are found

    Example: standing alone
      When the client looks for users where nickName pr
      Then exactly "Ada, Eve, Joy" are found

    @requires.groups
    Example: groups with members
      When the client looks for groups where members pr
      Then exactly "Red, Green" are found

  @RFC7644-3.4.2.2-10 @IMPLIED @requires.filter
  Rule: gt and lt order points in time, whatever their offset
    Table 3: for dateTimes the comparison is chronological. 14 o'clock at +14:00 comes before 1 o'clock at UTC.

    Scenario Outline: meta.created <operator> <moment>
      When the client looks for users where userName eq "{Ada.userName}" and meta.created <operator> "{<moment>}"
      Then exactly "<found>" are found

      Examples:
        | operator | moment                 | found |
        | gt       | an hour before         | Ada   |
        | lt       | an hour before         |       |
        | gt       | an hour after          |       |
        | lt       | an hour after          | Ada   |
        | gt       | an hour before in east | Ada   |
        | lt       | an hour before in east |       |
        | gt       | an hour after in west  |       |
        | lt       | an hour after in west  | Ada   |

    Example: meta.lastModified
      When the client looks for users where userName eq "{Ada.userName}" and meta.lastModified gt "{an hour before in east}"
      Then exactly "Ada" is found

    Example: standing alone, nobody
      When the client looks for users where meta.created lt "1999-12-31T23:59:59Z"
      Then nothing is found

    Example: standing alone, everybody
      When the client looks for users where meta.created gt "1999-12-31T23:59:59Z"
      Then exactly "Ada, Bob, Cy, Dee, Eve, Flo, Gus, Hal, Ian, Joy, Kim, Lee" are found

    @requires.groups
    Example: groups
      When the client looks for groups where displayName eq "{Red.displayName}" and meta.created lt "1999-12-31T23:59:59Z"
      Then nothing is found

  @RFC7644-3.4.2.2-11 @IMPLIED @requires.filter
  Rule: ge and le include what is equal
    gt and lt do not.

    Scenario Outline: <attribute> <operator> <value>
      When the client looks for users where userName sw "{population}-" and <attribute> <operator> "<value>"
      Then exactly "<found>" are found

      Examples:
        | attribute       | operator | value          | found |
        | title           | ge       | Manager        | Cy, Dee, Joy |
        | title           | gt       | Manager        | Cy    |
        | title           | le       | Engineer       | Ada, Bob, Hal, Ian, Lee |
        | title           | lt       | Engineer       | Ada, Bob, Ian |
        | userName        | ge       | {Kim.userName} | Kim, Lee |
        | userName        | gt       | {Kim.userName} | Lee   |
        | userName        | le       | {Bob.userName} | Ada, Bob |
        | userName        | lt       | {Bob.userName} | Ada   |

    Scenario Outline: meta.created <operator> <moment>
      When the client looks for users where userName eq "{Ada.userName}" and meta.created <operator> "{<moment>}"
      Then exactly "<found>" are found

      Examples:
        | operator | moment                 | found |
        | ge       | just before            | Ada   |
        | le       | just before            |       |
        | ge       | a minute after         |       |
        | le       | a minute after         | Ada   |
        | ge       | an hour before in east | Ada   |
        | le       | an hour after in west  | Ada   |
        | ge       | an hour after in west  |       |
        | le       | an hour before in east |       |

  @RFC7644-3.4.2.2-12 @IMPLIED @requires.filter
  Rule: gt and lt order texts letter by letter
    Table 3: lexicographically, so that "10" comes before "9", and without regard to case where the attribute has none.

    Scenario Outline: <attribute> <operator> <value>
      When the client looks for users where userName sw "{population}-" and <attribute> <operator> "<value>"
      Then exactly "<found>" are found

      Examples:
        | attribute       | operator | value          | found |
        | title           | gt       | F              | Cy, Dee, Joy |
        | title           | lt       | F              | Ada, Bob, Hal, Ian, Lee |
        | title           | gt       | b              | Cy, Dee, Hal, Joy, Lee |
        | title           | lt       | b              | Ada, Bob, Ian |
        | userType        | gt       | d              | Ada, Cy, Dee, Eve, Hal, Kim |
        | userType        | lt       | D              | Bob, Ian, Lee |
        | userName        | gt       | {population}-i | Ian, Joy, Kim, Lee |
        | userName        | lt       | {population}-c | Ada, Bob |

    @requires.enterprise
    Example: digits are letters
      When the client looks for users where urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber lt "5"
      Then exactly "Bob, Cy, Hal" are found

    @requires.enterprise
    Example: more digits do not make it greater
      When the client looks for users where urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber gt "20"
      Then exactly "Ada" is found

    Example: what has no value has no order
      When the client looks for users where userName sw "{population}-" and (nickName gt "A" or nickName lt "A")
      Then exactly "Ada, Eve, Joy" are found

  @RFC7644-3.4.2.2-13 @SHALL @requires.filter
  Rule: A boolean has no order
    Table 3: gt, ge, lt and le on a boolean answer 400 invalidFilter.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then the answer is 400 with scimType invalidFilter

      Examples:
        | filter                  |
        | active gt true          |
        | active ge true          |
        | active lt true          |
        | active le false         |
        | emails.primary gt false |
        | userName sw "{population}-" and active gt false |

  @RFC7644-3.4.2.2-14 @SHALL @requires.filter
  Rule: A binary has no order
    Table 3. The core schema has one binary, the certificates of a user, which a target need not have.

    Scenario Outline: <filter>
      Given the target declares "x509Certificates.value" of users as binary
      When the client looks for users where <filter>
      Then the answer is 400 with scimType invalidFilter

      Examples:
        | filter                             |
        | x509Certificates.value gt "AAAA"   |
        | x509Certificates.value ge "AAAA"   |
        | x509Certificates.value lt "AAAA"   |
        | x509Certificates.value le "AAAA"   |

  @RFC7644-3.4.2.2-26 @IMPLIED @requires.filter
  Rule: Operators may be written in any case
    Of attributes and of logic.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | userName EQ "{Ada.userName}" | Ada |
        | userName Eq "{Ada.userName}" | Ada |
        | userName SW "{population}-k" | Kim |
        | displayName Co "a Love"      | Ada |
        | displayName EW "Lovelace"    | Ada |
        | nickName PR                  | Ada, Eve, Joy |
        | userName SW "{population}-" AND title NE "Manager" And title PR | Ada, Bob, Cy, Hal, Ian, Lee |
        | userName eq "{Ada.userName}" OR userName eq "{Bob.userName}" | Ada, Bob |
        | userName eq "{Ada.userName}" AND active eq true | Ada |
        | userName sw "{population}-" and NOT (title pr) | Eve, Flo, Gus, Kim |
        | userName sw "{population}-" and title GT "F" | Cy, Dee, Joy |
        | userName sw "{population}-" and title Lt "b" | Ada, Bob, Ian |

  @RFC7644-3.4.2.2-27 @IMPLIED @requires.filter
  Rule: Names of attributes may be written in any case
    Also those of sub-attributes.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | USERNAME eq "{Ada.userName}"    | Ada |
        | username eq "{Ada.userName}"    | Ada |
        | Name.FamilyName eq "Clark"      | Ian |
        | NAME.GIVENNAME eq "Lee"         | Lee |
        | Emails.VALUE eq "{Dee.userName}" | Dee |
        | userName sw "{population}-" and TITLE pr and Active eq false | Bob, Ian |
        | ID eq "{Bob.id}"                | Bob |
        | userName eq "{Ada.userName}" and Meta.ResourceTYPE eq "User" | Ada |

    @requires.groups
    Example: groups
      When the client looks for groups where DISPLAYNAME eq "{Red.displayName}"
      Then exactly "Red" is found
