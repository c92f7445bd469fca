Feature: Okta connects
  Okta as a SCIM client. How a dialect is built is told at the top of
  entra/1_connect.feature. "OIN" are integrations of Okta's catalogue, which
  activate, deactivate and change groups by PATCH; "AIW" are those that an
  administrator makes himself, which do everything by PUT.
  Source: Okta documentation, "SCIM 2.0 Protocol Reference", unless a Rule
  names another.

  @OKTA-CONNECT-01 @DOCUMENTED
  Rule: Testing the connection asks for two users
    Source: Okta documentation, "SCIM 1.1 Protocol Reference", which shows the requests after saving; logs of SCIM 2.0 show the same.

    Example: the test
      Given the next request has the header "User-Agent" with "Okta SCIM Client 1.0.0"
      When the client sends GET /Users?startIndex=1&count=2
      Then the answer is 200 with a list

  @OKTA-CONNECT-02 @DOCUMENTED @requires.groups
  Rule: Importing groups asks for a hundred of them
    Example: the first page
      Given a group "G"
      And the next request has the header "User-Agent" with "Okta SCIM Client 1.0.0"
      When the client sends GET /Groups?startIndex=1&count=100
      Then the answer is 200 with a list
      And its "Resources" is an array

  @OKTA-CONNECT-03 @DOCUMENTED
  Rule: The numbers of a page are integers
    Exchanged as strings they end the import.

    Example: one of two users
      Given a user "A"
      And a user "B"
      When the client sends GET /Users?startIndex=1&count=1
      Then the answer is 200 with a list
      And its "totalResults" is an integer
      And its "startIndex" is an integer
      And its "itemsPerPage" is an integer

  @OKTA-CONNECT-04 @DOCUMENTED
  Rule: Pages follow each other in one order
    Whatever startIndex and count are, the order of the results is the same.

    Example: three users in pages of two
      Given a stored user "A" with
        """
        {"displayName": "Pat {marker}"}
        """
      And a stored user "B" with
        """
        {"displayName": "Pat {marker}"}
        """
      And a stored user "C" with
        """
        {"displayName": "Pat {marker}"}
        """
      And the client sends GET /Users with the query
        | filter     | displayName eq "Pat {marker}" |
        | startIndex | 1                             |
        | count      | 100                           |
      And exactly "A, B, C" are found
      And "Resources[0].id" of the answer is remembered as "first"
      And "Resources[1].id" of the answer is remembered as "second"
      And "Resources[2].id" of the answer is remembered as "third"
      When the client sends GET /Users with the query
        | filter     | displayName eq "Pat {marker}" |
        | startIndex | 1                             |
        | count      | 2                             |
      Then its "Resources[0].id" is "{first}"
      And its "Resources[1].id" is "{second}"
      When the client sends GET /Users with the query
        | filter     | displayName eq "Pat {marker}" |
        | startIndex | 3                             |
        | count      | 2                             |
      Then its "Resources[0].id" is "{third}"
      And its "Resources" has 1 element

  @OKTA-CONNECT-05 @ASSUMED
  Rule: A wrong token is refused by 401 with a SCIM error
    Source: Okta SCIM 2.0 Spec Test, "Check status 401".

    Example: detail, status and schema
      Given the client sends GET /Users?count=1
      And the answer is 200 with a list
      When the client with a wrong token sends GET /Users?count=1
      Then the answer is 401
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:Error"
      And its "status" is "401"
      And its "detail" is present

  @OKTA-CONNECT-06 @ASSUMED
  Rule: The media type may name its character set
    Source: Okta SCIM 2.0 Spec Test, the headers of its requests.

    Example: a user is created
      Given the next request has the header "Content-Type" with "application/scim+json; charset=utf-8"
      And the next request has the header "Accept" with "application/scim+json; charset=utf-8"
      And the next request has the header "Accept-Charset" with "utf-8"
      When the client creates the user "A"
      Then the answer is 201

  @OKTA-CONNECT-07 @ASSUMED @unobservable
  Rule: A list is answered within 600 milliseconds
    Source: Okta SCIM 2.0 Spec Test, "Verify Groups endpoint". From outside this
    measures the network and the load of the target as well, so that it would be
    a verdict on neither.
