Feature: Connect
  An administrator integrates a directory in Cisco Secure Access, takes the
  provisioning URL and the token to Duo, and connects the application.
  Source: Cisco document 225885, "Configure Cisco Secure Access" and
  "Configure Provisioning in Cisco DUO", unless a Rule names another.

  @CSA-INTEGRATE-01 @DOCUMENTED @requires.dashboard
  Rule: Integrating a directory with the identity provider Duo yields a provisioning URL and a token
    Configure Cisco Secure Access, steps 4 to 6.

    Example: the directory of the guide
      Given Secure Access has no directory yet
      When the administrator integrates the directory "DUO Integration" with the identity provider "Duo"
      And generates its token
      Then Secure Access shows the provisioning URL and the token

    Example: a directory needs a name
      Given Secure Access has no directory yet
      When the administrator integrates the directory "" with the identity provider "Duo"
      Then Secure Access refuses with "name"

    Example: the identity provider has to be one of the list
      Given Secure Access has no directory yet
      When the administrator integrates the directory "DUO Integration" with the identity provider "Kerberos"
      Then Secure Access refuses with "identity provider"

  @CSA-INTEGRATE-02 @DOCUMENTED @requires.dashboard
  Rule: A token that is generated again replaces the one before
    The token is shown once and can only be renewed. Source: Secure Access help 122271.

    Example: the old token stops working
      Given the application is connected to the target
      When the administrator generates the token again
      Then the old token is refused with 401
      And the new token is served

  @CSA-INTEGRATE-03 @OBSERVED @requires.dashboard
  Rule: The provisioning URL is the same for everyone, the token alone names the directory
    The Base URL in the guide carries no tenant; third-party automation of the
    same flow says the same.

    Example: two directories, one URL
      Given a second directory with a token of its own
      When Duo has provisioned "Josue" into the directory of the guide
      Then both directories have the same provisioning URL
      And the second token finds no user "Josue"

  @CSA-INTEGRATE-04 @DOCUMENTED @requires.dashboard
  Rule: An organization has at most ten directory integrations with identity providers
    Source: Secure Access help 122271.

    Example: the eleventh is refused
      Given ten integrated directories
      When the administrator integrates the directory "Eleven" with the identity provider "Duo"
      Then Secure Access refuses with "10"

  @CSA-AUTH-01 @MUST
  Rule: The target serves whoever shows the token
    Step 5 of the Duo part: the Secret Token is what connects the two. RFC 7644 section 2.

    Example: the users are listed
      When the users are listed with the right token
      Then the answer is 200 with a list

  @CSA-AUTH-02 @MUST
  Rule: The target refuses whoever does not show the token
    RFC 7644 section 2. A target that serves anyone would hand out the directory.

    Example: a wrong token
      Given the users are listed with the right token
      When the users are listed with a wrong token
      Then the answer is 401
      And no user is shown

    Example: no token
      Given the users are listed with the right token
      When the users are listed with no token
      Then the answer is 401
      And no user is shown

  @CSA-CONNECT-01 @MUST
  Rule: Duo can connect to the target with the provisioning URL and the token
    Step 5 of the Duo part: "Connect to Application". What Duo asks is not
    published; the sweep tries every plausible probe.

    Example: the connection is made
      When the administrator connects to the application
      Then Duo says "Successfully connected to the application"

  @CSA-CONNECT-02 @MUST
  Rule: A connection with a wrong token fails
    An administrator who mistyped the token has to learn it here and not from a failed synchronization.

    Example: the token of somebody else
      Given the administrator connects to the application
      When the administrator connects with a wrong token
      Then the connection fails as "wrong token"

  @DUO-CONNECT-01 @OBSERVED
  Rule: Connecting shows the token as a bearer token at the Base URL
    Step 5: the field Token is "the bearer token or API token provided by your application".

    Example: the request on the wire
      When the administrator connects to the application
      Then Duo says "Successfully connected to the application"
      And every request carries the bearer token
      And every request goes below the Base URL

  @DUO-CONNECT-02 @OBSERVED
  Rule: Connecting changes nothing in the application
    The page says that the connection is made first and finished by later steps.

    Example: only reads
      When the administrator connects to the application
      Then Duo says "Successfully connected to the application"
      And Duo has written nothing

  @DUO-CONNECT-03 @DOCUMENTED
  Rule: A failed connection says why, and nothing is provisioned
    Step 5 wants "Successfully connected to the application"; everything else has
    to be told apart so that it can be mended.

    Scenario Outline: <what the server does>
      Given a server that <what the server does>
      When the administrator connects to the application
      Then the connection fails as "<cause>"
      And Duo has written nothing

      Examples:
        | what the server does                  | cause             |
        | refuses the token                     | wrong token       |
        | answers 200 with an error body        | error body        |
        | answers 404 to everything             | wrong URL         |
        | answers 500 to everything             | server error      |
        | answers an HTML page                  | not SCIM          |
        | answers something that is not a list  | not SCIM          |
        | answers with an empty body            | not SCIM          |
        | redirects to another host             | redirected        |
        | answers an error body of 10 MB        | server error      |
        | drops the connection within an answer | connection lost   |
        | is not there                          | unreachable       |
        | never answers                         | timeout           |

  @DUO-CONNECT-04 @DOCUMENTED
  Rule: The token never follows a redirect to another host
    A redirect is an answer that anyone on the way can give; the token is a key to the directory.

    Example: the other host is not asked
      Given a server that redirects to another host
      When the administrator connects to the application
      Then the connection fails as "redirected"
      And the other host has seen no request

  @DUO-CONNECT-05 @OBSERVED
  Rule: Enabling is logged, then the connection is tested again, then users follow
    Verify in DUO, the Activity Log: Enabled provisioning 03:11:51, Provisioning
    successfully connected 03:11:55, the first user 03:11:55.

    Example: in this order
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log shows, oldest first
        | Action                              | Actor                               | Affected                             |
        | Enabled provisioning                | Josue Brenes                        | Cisco Secure Access - Single Sign-On |
        | Provisioning successfully connected | Josue Brenes                        | Cisco Secure Access - Single Sign-On |
        | User provisioning succeeded         | Automated Provisioning Integration  | Josue                                |
        | Group provisioning succeeded        | Automated Provisioning Integration  | DUO - Users                          |
        | Group provisioning succeeded        | Automated Provisioning Integration  | DUO - Users                          |

  @DUO-CONNECT-06 @DOCUMENTED
  Rule: Nothing is sent while provisioning is not enabled
    The badge "Disabled" on the Provisioning tab before Save and enable.

    Example: connected but not enabled
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And the application is connected to the target
      When Duo provisions
      Then Duo has written nothing

    Example: disabled again
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When the administrator disables provisioning
      And the "Last Name" of "Josue" becomes "Changed"
      And Duo provisions
      Then nothing more is written

  @DUO-CONNECT-07 @DOCUMENTED
  Rule: If the connection no longer works when provisioning is enabled, no user is sent
    The connection is tested again on Save and enable; a user sent to a target that
    refuses the token can only fail.

    Example: the token was revoked in between
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And a server that refuses the token
      When the administrator saves and enables provisioning
      Then the connection fails as "wrong token"
      And Duo has written nothing
      And the Activity Log tells a failure about "Cisco Secure Access - Single Sign-On"

  @DUO-CONNECT-08 @DOCUMENTED
  Rule: The token appears in no log entry and no error
    Step 6 of the Secure Access part: the token is saved once; whoever reads a log must not find it.

    Example: after a success
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the token appears nowhere in the Activity Log

    Example: when the server echoes it in an error
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And a server that echoes the token in an error
      When the administrator saves and enables provisioning
      Then the connection fails as "server error"
      And the token appears nowhere in the Activity Log
