Feature: RFC 7644, 2 Authentication and authorization
  Every Rule first shows that the run's own token is served: a target that refuses everybody proves nothing by
  refusing somebody. How a client comes to a token is no matter of the standard.

  @RFC7644-2-01 @SHALL @security
  Rule: A request without credentials answers 401
    Section 2 with RFC 7235, and table 8 of section 3.12. Section 2.2 lets a server open single operations to
    everybody, which a provisioning interface has no reason to do; discovery is judged by a Rule of its own. A body
    that is no JSON is no SCIM request yet: RFC 7644 does not say that 401 comes before the 400 of section 3.12 then.
    Nor does it of a user who lacks what is required; but who has no credentials should not learn that: a warning.

    Example: reading users
      Given a user "A"
      When the client without credentials sends each of
        | GET | /Users         |
        | GET | /Users?count=1 |
        | GET | /Users/{A.id}  |
      Then each answer is 401

    @requires.groups
    Example: reading groups
      Given a group "G"
      When the client without credentials sends each of
        | GET | /Groups         |
        | GET | /Groups?count=1 |
        | GET | /Groups/{G.id}  |
      Then each answer is 401

    @requires.filter
    Example: looking a user up
      Given a user "A"
      When the client without credentials sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then the answer is 401

    Example: reading what does not exist
      Given a user "A"
      When the client without credentials sends GET /Users/{marker}-unknown
      Then the answer is 401

    Example: the headers of a user alone
      Given a user "A"
      When the client without credentials sends HEAD /Users/{A.id}
      Then no answer is a success

    @requires.search
    Example: searching by POST
      Given a user "A"
      When the client without credentials sends POST /Users/.search with a search request as its body
      Then the answer is 401

    Example: creating
      Given a user "A"
      When the client without credentials sends POST /Users with a new user as its body
      Then the answer is 401
      And no user is called "{user new}"

    @requires.groups
    Example: creating a group
      Given a group "G"
      When the client without credentials sends POST /Groups with a new group as its body
      Then the answer is 401
      And no group is called "{group new}"

    Example: replacing a user
      Given a user "A"
      When the client without credentials sends PUT /Users/{A.id} with the user A renamed as its body
      Then the answer is 401
      And "A" is as before

    @requires.groups
    Example: replacing a group
      Given a group "G"
      When the client without credentials sends PUT /Groups/{G.id} with the group G renamed as its body
      Then the answer is 401
      And "G" is as before

    @requires.patch
    Example: changing a user
      Given a user "A"
      When the client without credentials sends PATCH /Users/{A.id} with a PATCH of displayName as its body
      Then the answer is 401
      And "A" is as before

    @requires.patch @requires.groups
    Example: changing a group
      Given a group "G"
      When the client without credentials sends PATCH /Groups/{G.id} with a PATCH of displayName as its body
      Then the answer is 401
      And "G" is as before

    Example: deleting a user
      Given a user "A"
      When the client without credentials sends DELETE /Users/{A.id}
      Then the answer is 401
      And "A" still exists

    @requires.groups
    Example: deleting a group
      Given a group "G"
      When the client without credentials sends DELETE /Groups/{G.id}
      Then the answer is 401
      And "G" still exists

    @requires.bulk
    Example: a bulk request
      Given a user "A"
      When the client without credentials sends POST /Bulk with a bulk request that creates a user as its body
      Then the answer is 401
      And no user is called "{user new}"

    Example: a body that is wrong as well
      Given a user "A"
      When the client without credentials sends POST /Users with
        """
        {"userName": "{user new}"
        """
      Then the answer is 400 or 401

    Example: a user who lacks what is required
      Given a user "A"
      When the client without credentials sends POST /Users with
        """json
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "displayName": "{marker}"}
        """
      Then the answer is 400 or 401
      And the answer should be 401

  @RFC7644-2-02 @SHALL
  Rule: A 401 names the authentication schemes in WWW-Authenticate
    Section 2 with RFC 7235, sections 3.1 and 4.1. The scheme by which the run's own credentials are served is one
    of those that have to be named, Bearer for a token, Basic for a password; others may stand beside it. An API key in
    a header and a client certificate have none of their own: any scheme will do.

    Example: without credentials
      Given a user "A"
      When the client without credentials sends each of
        | GET    | /Users/{A.id} |               |
        | POST   | /Users        | a new user    |
        | DELETE | /Users/{A.id} |               |
      Then each 401 names the scheme of the run in the header WWW-Authenticate

    Example: with a wrong token
      Given a user "A"
      When the client with a wrong token sends GET /Users/{A.id}
      Then each 401 names the scheme of the run in the header WWW-Authenticate

    @requires.groups
    Example: at the groups
      Given a group "G"
      When the client without credentials sends each of
        | GET    | /Groups/{G.id} |             |
        | POST   | /Groups        | a new group |
      Then each 401 names the scheme of the run in the header WWW-Authenticate

  @RFC7644-2-03 @IMPLIED @security
  Rule: A wrong token answers 401
    Table 8 of section 3.12: the authorization header is invalid. 403 is for a client that is known.

    Example: reading users
      Given a user "A"
      When the client with a wrong token sends each of
        | GET | /Users        |
        | GET | /Users/{A.id} |
      Then each answer is 401
      And "A" still exists

    @requires.groups
    Example: reading groups
      Given a group "G"
      When the client with a wrong token sends each of
        | GET | /Groups        |
        | GET | /Groups/{G.id} |
      Then each answer is 401

    @requires.search
    Example: searching by POST
      Given a user "A"
      When the client with a wrong token sends POST /Users/.search with a search request as its body
      Then the answer is 401

    Example: creating
      Given a user "A"
      When the client with a wrong token sends POST /Users with a new user as its body
      Then the answer is 401
      And no user is called "{user new}"

    @requires.groups
    Example: creating a group
      Given a group "G"
      When the client with a wrong token sends POST /Groups with a new group as its body
      Then the answer is 401
      And no group is called "{group new}"

    Example: replacing a user
      Given a user "A"
      When the client with a wrong token sends PUT /Users/{A.id} with the user A renamed as its body
      Then the answer is 401
      And "A" is as before

    @requires.groups
    Example: replacing a group
      Given a group "G"
      When the client with a wrong token sends PUT /Groups/{G.id} with the group G renamed as its body
      Then the answer is 401
      And "G" is as before

    @requires.patch
    Example: changing a user
      Given a user "A"
      When the client with a wrong token sends PATCH /Users/{A.id} with a PATCH of displayName as its body
      Then the answer is 401
      And "A" is as before

    @requires.patch @requires.groups
    Example: changing a group
      Given a group "G"
      When the client with a wrong token sends PATCH /Groups/{G.id} with a PATCH of displayName as its body
      Then the answer is 401
      And "G" is as before

    Example: deleting a user
      Given a user "A"
      When the client with a wrong token sends DELETE /Users/{A.id}
      Then the answer is 401
      And "A" still exists

    @requires.groups
    Example: deleting a group
      Given a group "G"
      When the client with a wrong token sends DELETE /Groups/{G.id}
      Then the answer is 401
      And "G" still exists

    @requires.bulk
    Example: a bulk request
      Given a user "A"
      When the client with a wrong token sends POST /Bulk with a bulk request that creates a user as its body
      Then the answer is 401
      And no user is called "{user new}"

  @RFC7644-2-04 @IMPLIED
  Rule: A refusal for missing or wrong credentials is a SCIM error
    Section 3.12 makes no exception for 401 and 403.

    Example: without credentials
      Given a user "A"
      When the client without credentials sends each of
        | GET    | /Users/{A.id} |                    |
        | POST   | /Users        | a new user         |
        | DELETE | /Users/{A.id} |                    |
      Then each answer is a SCIM error

    Example: with a wrong token
      Given a user "A"
      When the client with a wrong token sends GET /Users/{A.id}
      Then the answer is a SCIM error

    @requires.groups
    Example: at the groups
      Given a group "G"
      When the client without credentials sends each of
        | GET    | /Groups/{G.id} |             |
        | POST   | /Groups        | a new group |
      Then each answer is a SCIM error

  @RFC7644-2-05 @IMPLIED
  Rule: The name of the authentication scheme may be written in any case
    RFC 7235 section 2.1, to which section 2 refers.

    Scenario Outline: reading with <what>
      Given a user "A"
      When the client with the Authorization "<authorization>" sends GET /Users/{A.id}
      Then the answer is 200

      Examples:
        | what                     | authorization  |
        | the scheme in lower case | bearer {token} |
        | the scheme in upper case | BEARER {token} |
        | the scheme in mixed case | bEaReR {token} |

    Example: writing with the scheme in lower case
      Given a user "A"
      When the client with the Authorization "bearer {token}" sends PUT /Users/{A.id} with the user A renamed as its body
      Then the answer is a success

  @RFC7644-2-06 @MUST @security @requires.secondClient
  Rule: A client gets no further than its own access policy
    Section 2: every authenticated client is mapped to a policy. One that is known and not entitled is answered 403, or
    404 where a server does not want to tell what there is; 401 would deny that it is known.

    Example: a user of the other client
      Given a user "A"
      And the second client is of another tenant
      When the second client sends each of
        | GET    | /Users/{A.id} |                    |
        | PUT    | /Users/{A.id} | the user A renamed |
        | DELETE | /Users/{A.id} |                    |
      Then each answer is 403 or 404
      And "A" is as before

    Example: its own users are open to it
      Given a user "A"
      When the second client sends GET /Users?count=1
      Then the answer is 200

  @RFC7644-2-07 @IMPLIED @security @unobservable
  Rule: Limited rights hold for every method and endpoint
    It needs a token with limited rights. What such a token may do, and how one is issued, is each provider's own, so
    that no expectation can be derived from the standard. What follows for tenants is judged under section 6.

  @RFC7644-2-08 @IMPLIED @security
  Rule: Credentials that are nearly right are not served
    The whole token is compared, in its case, and the scheme has to be one that the server offers (table 8 of section 3.12).
    One request each: a server may count wrong tokens, and lock out who shows many.

    Scenario Outline: <what>
      Given a user "A"
      When the client with the Authorization "<authorization>" sends GET /Users/{A.id}
      Then the answer is 400 or 401
      And each answer shows nothing of "A"

      Examples:
        | what                             | authorization                  |
        | the token cut short              | Bearer {token cut short}       |
        | the end of the token             | Bearer {token end}             |
        | one character too many           | Bearer {token}x                |
        | one character before it          | Bearer x{token}                |
        | the token in another case        | Bearer {token in another case} |
        | a name and a password            | Basic YWRtaW46YWRtaW4=         |
        | the scheme Basic and the token   | Basic {token}                  |
        | an unknown scheme and the token  | Sduo {token}                   |
        | a scheme that begins with Bearer | BearerX {token}                |

    Scenario Outline: <what>
      Given a user "A"
      When the client with the Authorization "<authorization>" sends GET /Users
      Then the answer is 400 or 401

      Examples:
        | what                | authorization                                                    |
        | an unsigned JWT     | Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZG1pbiJ9. |
        | the token null      | Bearer null                                                      |
        | an injection        | Bearer ' OR '1'='1                                               |

  @RFC7644-2-09 @IMPLIED @security
  Rule: Malformed credentials are refused and do no harm
    RFC 6750 section 3.1 permits 400 beside 401. What matters is that nobody gets in and nothing breaks.

    Scenario Outline: <what>
      Given a user "A"
      When the client with the Authorization "<authorization>" sends GET /Users/{A.id}
      Then the answer is 400 or 401
      And each answer shows nothing of "A"

      Examples:
        | what                            | authorization                        |
        | an empty header                 |                                      |
        | the scheme without a token      | Bearer                               |
        | the token without a scheme      | {token}                              |
        | the scheme and the token in one | Bearer{token}                        |
        | the scheme twice                | Bearer Bearer {token}                |
        | a space within the token        | Bearer {token beginning} {token end} |
        | another word behind the token   | Bearer {token} extra                 |

    Example: a token of 4000 characters
      Given a user "A"
      When the client with the Authorization "Bearer {long 4000}" sends GET /Users
      Then the answer is 400 or 401 or 413 or 431

  @RFC7644-2-10 @IMPLIED @security
  Rule: A refusal for missing or wrong credentials shows no data
    Neither resources nor how many there are.

    Example: without credentials
      Given a user "A" with
        """json
        {"displayName": "Secret {marker}", "externalId": "{marker}"}
        """
      When the client without credentials sends each of
        | GET    | /Users        |
        | GET    | /Users/{A.id} |
        | DELETE | /Users/{A.id} |
      Then each answer shows nothing of "A"

    Example: with a wrong token
      Given a user "A" with
        """json
        {"displayName": "Secret {marker}", "externalId": "{marker}"}
        """
      When the client with a wrong token sends GET /Users/{A.id}
      Then each answer shows nothing of "A"

    @requires.search
    Example: searching by POST
      Given a user "A"
      When the client with a wrong token sends POST /Users/.search with a search request as its body
      Then each answer shows nothing of "A"

    @requires.groups
    Example: groups
      Given a group "G"
      When the client without credentials sends each of
        | GET    | /Groups        |
        | GET    | /Groups/{G.id} |
        | DELETE | /Groups/{G.id} |
      Then each answer shows nothing of "G"

  @RFC7644-2-11 @SHOULD-NOT @security
  Rule: A token in the URL does not authenticate
    RFC 6750 section 2.3 advises against it, because addresses end up in logs; section 7.5.2 says why for SCIM.

    Example: the parameter access_token of RFC 6750
      Given a user "A"
      When the client with the token in the URL sends GET /Users/{A.id}
      Then the answer is 400 or 401

  @RFC7644-2-12 @IMPLIED
  Rule: Discovery is either open to everybody or refuses like everything else
    RFC 7643 section 5 wants the authentication schemes to be readable without authentication; the rest may be.

    Scenario Outline: <path> without credentials
      Given a user "A"
      When the client without credentials sends GET <path>
      Then the answer is 200 or 401 or 404 or 501

      Examples:
        | path                   |
        | /ServiceProviderConfig |
        | /Schemas               |
        | /ResourceTypes         |

    Scenario Outline: <path> with the right token
      Given a user "A"
      When the client sends GET <path>
      Then the answer is 200 or 404 or 501

      Examples:
        | path                   |
        | /ServiceProviderConfig |
        | /Schemas               |
        | /ResourceTypes         |

  @RFC7644-2-13 @IMPLIED
  Rule: An authenticated request is never answered 401
    Table 8 of section 3.12: 401 speaks of the authorization header. Nothing else that is wrong with a request makes
    good credentials bad.

    Example: what does not exist, and what is malformed
      Given a user "A"
      When the client sends each of
        | GET    | /Users/{marker}-unknown |                    |
        | DELETE | /Users/{marker}-unknown |                    |
        | POST   | /Users                  | {"userName": "{user new}" |
        | GET    | /{marker}               |                    |
        | PUT    | /Users/{A.id}           | the user A renamed |
      Then no answer is 401
