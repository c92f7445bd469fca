Feature: Verify in Duo
  The administrator opens Reports, Activity Log and filters by the application.
  Source: Cisco document 225885, "Verify in DUO", unless a Rule names another.

  @CSA-GUIDE-01 @MUST
  Rule: Played from its first step to its last, the guide ends with the log that it shows
    The five entries of the screenshot: enabled, connected, one user, the group twice.

    @story
    Example: the guide
      Given the directory and the settings of the guide
      When the administrator connects to the application
      And the administrator saves and enables provisioning
      Then every user and group of the settings is in the target
      And the Activity Log tells no failure

  @DUO-LOG-01 @OBSERVED
  Rule: The Activity Log has the columns and the entries of the guide, newest first
    The screenshot "DUO Provisioning Logs".

    Example: the five rows
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the Activity Log shows, newest first
        | Action                              | Actor                               | Actor type    | Affected                             | Affected type      | Application                          | Access device |
        | Group provisioning succeeded        | Automated Provisioning Integration  | System        | DUO - Users                          | Outbound SCIM Sync | Cisco Secure Access - Single Sign-On | —             |
        | Group provisioning succeeded        | Automated Provisioning Integration  | System        | DUO - Users                          | Outbound SCIM Sync | Cisco Secure Access - Single Sign-On | —             |
        | User provisioning succeeded         | Automated Provisioning Integration  | System        | Josue                                | Outbound SCIM Sync | Cisco Secure Access - Single Sign-On | —             |
        | Provisioning successfully connected | Josue Brenes                        | Administrator | Cisco Secure Access - Single Sign-On | Outbound SCIM Sync | Cisco Secure Access - Single Sign-On | —             |
        | Enabled provisioning                | Josue Brenes                        | Administrator | Cisco Secure Access - Single Sign-On | Outbound SCIM Sync | Cisco Secure Access - Single Sign-On | —             |

  @DUO-LOG-02 @OBSERVED
  Rule: The log can be filtered by application
    "Filter based on the name of the Application."

    Example: two applications in one log
      Given another application "Cisco Webex" has written to the log
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then filtered by the application "Cisco Secure Access - Single Sign-On" the log has 5 entries
      And filtered by the application "Cisco Webex" the log has 1 entry

  @DUO-LOG-03 @OBSERVED
  Rule: The log can be searched by actor, application and affected
    The hint in the search field: "Search by actor, application, affected".

    Scenario Outline: <text>
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then searched for "<text>" the log has <number> entries

      Examples:
        | text                   | number |
        | josue brenes           | 2      |
        | automated provisioning | 3      |
        | DUO - Users            | 2      |
        | Cisco Secure Access    | 5      |
        | nobody at all          | 0      |

  @DUO-LOG-04 @OBSERVED
  Rule: The log can be exported
    The button "Export". The formats are not published: CSV and JSON are the simulator's.

    Example: as CSV
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the log exported as CSV has 5 entries

    Example: as JSON
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the log exported as JSON has 5 entries

  @DUO-LOG-05 @DOCUMENTED
  Rule: Entries have the shape of the Admin API's activity log
    Source: duo_client_python and published samples: details are JSON in a string
    or null, ts has microseconds and a numeric offset. The action names of
    provisioning are not published.

    Example: every entry
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then every entry has the shape of the Admin API

  @DUO-LOG-06 @ASSUMED
  Rule: Labels that nobody has seen are marked as assumed
    Four labels are known from screenshots; the others are the simulator's.

    Example: seen and not seen
      Given the deprovisioning behavior is "Deactivate Users"
      And Duo has provisioned "Josue" into the group "DUO - Users"
      When "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then only these labels are not marked as assumed
        | Enabled provisioning                |
        | Provisioning successfully connected |
        | User provisioning succeeded         |
        | Group provisioning succeeded        |
      And the last entry about "Josue" is marked as assumed

  @DUO-LOG-07 @OBSERVED
  Rule: The header of the first column names the time zone
    "Timestamp (CST)" in the screenshot.

    Example: a log in Central Standard Time
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the first column of the log is "Timestamp (CST)" for the zone "America/Costa_Rica"

  @DUO-LOG-08 @ASSUMED
  Rule: A failure says in its details what the target answered
    Behind "View details"; what Duo shows there is not published.

    Example: the target refuses a user
      Given a server that refuses the user "Josue"
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log tells a failure about "Josue"
      And the failure mentions "400"
      And the failure mentions "the user is refused"
