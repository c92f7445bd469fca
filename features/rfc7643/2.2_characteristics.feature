Feature: RFC 7643, 2.2 Attribute characteristics

  @RFC7643-2.2-01 @IMPLIED
  Rule: An attribute of which nothing else is said has the default characteristics
    Section 2.2: a text that is not required, not case exact, writable, returned by default and not unique.
    Only attributes that the target declares so, or by leaving characteristics out, are judged.

    Scenario Outline: two users may have the same value of <attribute>
      Given the target knows "<attribute>" of users with the standard's defaults
      And a user "A" with
        """json
        {"<attribute>": "Twice"}
        """
      When the client creates the user "B" with
        """json
        {"<attribute>": "Twice"}
        """
      Then the answer is a success
      And "A" has
        """json
        {"<attribute>": "Twice"}
        """
      And "B" has
        """json
        {"<attribute>": "Twice"}
        """

      Examples:
        | attribute   |
        | displayName |
        | nickName    |
        | title       |
        | userType    |

    Scenario Outline: a value of <attribute> can be changed and taken away
      Given the target knows "<attribute>" of users with the standard's defaults
      And a user "A" with
        """json
        {"<attribute>": "First"}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "<attribute>": "Second"}
        """
      Then "A" now has
        """json
        {"<attribute>": "Second"}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is a success

      Examples:
        | attribute |
        | nickName  |
        | title     |

    @requires.filter
    Example: a filter finds a value in any case
      Given the target knows "nickName" of users with the standard's defaults
      And a user "A" with
        """json
        {"nickName": "MixedCase"}
        """
      When the client sends GET /Users with the query
        | filter | nickName eq "mIXEDcASE" and userName eq "{A.userName}" |
      Then exactly "A" is found, or the request is refused
