Feature: RFC 7644, 3.4.2.2 Filtering: attributes and values
  Background:
    Given the 12 users and 3 groups of "fixtures/population/people.yaml"

  @RFC7644-3.4.2.2-24 @IMPLIED @requires.filter
  Rule: null stands for no value
    The grammar has null as a value, and RFC 7643 section 2.5 says what it means. A target may refuse it, not misread it.

    Scenario Outline: <filter>
      When the client looks for users where userName sw "{population}-" and <filter>
      Then exactly "<found>" are found, or the filter is refused

      Examples:
        | filter          | found |
        | title eq null   | Eve, Flo, Gus, Kim |
        | title ne null   | Ada, Bob, Cy, Dee, Hal, Ian, Joy, Lee |
        | nickName eq null and title pr | Bob, Cy, Dee, Hal, Ian, Lee |

    Example: the text "null" is something else
      When the client looks for users where userName sw "{population}-" and title eq "null"
      Then nothing is found

  @RFC7644-3.4.2.2-25 @SHALL @requires.filter
  Rule: A value that the target chose is found as it was shown
    An attribute that nobody sent and that came back has that value in filters.

    Example: active, where a user was created without it
      When the client looks for users where userName eq "{Flo.userName}" and active eq true
      Then exactly "Flo" is found

    Example: active, as a presence
      When the client looks for users where userName eq "{Flo.userName}" and active pr
      Then exactly "Flo" is found

  @RFC7644-3.4.2.2-28 @SHALL @requires.filter
  Rule: Texts are compared with or without regard to case, as the attribute says
    By caseExact of the schema that the target publishes. userName and the names of people have no case.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | title eq "MANAGER"                | Dee, Joy |
        | title eq "analyst"                | Ada, Bob |
        | title co "ANALYST"                | Ada, Bob, Cy, Ian |
        | title sw "ANA"                    | Ada, Bob, Ian |
        | title ew "ANALYST"                | Ada, Bob, Cy |
        | displayName eq "aDA lOVELACE"     | Ada |
        | name.familyName eq "DIXON"        | Eve |
        | name.familyName eq "Adams"        | Hal |
        | userType eq "EMPLOYEE"            | Ada, Cy, Eve, Hal, Kim |
        | nickName eq "COUNTESS"            | Ada |

    Example: userName in other letters
      When the client looks for users where userName eq "{Ada.userName in other case}"
      Then exactly "Ada" is found

    Example: an e-mail address in other letters
      When the client looks for users where emails.value eq "{Bob.userName in other case}"
      Then exactly "Bob" is found

    @requires.groups
    Example: the name of a group in other letters
      When the client looks for groups where displayName eq "{Red.displayName in other case}"
      Then exactly "Red" is found

    Example: ne without regard to case
      When the client looks for users where userName sw "{population}-" and title pr and title ne "MANAGER"
      Then exactly "Ada, Bob, Cy, Hal, Ian, Lee" are found

  @RFC7644-3.4.2.2-29 @IMPLIED @requires.filter
  Rule: Core attributes may be named with their schema
    A URN, a colon, and the name, in any case, mean the same as the name.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | urn:ietf:params:scim:schemas:core:2.0:User:userName eq "{Ada.userName}"    | Ada |
        | urn:ietf:params:scim:schemas:core:2.0:User:userName sw "{population}-k"    | Kim |
        | urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "Clark"      | Ian |
        | urn:ietf:params:scim:schemas:core:2.0:User:nickName pr                     | Ada, Eve, Joy |
        | URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:username eq "{Ada.userName}"    | Ada |
        | urn:ietf:params:scim:schemas:core:2.0:User:userName eq "{Ada.userName}" and title eq "Analyst" | Ada |
        | urn:ietf:params:scim:schemas:core:2.0:User:emails.value eq "{Dee.userName}" | Dee |

    @requires.groups
    Example: groups
      When the client looks for groups where urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq "{Red.displayName}"
      Then exactly "Red" is found

  @RFC7644-3.4.2.2-30 @IMPLIED @requires.filter @requires.enterprise
  Rule: Attributes of an extension are named with its schema
    The enterprise extension, in all operators.

    Scenario Outline: <operation>
      When the client looks for users where userName sw "{population}-" and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:<operation>
      Then exactly "<found>" are found

      Examples:
        | operation                   | found |
        | department eq "Tools"       | Bob, Cy |
        | department eq "ANALYSIS"    | Ada, Hal |
        | department sw "Ana"         | Ada, Hal |
        | department ew "ls"          | Bob, Cy |
        | department co "ool"         | Bob, Cy |
        | department pr               | Ada, Bob, Cy, Hal |
        | department pr and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department ne "Tools" | Ada, Hal |
        | employeeNumber eq "100"     | Cy |
        | employeeNumber eq "10"      | Bob |
        | department eq "nowhere"     |     |

    Example: not
      When the client looks for users where userName sw "{population}-" and not (urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department pr)
      Then exactly "Dee, Eve, Flo, Gus, Ian, Joy, Kim, Lee" are found

  @RFC7644-3.4.2.2-31 @MAY @requires.filter
  Rule: Users can be found by their schemas
    A target that takes the filter has to apply it.

    Example: all users have the core schema
      When the client looks for users where userName sw "{population}-a" and schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"
      Then exactly "Ada" is found, or the filter is refused

    @requires.enterprise
    Example: some have the enterprise extension
      When the client looks for users where userName sw "{population}-" and schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
      Then exactly "Ada, Bob, Cy, Hal" are found, or the filter is refused

    Example: none has a schema that nobody has
      When the client looks for users where userName sw "{population}-" and schemas eq "urn:example:sduo:none"
      Then nothing is found, or the filter is refused

  @RFC7644-3.4.2.2-32 @IMPLIED @requires.filter
  Rule: Common attributes can be filtered like all others
    id, externalId and meta belong to every resource.

    Example: id
      When the client looks for users where id eq "{Cy.id}"
      Then exactly "Cy" is found

    Example: two ids
      When the client looks for users where id eq "{Cy.id}" or id eq "{Lee.id}"
      Then exactly "Cy, Lee" are found

    Example: externalId
      When the client looks for users where externalId eq "{population}-ext-b"
      Then exactly "Bob" is found

    Example: the beginning of externalId
      When the client looks for users where externalId sw "{population}-ext-"
      Then exactly "Bob, Cy, Hal" are found

    Example: the presence of externalId
      When the client looks for users where userName sw "{population}-" and externalId pr
      Then exactly "Ada, Bob, Cy, Dee, Hal" are found

    Example: meta.resourceType
      When the client looks for users where userName eq "{Ada.userName}" and meta.resourceType eq "User"
      Then exactly "Ada" is found

    Example: meta.resourceType of something else
      When the client looks for users where userName eq "{Ada.userName}" and meta.resourceType eq "Group"
      Then nothing is found

    Example: meta.created
      When the client looks for users where userName eq "{Ada.userName}" and meta.created pr
      Then exactly "Ada" is found

    @requires.groups
    Example: id of a group
      When the client looks for groups where id eq "{Green.id}"
      Then exactly "Green" is found

    @requires.groups
    Example: externalId of a group
      When the client looks for groups where externalId eq "{population}-Ext-Red"
      Then exactly "Red" is found

  @RFC7644-3.4.2.2-36 @IMPLIED @requires.filter
  Rule: Values are JSON strings, with their escapes
    A quote and a backslash are escaped, and any character may be.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | displayName eq "Cy \\"the Quote\\" \\\\ Slash"        | Cy |
        | displayName co "\\"the Quote\\""                      | Cy |
        | displayName co "\\\\ Slash"                           | Cy |
        | displayName ew "\\" \\\\ Slash"                       | Cy |
        | displayName eq "\\u0041da\\u0020Lovelace"             | Ada |
        | displayName sw "D\\u00e9e"                            | Dee |
        | displayName ew "\\u65e5\\u672c"                       | Dee |
        | displayName eq "Bob O'Malley"                         | Bob |
        | displayName eq "Bob O\\u0027Malley"                   | Bob |

    Example: words of the grammar within a value are part of it
      When the client looks for users where displayName eq "kim (not) [x] or true and pr"
      Then exactly "Kim" is found

    Scenario Outline: <attribute> is "<word>", a word of the grammar
      Given a stored user "A<word>" with
        """json
        {"displayName": "or", "nickName": "AND", "title": "not", "userType": "true"}
        """
      When the client looks for users where userName eq "{A<word>.userName}" and <attribute> eq "<word>"
      Then its "totalResults" is 1

      Examples:
        | attribute   | word |
        | displayName | or   |
        | nickName    | AND  |
        | title       | not  |
        | userType    | true |

    Example: words of the grammar within a value, followed by more
      When the client looks for users where displayName co "(not) [x] or true" and userName sw "{population}-"
      Then exactly "Kim" is found

  @RFC7644-3.4.2.2-37 @IMPLIED @requires.filter
  Rule: Characters with a meaning in URLs arrive as they are
    Percent-encoded in the query they are +, %, &, =, #, ?, ; and / again.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | displayName eq "Eve 100% + 1 & co = #2? _*" | Eve |
        | displayName co "100% + 1"                   | Eve |
        | displayName co "1 & co"                     | Eve |
        | displayName co "co = #2"                    | Eve |
        | displayName co "#2?"                        | Eve |
        | displayName co "1   1"                      |     |
        | externalId eq "{Dee.externalId}"            | Dee |
        | externalId co "50%+&=;#?"                   | Dee |
        | phoneNumbers.value co "+1-201"              | Ada |

    Example: the same in a search by POST
      When the client searches for users where displayName eq "Eve 100% + 1 & co = #2? _*"
      Then exactly "Eve" is found

  @RFC7644-3.4.2.2-38 @IMPLIED @requires.filter
  Rule: Values in all scripts are found
    In the URL they are percent-encoded UTF-8.

    Scenario Outline: <filter>
      When the client looks for users where <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | displayName eq "Dée Åström 日本" | Dee |
        | displayName ew "日本"             | Dee |
        | displayName co "e Åst"            | Dee |
        | name.familyName eq "Åström"       | Dee |
        | name.givenName eq "Dée"           | Dee |
        | displayName co "本日"             |     |

    Example: in a search by POST
      When the client searches for users where name.familyName eq "Åström"
      Then exactly "Dee" is found

  @RFC7644-3.4.2.2-44 @IMPLIED @requires.filter
  Rule: No character in a value stands for others
    What is a wildcard or a pattern elsewhere is a character here.

    Scenario Outline: <filter>
      When the client looks for users where userName sw "{population}-" and <filter>
      Then exactly "<found>" are found

      Examples:
        | filter | found |
        | displayName co "%"           | Eve |
        | displayName co "_"           | Eve |
        | displayName co "*"           | Eve |
        | displayName eq "%"           |     |
        | displayName eq "*"           |     |
        | displayName eq "___"         |     |
        | displayName sw "%"           |     |
        | displayName co "Ada%lace"    |     |
        | displayName co "A_a"         |     |
        | displayName co "A.a"         |     |
        | displayName co ".*"          |     |
        | displayName eq "H*"          |     |
        | displayName sw "^H"          |     |
        | displayName ew "l$"          |     |
        | title co "[A-Z]"             |     |
