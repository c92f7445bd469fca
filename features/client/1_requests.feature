Feature: Requests of a client
  What every request has to be, whatever the client wants.

  @CLIENT-MEDIA-01 @IMPLIED
  Rule: A body is declared as SCIM or JSON in UTF-8
    SCIM's own type is application/scim+json; endpoints should take application/json as well.
    Source: RFC 7644 sections 3.8 and 8.1.

    Example: every body
      When the client sends bodies
      Then each is declared as application/scim+json or application/json in UTF-8

  @CLIENT-MEDIA-02 @IMPLIED
  Rule: A body is one JSON object
    Source: RFC 7644 section 3.8.

    Example: every body
      When the client sends bodies
      Then each is one JSON object

  @CLIENT-MEDIA-03 @IMPLIED
  Rule: A client accepts answers in SCIM's media type or in JSON
    An endpoint may answer 406 otherwise. No Accept header accepts everything.
    Source: RFC 7644 section 3.8, RFC 9110 section 12.5.1.

    Example: every Accept header
      When the client sends Accept headers
      Then each lets application/scim+json or application/json through

  @CLIENT-MEDIA-04 @SHOULD-NOT
  Rule: Reading and deleting have no body
    Such a body has no meaning, and servers on the way may refuse it.
    Source: RFC 9110 sections 9.3.1 and 9.3.5.

    Example: every GET and DELETE
      When the client sends reads and deletions
      Then none has a body

  @CLIENT-URL-01 @MUST
  Rule: Addresses are percent-encoded
    A space, a quote or a letter beyond ASCII that stands in an address as it is makes it no URL.
    Source: RFC 7644 section 1.1, RFC 3986 section 2.1.

    Example: every address
      When the client sends anything
      Then each has a percent-encoded address

  @CLIENT-URL-02 @IMPLIED
  Rule: An id is one segment of the path, whatever its characters
    The id is the endpoint's own and opaque: it may have a slash, a question mark or a per cent sign.
    Source: RFC 7644 section 1.1, RFC 7643 section 3.1.

    Example: an id with characters that separate
      When the client is asked to change a user whose id has to be escaped
      Then each addresses something by an id of the target
      And the display name of "Zoë" is "Zoë Oh"

  @CLIENT-URL-03 @IMPLIED
  Rule: Requests go to the endpoints below the base URL
    Nothing tells the token's owner what listens beside it.
    Source: RFC 7644 sections 1.3 and 3.2.

    Example: every request
      When the client sends requests
      Then each goes to an endpoint of the standard below the base URL

  @CLIENT-TOKEN-01 @IMPLIED @security
  Rule: A request has its bearer token in the Authorization header
    The service provider configuration alone may be read without.
    Source: RFC 6750 section 2.1, RFC 7644 section 2.

    Example: every request
      When the client sends requests
      Then each but for the service provider configuration has a bearer token in its Authorization header

  @CLIENT-TOKEN-02 @SHOULD-NOT @security
  Rule: The token is in no address
    Addresses are written into logs on the way.
    Source: RFC 6750 sections 2.3 and 5.3.

    Example: every request
      When the client sends requests
      Then none has the token in its address

  @CLIENT-TOKEN-03 @MUST-NOT @security
  Rule: A request has the token in one place only
    Source: RFC 6750 section 2.

    Example: every request
      When the client sends requests
      Then none has the token in two places

  @CLIENT-TOKEN-04 @MUST @security
  Rule: The token reaches no other host
    An endpoint that redirects elsewhere, or whoever sits on the way, would get it otherwise.
    Source: RFC 6750 section 5.3.

    Example: a redirect to another host
      When the client is asked to change a display name and meet a redirect to another host
      Then it meets a redirect to another host
      And no request with the token reaches the other host

  @CLIENT-TLS-01 @MUST @security
  Rule: The token goes over TLS 1.2 or later
    Source: RFC 6750 section 5.3, RFC 7644 sections 7.2 and 7.4.

    Example: an endpoint with an https address
      Given an https address
      When the client sends anything
      Then each came over TLS 1.2 or later

  @CLIENT-TLS-02 @MUST @security
  Rule: A client checks whose certificate it is shown
    Source: RFC 7644 section 7.2, RFC 6750 section 5.3.

    Example: a certificate for another name, which no authority has signed
      When the client is asked to change a display name and meet the certificate of somebody else
      Then no request comes over a connection with that certificate
