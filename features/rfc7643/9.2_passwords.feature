@security
Feature: RFC 7643, 9.2 Passwords and other sensitive security data

  @RFC7643-9.2-01 @MUST-NOT @unobservable
  Rule: Passwords are not stored in clear text
    Section 9.2. How a server stores them cannot be seen from outside; that it shows none is a rule of section 4.1.1.
