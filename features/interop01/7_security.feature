Feature: SCIM Interoperability Profile, draft 01: 7 Security

  @INTEROP01-7.1-01 @MUST @unobservable
  Rule: Client and server speak over TLS
    It is a condition of the run and not a check in it: the address that is judged is the user's choice, whether it is
    an https one is seen in it, and plain HTTP elsewhere would show to everybody on the way what it contains.

  @INTEROP01-7.1-02 @MUST @requires.https
  Rule: TLS 1.3 is spoken
    The text of the repository says 1.3 from April 2026 on, the one before 1.2.

    Example: a connection that offers nothing older
      When the client opens a connection that offers TLS 1.3 alone
      Then the connection is made

  @INTEROP01-7.1-03 @MAY @unobservable
  Rule: TLS 1.2 may be spoken
    A permission: it has nothing that could be violated.

  @INTEROP01-7.2-01 @SHOULD-NOT
  Rule: HTTP Basic is not used
    The draft does not recommend it.

    Example: no scheme is httpbasic
      When the client sends GET /ServiceProviderConfig
      Then no authentication scheme in it is "httpbasic"
