Feature: RFC 7643, 2.5 Unassigned and null values

  @RFC7643-2.5-01 @SHALL
  Rule: Absent, null and an empty list are the same state
    Section 2.5, whether a resource is created, replaced, patched or looked for. (A null in these documents
    leaves an attribute out; "{null}" is sent as null.)

    Scenario Outline: a new user whose <attribute> is <value>
      Given the target knows "<attribute>" of users
      When the client creates the user "A" with
        """json
        {"<attribute>": <value>}
        """
      Then the answer is a success
      And "A" now has no "<attribute>"

      Examples:
        | attribute    | value |
        | nickName     | "{null}" |
        | title        | "{null}" |
        | phoneNumbers | "{null}" |
        | phoneNumbers | []    |

    Scenario Outline: a PUT that says <value> takes <attribute> away
      Given the target knows "<attribute>" of users
      And a user "A" with
        """json
        {"<attribute>": <before>}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "<attribute>": <value>}
        """
      Then the answer is a success
      And "A" now has no "<attribute>"

      Examples:
        | attribute    | before                                           | value |
        | nickName     | "Annie"                                          | "{null}" |
        | title        | "Guide"                                          | "{null}" |
        | phoneNumbers | [{"value": "tel:+12015550123", "type": "work"}]  | "{null}" |
        | phoneNumbers | [{"value": "tel:+12015550123", "type": "work"}]  | []    |

    @requires.patch
    Scenario Outline: a PATCH that says <value> takes <attribute> away
      Given the target knows "<attribute>" of users
      And a user "A" with
        """json
        {"<attribute>": <before>}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<attribute>", "value": <value>}]
        """
      Then the answer is a success
      And "A" now has no "<attribute>"

      Examples:
        | attribute    | before                                           | value |
        | nickName     | "Annie"                                          | null |
        | phoneNumbers | [{"value": "tel:+12015550123", "type": "work"}]  | []    |

    @requires.groups
    Scenario Outline: a group whose members are <value>
      When the client creates the group "G" with
        """json
        {"members": <value>}
        """
      Then the answer is a success
      And "G" now has no "members"

      Examples:
        | value |
        | []    |
        | "{null}" |

    @requires.filter
    Scenario Outline: a filter on presence passes by a user whose <attribute> is <value>
      Given the target knows "<attribute>" of users
      And a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "<attribute>": <value>}
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" and <attribute> pr |
      Then nothing is found, or the request is refused

      Examples:
        | attribute    | value |
        | nickName     | "{null}" |
        | phoneNumbers | []    |

  @RFC7643-2.5-02 @MAY
  Rule: An unassigned attribute is absent, null or an empty list
    Section 2.5 lets a server leave it out. An empty text or a made-up value would be an assigned one.

    Scenario Outline: <attribute>
      Given a user "A"
      When the client reads "A"
      Then "A" now has no "<attribute>"

      Examples:
        | attribute    |
        | nickName     |
        | title        |
        | phoneNumbers |
        | addresses    |
        | photos       |
