Feature: RFC 7643, 4.1.1 Singular attributes of users

  @RFC7643-4.1.1-01 @MUST
  Rule: A user has a userName
    Section 4.1.1.

    Example: a new user without one
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "{marker}", "externalId": "{marker}-nameless"}
        """
      Then the answer is a refusal

    Example: a new user whose userName is null
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": null, "displayName": "{marker}"}
        """
      Then the answer is a refusal

    Example: a user who is replaced without one
      Given a user "A"
      When the client sends PUT /Users/{A.id} with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "{marker}"}
        """
      Then the answer is no server error
      And "A" now has
        """json
        {"userName": "{A.userName}"}
        """

    @requires.patch
    Example: a PATCH that removes it
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "userName"}]
        """
      Then the answer is a refusal
      And "A" now has
        """json
        {"userName": "{A.userName}"}
        """

    Example: all users
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each user has a "userName"

  @RFC7643-4.1.1-02 @MUST
  Rule: A userName is not empty
    Section 4.1.1.

    Example: a new user
      When the client creates the user "A" with
        """json
        {"userName": "", "externalId": "{marker}-empty"}
        """
      Then the answer is a refusal

    Example: a user who is replaced
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "", "externalId": "{marker}-empty"}
        """
      Then the answer is a refusal
      And "A" is as before

    @requires.patch
    Example: a user who is patched
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": ""}]
        """
      Then the answer is a refusal
      And "A" is as before

  @RFC7643-4.1.1-03 @SHOULD
  Rule: A userName is not blank
    Section 4.1.1: white space names nobody.

    Example: a new user
      When the client creates the user "A" with
        """json
        {"userName": "   ", "externalId": "{marker}-blank"}
        """
      Then the answer is a refusal

    Example: a user who is replaced
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "   ", "externalId": "{marker}-blank"}
        """
      Then the answer is a refusal
      And "A" is as before

  @RFC7643-4.1.1-04 @MUST
  Rule: No two users have the same userName
    Section 4.1.1.

    Example: a second user of that name
      Given a user "A" with
        """json
        {"displayName": "The First"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}", "displayName": "The Second"}
        """
      Then the answer is 409
      And "A" is as before

    @requires.filter
    Example: the name is found once
      Given a user "A"
      And a user "C"
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then its "totalResults" is 1
      And exactly "A" is found

    Example: a deactivated user still has his name
      Given a user "A" with
        """json
        {"active": false}
        """
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 409

    Example: different externalIds do not help
      Given a user "A" with
        """json
        {"externalId": "{marker}-a"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}", "externalId": "{marker}-b"}
        """
      Then the answer is 409

  @RFC7643-4.1.1-05 @REQUIRED
  Rule: Two userNames that differ in case only are the same
    Section 4.1.1 calls userName case insensitive.

    Example: a new user in capital letters
      Given a user "A"
      When the client creates the user "B" with
        """json
        {"userName": "{upper A.userName}", "externalId": "{marker}-b"}
        """
      Then the answer is 409
      And "A" is as before

    Example: a new user in small letters
      Given a user "A" with
        """json
        {"userName": "{upper user A}", "externalId": "{marker}-a"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "{user A}"}
        """
      Then the answer is 409

    Example: a user who is replaced
      Given the target knows "userName" of users
      And a user "A"
      And a user "B"
      When the client replaces "B" with
        """json
        {"userName": "{upper A.userName}", "externalId": "{marker}-b"}
        """
      Then the answer is 409
      And "B" is as before

    @requires.patch
    Example: a user who is patched
      Given the target knows "userName" of users
      And a user "A"
      And a user "B"
      When the client patches "B" with
        """json
        [{"op": "replace", "path": "userName", "value": "{upper A.userName}"}]
        """
      Then the answer is 409
      And "B" is as before

    @requires.filter
    Example: a filter in capital letters
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | userName eq "{upper A.userName}" |
      Then exactly "A" is found

    Example: a user may write his own name in capital letters
      Given the target knows "userName" of users
      And a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{upper A.userName}", "externalId": "{marker}-a"}
        """
      Then the answer is a success

  @RFC7643-4.1.1-06 @MUST
  Rule: Nobody takes the userName of another by a change
    Section 4.1.1, and RFC 7644 sections 3.3 and 3.12: 409. A target that declares userName as immutable has no such change.

    Example: a PUT
      Given the target knows "userName" of users
      And a user "A"
      And a user "B"
      When the client replaces "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 409
      And "B" is as before
      And "A" now has
        """json
        {"userName": "{A.userName}"}
        """

    @requires.patch
    Example: a PATCH
      Given the target knows "userName" of users
      And a user "A"
      And a user "B"
      When the client patches "B" with
        """json
        [{"op": "replace", "path": "userName", "value": "{A.userName}"}]
        """
      Then the answer is 409
      And "B" is as before

    @requires.patch
    Example: a PATCH without a path
      Given the target knows "userName" of users
      And a user "A"
      And a user "B"
      When the client patches "B" with
        """json
        [{"op": "replace", "value": {"userName": "{A.userName}", "displayName": "Ann Changed"}}]
        """
      Then the answer is 409
      And "B" is as before

  @RFC7643-4.1.1-16 @IMPLIED
  Rule: A userName belongs to the user who has it now
    Section 4.1.1: keeping one's own name is no conflict, and a name that was given up is free.

    Example: a PUT with the own name
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Ann Changed"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "Ann Changed"}
        """

    @requires.patch
    Example: a PATCH with the own name
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"userName": "{A.userName}", "displayName": "Ann Changed"}}]
        """
      Then the answer is a success

    Example: a new name is stored, and the old one is free
      Given the target knows "userName" of users
      And a user "A"
      And "userName" of "A" is remembered as "old"
      When the client replaces "A" with
        """json
        {"userName": "{user new}"}
        """
      Then "A" now has
        """json
        {"userName": "{user new}"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "{old}"}
        """
      Then the answer is a success

    @requires.patch
    Example: a new name by PATCH is taken from then on
      Given the target knows "userName" of users
      And a user "A"
      And the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user new}"}]
        """
      When the client creates the user "B" with
        """json
        {"userName": "{user new}"}
        """
      Then the answer is 409

    @requires.filter
    Example: a new name is found, the old one is not
      Given the target knows "userName" of users
      And a user "A"
      And "userName" of "A" is remembered as "old"
      When the client replaces "A" with
        """json
        {"userName": "{user new}"}
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{user new}" |
      Then exactly "A" is found
      When the client sends GET /Users with the query
        | filter | userName eq "{old}" |
      Then nothing is found

    Example: a new name leaves the old one to another, and cannot be taken back
      Given a user "A"
      And "userName" of "A" is remembered as "old"
      When the client changes "A" by a PUT with
        """json
        {"userName": "{user new}"}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client creates the user "B" with
        """json
        {"userName": "{old}"}
        """
      Then the answer is 201
      When the client changes "A" by a PUT with
        """json
        {"userName": "{old}"}
        """
      Then the answer is 409
      And "A" now has
        """json
        {"userName": "{user new}"}
        """

  @RFC7643-4.1.1-18 @IMPLIED
  Rule: A userName of any characters is kept, and found by itself alone
    Section 4.1.1 makes it a string, and section 2.3.1 a string any characters. What is a quote, a comment or a wildcard
    to a database is a character here. A server may demand another form, such as an e-mail address, and refuse the rest.

    @requires.filter
    Scenario Outline: <what>
      Given a user "B" with
        """json
        {"userName": "{user <other>}"}
        """
      When the client creates the user "A" with
        """json
        {"userName": "{user <text>}"}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" now has
        """json
        {"userName": "{user <text>}"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found
      When the client sends GET /Users with the query
        | filter | userName sw "{marker}-<text>@" |
      Then exactly "A" is found, or the request is refused
      When the client sends GET /Users with the query
        | filter | userName co "-<text>@" and userName sw "{marker}" |
      Then exactly "A" is found, or the request is refused
      When the client pages through /Users with
        | filter | userName sw "{marker}-" |
      Then every user of the example is listed once

      Examples:
        | what                     | text     | other    |
        | an apostrophe            | o'neil   | oneil    |
        | two apostrophes          | o''neil  | o'neil   |
        | an underscore            | a_b      | axb      |
        | an asterisk              | a*b      | axxb     |
        | a dot                    | a.b      | axb      |
        | a semicolon and a hyphen | a;--b    | a        |
        | an ampersand             | a&b=c    | a        |
        | a plus sign              | a+b      | axb      |
        | a comma                  | a,b      | a        |
        | a dollar sign            | a$1b     | ab       |
        | an emoji                 | ann😀    | ann      |
        | right to left            | שלום     | ann      |
        | Chinese                  | 李小龍   | ann      |

      @abuse
      Examples: where names are ids, these end a path or make it unreadable, and lists with it
        | what                     | text     | other    |
        | a percent sign           | a%b      | axxb     |
        | a percent code           | a%20b    | axb      |
        | a hash                   | a#b      | a        |
        | a question mark          | a?b      | ab       |
        | a slash                  | a/b      | axb      |

    @requires.filter
    Example: the address is another
      Given a user "A" with
        """json
        {"emails": [{"value": "{marker}-work@example.com", "type": "work", "primary": true}]}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found

    @abuse @requires.filter
    Example: a backslash
      Given a user "B" with
        """json
        {"userName": "{user ab}"}
        """
      When the client creates the user "A" with
        """json
        {"userName": "{user a\b}"}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" now has
        """json
        {"userName": "{user a\b}"}
        """
      When the client sends GET /Users with the query
        | filter | userName sw "{marker}-a\\\\b@" |
      Then exactly "A" is found, or the request is refused
      When the client sends GET /Users with the query
        | filter | userName co "a\\\\b" and userName sw "{marker}" |
      Then exactly "A" is found, or the request is refused

    @requires.filter
    Example: 254 characters and more
      When the client creates the user "A" with
        """json
        {"userName": "{user xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}"}
        """
      Then the answer is 201, or 400 and the example ends
      And "A" now has
        """json
        {"userName": "{user xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found
      When the client sends GET /Users with the query
        | filter | userName sw "{marker}-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" |
      Then exactly "A" is found, or the request is refused

    @abuse @requires.filter
    Example: a statement of SQL
      Given a user "B"
      When the client creates the user "A" with
        """json
        {"userName": "{user a'; DROP TABLE users; --}"}
        """
      Then the answer is 201, or 400 and the example ends
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found
      And "B" still exists

  @RFC7643-4.1.1-07 @SHOULD
  Rule: The formatted name and its parts are those of one person
    Section 4.1.1. A server may have only one of the two.

    Example: a user with two names
      Given a user "A" with
        """json
        {"name": {"givenName": "Barbara", "familyName": "Jensen"}}
        """
      When the client reads "A"
      Then each "name.formatted" contains the "familyName" and the "givenName" beside it

    Example: somebody gets another name
      Given a user "A" with
        """json
        {"name": {"givenName": "Barbara", "familyName": "Jensen", "formatted": "Barbara Jensen"}}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "name": {"givenName": "Barbara", "familyName": "Miller", "formatted": "Barbara Miller"}}
        """
      And the client reads "A"
      Then each "name.formatted" contains the "familyName" and the "givenName" beside it

  @RFC7643-4.1.1-08 @IMPLIED
  Rule: The address of a profile or a photo is an absolute URI
    Section 4.1.1 and 4.1.2.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each reference from a user to something outside SCIM is an absolute URI

    Example: a profile
      Given the target knows "profileUrl" of users
      When the client creates the user "A" with
        """json
        {"profileUrl": "https://profiles.example.com/{marker}"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"profileUrl": "https://profiles.example.com/{marker}"}
        """

  @RFC7643-4.1.1-09 @MAY
  Rule: A language tag is kept, whatever stands between its parts
    Section 4.1.1: servers may take an underscore. They may refuse it or write a hyphen, but not lose the language.

    Scenario Outline: <attribute> is <sent>
      Given the target knows "<attribute>" of users
      When the client creates the user "A" with
        """json
        {"<attribute>": "<sent>"}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then its "<attribute>" is the language "<sent>", in capitals or not, with "-" or "_"

      Examples:
        | attribute         | sent                        |
        | locale            | en-US                       |
        | locale            | en_US                       |
        | locale            | es-419                      |
        | preferredLanguage | en-US                       |
        | preferredLanguage | da, en-gb;q=0.8, en;q=0.7   |

  @RFC7643-4.1.1-10 @IMPLIED
  Rule: A time zone is called by its IANA name
    Section 4.1.1.

    Scenario Outline: <zone>
      Given the target knows "timezone" of users
      When the client creates the user "A" with
        """json
        {"timezone": "<zone>"}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"timezone": "<zone>"}
        """

      Examples:
        | zone                |
        | America/Los_Angeles |
        | Europe/Berlin       |

  @RFC7643-4.1.1-11 @IMPLIED
  Rule: A deactivated user is stored as such and can be read and found
    Section 4.1.1: active is a status and no deletion.

    Example: a new user who is not active
      When the client creates the user "A" with
        """json
        {"active": false}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": false}
        """

    Example: a new user who is active
      When the client creates the user "A" with
        """json
        {"active": true}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": true}
        """

    Example: a PUT
      Given a user "A" with
        """json
        {"active": true, "displayName": "Ann Other"}
        """
      When the client changes "A" by a PUT with
        """json
        {"active": false}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": false, "displayName": "Ann Other"}
        """

    @requires.patch
    Example: a PATCH with a path
      Given a user "A" with
        """json
        {"active": true, "displayName": "Ann Other"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": false, "displayName": "Ann Other"}
        """

    @requires.patch
    Example: a PATCH without a path
      Given a user "A" with
        """json
        {"active": true, "displayName": "Ann Other"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"active": false}}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": false, "displayName": "Ann Other"}
        """

    @requires.filter
    Example: he is found by his name
      Given a user "A" with
        """json
        {"active": true}
        """
      And the client changes "A" by a PUT with
        """json
        {"active": false}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found
      And its "Resources[0].active" is false

    @requires.filter
    Example: he is found by his status
      Given a user "A" with
        """json
        {"active": false}
        """
      And a user "B" with
        """json
        {"active": true}
        """
      When the client sends GET /Users with the query
        | filter | active eq false and userName eq "{A.userName}" |
      Then exactly "A" is found, or the request is refused
      When the client sends GET /Users with the query
        | filter | active eq false and userName eq "{B.userName}" |
      Then nothing is found, or the request is refused

    @requires.groups
    Example: he stays in his groups
      Given a user "A" with
        """json
        {"active": true}
        """
      And a group "G" with the members "A"
      When the client changes "A" by a PUT with
        """json
        {"active": false}
        """
      Then the members of "G" are "A"

    Example: another change does not activate him
      Given a user "A" with
        """json
        {"active": false, "displayName": "Ann Other"}
        """
      When the client changes "A" by a PUT with
        """json
        {"displayName": "Ann Changed"}
        """
      Then "A" now has
        """json
        {"active": false, "displayName": "Ann Changed"}
        """

    @requires.patch
    Example: another PATCH does not activate him
      Given a user "A" with
        """json
        {"active": false, "displayName": "Ann Other"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Ann Changed"}]
        """
      Then "A" now has
        """json
        {"active": false, "displayName": "Ann Changed"}
        """

    @requires.patch
    Example: deactivating him twice is no mistake
      Given a user "A" with
        """json
        {"active": false}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": false}
        """

    @requires.patch
    Scenario Outline: active is set to <value>, which it is
      Given a stored user "A" with
        """json
        {"active": <value>}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": <value>}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": <value>}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "active": <value>}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": <value>}
        """

      Examples:
        | value |
        | true  |
        | false |

  @RFC7643-4.1.1-12 @IMPLIED
  Rule: A deactivated user can be activated again
    Section 4.1.1. He is the same user, with the same id and the same attributes.

    Example: a PUT
      Given a user "A" with
        """json
        {"active": false, "displayName": "Ann Other", "externalId": "{marker}-a"}
        """
      When the client changes "A" by a PUT with
        """json
        {"active": true}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": true, "displayName": "Ann Other", "externalId": "{marker}-a", "id": "{A.id}"}
        """

    @requires.patch
    Example: a PATCH with a path
      Given a user "A" with
        """json
        {"active": false, "displayName": "Ann Other"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": true}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": true, "displayName": "Ann Other"}
        """

    @requires.patch
    Example: a PATCH without a path
      Given a user "A" with
        """json
        {"active": false, "displayName": "Ann Other"}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"active": true}}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"active": true, "displayName": "Ann Other"}
        """

    @requires.patch
    Example: off, on, off and on again
      Given a user "A" with
        """json
        {"active": true}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then "A" now has
        """json
        {"active": false}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": true}]
        """
      Then "A" now has
        """json
        {"active": true}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then "A" now has
        """json
        {"active": false}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "active", "value": true}]
        """
      Then "A" now has
        """json
        {"active": true}
        """

    @requires.filter
    Example: he is found among the active ones
      Given a user "A" with
        """json
        {"active": false}
        """
      And the client changes "A" by a PUT with
        """json
        {"active": true}
        """
      When the client sends GET /Users with the query
        | filter | active eq true and userName eq "{A.userName}" |
      Then exactly "A" is found, or the request is refused

    @requires.groups
    Example: he is still in his groups
      Given a user "A" with
        """json
        {"active": true}
        """
      And a group "G" with the members "A"
      And the client changes "A" by a PUT with
        """json
        {"active": false}
        """
      When the client changes "A" by a PUT with
        """json
        {"active": true}
        """
      Then the members of "G" are "A"

  @RFC7643-4.1.1-17 @IMPLIED
  Rule: A status that is sent as a text is refused, or means what it says
    Section 2.3.2 wants a boolean. Some clients send "False" nevertheless: a server that takes it for true because it is
    not empty activates whom it should deactivate.

    Scenario Outline: a PATCH with "<text>"
      Given a user "A" with
        """json
        {"active": <before>}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": "<text>"}]
        """
      Then the answer is no server error
      And "A" now has, unless the answer is a refusal
        """json
        {"active": <meant>}
        """
      When the client reads "A"
      Then each value of type boolean is true or false

      Examples:
        | text  | before | meant |
        | False | true   | false |
        | false | true   | false |
        | True  | false  | true  |
        | true  | false  | true  |

    Scenario Outline: a new user with "<text>"
      When the client creates the user "A" with
        """json
        {"active": "<text>"}
        """
      Then the answer is no server error
      And "A" now has, unless the answer is a refusal
        """json
        {"active": <meant>}
        """

      Examples:
        | text  | meant |
        | False | false |
        | True  | true  |

    Scenario Outline: a PUT with "<text>"
      Given a user "A" with
        """json
        {"active": true}
        """
      When the client changes "A" by a PUT with
        """json
        {"active": "<text>"}
        """
      Then the answer is no server error
      And "A" now has, unless the answer is a refusal
        """json
        {"active": false}
        """

      Examples:
        | text  |
        | False |
        | false |

  @RFC7643-4.1.1-13 @MUST-NOT @security
  Rule: No answer shows a password
    Section 4.1.1: a password is written and never read. Neither its text nor a hash of it appears.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then no success shows a password, neither in clear nor hashed

    Example: a new user
      When the client creates the user "A" with
        """json
        {"password": "{password}"}
        """
      Then the answer is a success, or a refusal that ends the example
      And no success shows a password, neither in clear nor hashed

    Example: a user who is read and replaced
      Given a user "A" with
        """json
        {"password": "{password}"}
        """
      When the client reads "A"
      Then no success shows a password, neither in clear nor hashed
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "password": "{password b}"}
        """
      Then the answer is a success, or a refusal that ends the example
      And no success shows a password, neither in clear nor hashed

    @requires.patch
    Scenario Outline: a PATCH <how>
      Given a user "A" with
        """json
        {"password": "{password}"}
        """
      When the client patches "A" with
        """json
        [<operation>]
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then no success shows a password, neither in clear nor hashed
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Ann Changed"}]
        """
      Then no success shows a password, neither in clear nor hashed

      Examples:
        | how            | operation                                                                            |
        | with a path    | {"op": "replace", "path": "password", "value": "{password b}"}         |
        | without a path | {"op": "replace", "value": {"password": "{password b}"}}               |

    @requires.filter
    Example: a list
      Given a user "A" with
        """json
        {"password": "{password}"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then no success shows a password, neither in clear nor hashed
      When the client sends POST /Users/.search with
        """json
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName eq \"{A.userName}\""}
        """
      Then the answer is a success, or a refusal that ends the example
      And no success shows a password, neither in clear nor hashed

    @requires.bulk
    Example: a bulk request
      When the client sends POST /Bulk with
        """json
        {
          "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
          "Operations": [{
            "method": "POST", "path": "/Users", "bulkId": "a",
            "data": {
              "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user A}",
              "password": "{password}"
            }
          }]
        }
        """
      Then the answer is a success, or a refusal that ends the example
      And no success shows a password, neither in clear nor hashed

  @RFC7643-4.1.1-14 @SHALL-NOT @security
  Rule: No refusal and no selection of attributes tells a password
    Section 4.1.1: not returnable in any form. An error that repeats a filter on the password returns
    it too: errors end in logs, where the request's body and address need not be.

    Example: all refusals and selections
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client makes requests that have to be refused
      Then no refusal and no selection of attributes shows a password, neither in clear nor hashed

    Scenario Outline: the client asks for <selection>
      Given a user "A" with
        """json
        {"password": "{password}"}
        """
      When the client sends GET /Users/{A.id}?attributes=<selection>
      Then no refusal and no selection of attributes shows a password, neither in clear nor hashed

      Examples:
        | selection                                           |
        | password                                            |
        | userName,password                                   |
        | PASSWORD                                            |
        | urn:ietf:params:scim:schemas:core:2.0:User:password |

    Example: a new user who is refused
      When the client sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "{marker}", "password": "{password}"}
        """
      Then no refusal and no selection of attributes shows a password, neither in clear nor hashed

    Example: a second user of the same name
      Given a user "A" with
        """json
        {"password": "{password}"}
        """
      When the client creates the user "B" with
        """json
        {"userName": "{A.userName}", "password": "{password b}"}
        """
      Then no refusal and no selection of attributes shows a password, neither in clear nor hashed

  @RFC7643-4.1.1-15 @MAY @security @requires.filter
  Rule: A filter on passwords is refused, or finds nothing by a part of one
    Section 4.1.1 lets a server compare for equality only. Everything else would tell a password letter by letter.

    Scenario Outline: password <filter>
      Given a user "A" with
        """json
        {"password": "{password}"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" and password <filter> |
      Then the answer is a success, or a refusal that ends the example
      And its "Resources" has 0 elements

      Examples:
        | filter                    |
        | sw "{password beginning}" |
        | co "{password middle}"    |
        | ew "{password end}"       |
        | gt "{password beginning}" |
