Feature: RFC 7643, 5 Service provider configuration

  @RFC7643-5-01 @REQUIRED
  Rule: The configuration says whether PATCH is supported
    A client reads this before it decides how to change a resource.

    Example: patch.supported
      When the client sends GET /ServiceProviderConfig
      Then the answer is 200
      And its "patch.supported" is a boolean

  @RFC7643-5-02 @REQUIRED
  Rule: The configuration says whether bulk is supported, and its limits
    The limits are there also where bulk is not supported.

    Example: bulk.supported
      When the client sends GET /ServiceProviderConfig
      Then its "bulk.supported" is a boolean

    Example: bulk.maxOperations
      When the client sends GET /ServiceProviderConfig
      Then its "bulk.maxOperations" is an integer
      And its "bulk.maxOperations" does not contain "-"

    Example: bulk.maxPayloadSize
      When the client sends GET /ServiceProviderConfig
      Then its "bulk.maxPayloadSize" is an integer
      And its "bulk.maxPayloadSize" does not contain "-"

  @RFC7643-5-03 @REQUIRED
  Rule: The configuration says whether filters are supported, and how many resources come at once

    Example: filter.supported
      When the client sends GET /ServiceProviderConfig
      Then its "filter.supported" is a boolean

    Example: filter.maxResults
      When the client sends GET /ServiceProviderConfig
      Then its "filter.maxResults" is an integer
      And its "filter.maxResults" does not contain "-"

  @RFC7643-5-04 @REQUIRED
  Rule: The configuration says whether passwords can be changed

    Example: changePassword.supported
      When the client sends GET /ServiceProviderConfig
      Then its "changePassword.supported" is a boolean

  @RFC7643-5-05 @REQUIRED
  Rule: The configuration says whether sorting is supported

    Example: sort.supported
      When the client sends GET /ServiceProviderConfig
      Then its "sort.supported" is a boolean

  @RFC7643-5-06 @REQUIRED
  Rule: The configuration says whether ETags are supported

    Example: etag.supported
      When the client sends GET /ServiceProviderConfig
      Then its "etag.supported" is a boolean

  @RFC7643-5-07 @REQUIRED
  Rule: Every authentication scheme has a type, a name and a description
    A server that serves everybody may have no scheme to list.

    Scenario Outline: the <part> of each scheme
      When the client sends GET /ServiceProviderConfig
      Then its "authenticationSchemes" is an array
      And every "authenticationSchemes[].<part>" of the answer is a text

      Examples:
        | part        |
        | type        |
        | name        |
        | description |

    Example: a server that asks for credentials lists a scheme
      Given the target refuses requests without credentials
      When the client sends GET /ServiceProviderConfig
      Then its "authenticationSchemes[0]" is present

  @RFC7643-5-08 @SHOULD
  Rule: The type of an authentication scheme is one that the standard defines
    The list is not closed, so that another word is a warning and no failure.

    Example: the types
      When the client sends GET /ServiceProviderConfig
      Then its "authenticationSchemes" is an array
      And every "authenticationSchemes[].type" of the answer is one of "oauth, oauth2, oauthbearertoken, httpbasic, httpdigest"

  @RFC7643-5-09 @SHOULD
  Rule: A client learns without credentials how to authenticate

    Example: the configuration without credentials
      Given the next request has no header "Authorization"
      When the client sends GET /ServiceProviderConfig
      Then the answer is 200
      And its "authenticationSchemes" is an array

  @RFC7643-5-10 @IMPLIED
  Rule: What is advertised works, and what is not is not passed over in silence
    A refusal with 501 or 403 is the right way to say no. A target that ignores a filter or a change leads its
    clients astray.

    Scenario Outline: <what>
      Given a user "A"
      And a user "B"
      When the client <request>
      Then that has its effect, if "<member>" is true in /ServiceProviderConfig
      And that has its effect or is refused, if "<member>" is not true

      Examples:
        | what                | request                                    | member                   |
        | PATCH               | patches the displayName of "A"             | patch.supported          |
        | bulk                | creates a user by a bulk request           | bulk.supported           |
        | filtering           | looks for "A" by its userName              | filter.supported         |
        | sorting             | sorts "A" and "B" by userName, up and down | sort.supported           |
        | ETags               | reads "A" to see its ETag                  | etag.supported           |
        | changing a password | changes the password of "A"                | changePassword.supported |

  @RFC7643-5-11 @SHOULD
  Rule: What works is advertised
    A client that believes the configuration would do without. Sorting and tags are left out: they do no harm
    where they are not asked for.

    Scenario Outline: <what>
      Given a user "A"
      And a user "B"
      When the client <request>
      Then "<member>" is true in /ServiceProviderConfig, if that has its effect

      Examples:
        | what      | request                          | member           |
        | PATCH     | patches the displayName of "A"   | patch.supported  |
        | bulk      | creates a user by a bulk request | bulk.supported   |
        | filtering | looks for "A" by its userName    | filter.supported |

  @RFC7643-5-12 @IMPLIED
  Rule: No answer has more resources than filter.maxResults
    A target that states 0 states no limit.

    Example: one more than that is asked for
      Given a user "A"
      And a user "B"
      And a user "C"
      When the client asks for one user more than "filter.maxResults" in /ServiceProviderConfig
      Then the answer has at most "filter.maxResults" resources

  @RFC7643-5-13 @IMPLIED
  Rule: Addresses in the configuration are URLs that a client can follow
    documentationUri and specUri are optional.

    Scenario Outline: <where>
      When the client sends GET /ServiceProviderConfig
      Then every "<where>" of the answer is an absolute URI, if there

      Examples:
        | where                                    |
        | documentationUri                         |
        | authenticationSchemes[].specUri          |
        | authenticationSchemes[].documentationUri |

  @RFC7643-5-14 @IMPLIED
  Rule: At most one authentication scheme is the primary one
    The general rule for lists (section 2.4) holds here, too.

    Example: primary is true or false
      When the client sends GET /ServiceProviderConfig
      Then every "authenticationSchemes[].primary" of the answer is a boolean, if there
      And at most one of its "authenticationSchemes" has "primary" true
