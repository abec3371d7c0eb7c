"""Every route with what it answers to every role, to GET and to POST.

HEAD answers like GET, and everything else with 405. A number is the status, ``in`` the way to the sign-in;
302 leads elsewhere. POST is sent with nothing in it: what a form is missing is a 422 or shown again (200), a step
without a version a 409. ``*``: the same for everybody who is signed in.

``own``: the contributor's chamber, a member of the coordinator's umbrella; ``foreign``: a chamber of another.
A ``report`` is released, a ``ready report`` waits for it.
"""

from dataclasses import dataclass

ROLES = ("anonymous", "contributor", "coordinator", "reviewer", "steward", "auditor", "superuser", "left")

TABLE = """
#                                          |                      | anon cont coor revi stew audi supe left
# Public by name
partners:imprint                           | -                    | 200 200 200 200 200 200 200 200 | 405 405 405 405 405 405 405 405
partners:privacy                           | -                    | 200 200 200 200 200 200 200 200 | 405 405 405 405 405 405 405 405
partners:accessibility                     | -                    | 200 200 200 200 200 200 200 200 | 405 405 405 405 405 405 405 405
csp_report                                 | -                    | 405 405 405 405 405 405 405 405 | 415 415 415 415 415 415 415 415
set_language                               | -                    | 302 302 302 302 302 302 302 302 | 302 302 302 302 302 302 302 302
partners:invitation_accept                 | -                    | 404 404 404 404 404 404 404 404 | 404 404 404 404 404 404 404 404
partners:invitation_open                   | unknown              | 404 404 404 404 404 404 404 404 | 405 405 405 405 405 405 405 405

# One's own account
account_login                              | -                    | 200 302*                        | 200 302*
account_logout                             | -                    | 302 200*                        | 302*
partners:signed_out                        | -                    | 200 302*                        | 405*
account_inactive                           | -                    | 200*                            | 405*
account_signup                             | -                    | 200 302*                        | 200 302*
account_reauthenticate                     | -                    | in 200*                         | in 200*
account_email                              | -                    | in 200*                         | in 302*
account_email_verification_sent            | -                    | in 302*                         | in 302*
account_change_password                    | -                    | in 200*                         | in 200*
account_set_password                       | -                    | in 302*                         | in 302*
account_reset_password                     | -                    | 200*                            | 200*
account_confirm_login_code                 | -                    | in 302*                         | in 302*
account_reset_password_from_key_done       | -                    | 200*                            | 405*
account_reset_password_done                | -                    | 200*                            | 405*
mfa_index                                  | -                    | in 200*                         | in 405*
mfa_authenticate                           | -                    | in 302*                         | in 302*
mfa_reauthenticate                         | -                    | in 302*                         | in 302*
mfa_activate_totp                          | -                    | in 302*                         | in 302*
mfa_deactivate_totp                        | -                    | in 404*                         | in 404*
mfa_view_recovery_codes                    | -                    | in 404*                         | in 405*
mfa_generate_recovery_codes                | -                    | in 302*                         | in 302*
mfa_download_recovery_codes                | -                    | in 404*                         | in 404*
usersessions_list                          | -                    | in 200*                         | in 405*
partners:second_factor                     | -                    | in 302*                         | in 405*
partners:session_end                       | unknown              | in 405*                         | in 302*
partners:sessions_end_others               | -                    | in 405*                         | in 302*
mfa_login_webauthn                         | -                    | in 302*                         | in 302*
mfa_list_webauthn                          | -                    | in 200*                         | in 405*
mfa_add_webauthn                           | -                    | in 302*                         | in 302*
mfa_reauthenticate_webauthn                | -                    | in 302*                         | in 302*
mfa_edit_webauthn                          | unknown              | in 302*                         | in 302*
mfa_remove_webauthn                        | unknown              | in 302*                         | in 302*
account_reset_password_from_key            | unknown              | 200*                            | 200*

# Partners
partners:security_event_list                | -                    | in 403 403 403 403 200 403 403  | in 405 405 405 405 405 405 405
partners:list_transfers                    | -                    | in 403 403 403 200 200 200 403  | in 405 405 405 405 405 405 405
partners:list_transfer                     | unknown              | in 404 404 404 404 404 404 404  | in 405 405 405 405 405 405 405
partners:list_transfer_file                | unknown              | in 404 404 404 404 404 404 404  | in 405 405 405 405 405 405 405
partners:list_transfer_confirm             | unknown              | in 405 405 405 405 405 405 405  | in 404 404 404 404 404 404 404
partners:list_transfer_discard             | unknown              | in 405 405 405 405 405 405 405  | in 404 404 404 404 404 404 404
partners:organisation_list                 | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
partners:organisation_detail               | own organisation     | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
partners:organisation_detail               | foreign organisation | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
partners:invitation_create                 | own organisation     | in 403 200 403 200 403 200 403  | in 403 422 403 422 403 422 403
partners:invitation_create                 | foreign organisation | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
partners:invitation_revoke                 | own invitation       | in 405 405 405 405 405 405 405  | in 404 302 404 302 404 302 404
partners:invitation_revoke                 | foreign invitation   | in 405 405 405 405 405 405 405  | in 404 404 404 302 404 302 404

partners:factor_reset_list                 | -                    | in 403 403 403 200 403 200 403  | in 405 405 405 405 405 405 405
partners:factor_reset_request              | -                    | in 403 403 403 302 403 302 403  | in 403 403 403 302 403 302 403
partners:factor_reset_confirm              | own reset            | in 405 405 405 405 405 405 405  | in 403 403 403 302 403 302 403
partners:factor_reset_confirm              | foreign reset        | in 405 405 405 405 405 405 405  | in 403 403 403 302 403 302 403
partners:factor_reset_withdraw             | own reset            | in 405 405 405 405 405 405 405  | in 403 403 403 302 403 302 403
partners:factor_reset_withdraw             | foreign reset        | in 405 405 405 405 405 405 405  | in 403 403 403 302 403 302 403

# Measures and imports
measures:measure_list                      | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:import_list                       | -                    | in 200 200 200 200 200 200 200  | in 422 422 403 422 403 422 403
measures:import_own_workbook               | own draft            | in 200 200 404 200 404 200 404  | in 405 405 405 405 405 405 405
measures:import_profiles                   | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:import_aliases                    | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:import_detail                     | own waiting          | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:import_detail                     | foreign waiting      | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:import_mapping                    | own waiting          | in 200 200 403 200 403 200 404  | in 200 200 403 200 403 200 404
measures:import_mapping                    | foreign waiting      | in 404 404 403 200 403 200 404  | in 404 404 403 200 403 200 404
measures:import_forget                     | own waiting          | in 405 405 405 405 405 405 405  | in 302 302 403 302 403 302 404
measures:import_forget                     | foreign waiting      | in 405 405 405 405 405 405 405  | in 404 404 403 302 403 302 404
measures:import_apply                      | own waiting          | in 405 405 405 405 405 405 405  | in 422 422 403 422 403 422 404
measures:import_apply                      | foreign waiting      | in 405 405 405 405 405 405 405  | in 404 404 403 422 403 422 404
measures:import_cancel                     | own waiting          | in 405 405 405 405 405 405 405  | in 302 302 403 302 403 302 404
measures:import_cancel                     | foreign waiting      | in 405 405 405 405 405 405 405  | in 404 404 403 302 403 302 404
measures:import_resume                     | own waiting          | in 405 405 405 405 405 405 405  | in 302 302 403 302 403 302 404
measures:import_resume                     | foreign waiting      | in 405 405 405 405 405 405 405  | in 404 404 403 302 403 302 404
measures:import_explain                    | own waiting          | in 200 200 403 200 403 200 404  | in 200 200 403 200 403 200 404
measures:import_explain                    | foreign waiting      | in 404 404 403 200 403 200 404  | in 404 404 403 200 403 200 404
measures:import_row                        | own waiting          | in 200 200 403 200 403 200 404  | in 200 200 403 200 403 200 404
measures:import_row                        | foreign waiting      | in 404 404 403 200 403 200 404  | in 404 404 403 200 403 200 404
measures:import_apply_corrected            | own waiting          | in 405 405 405 405 405 405 405  | in 302 302 403 302 403 302 404
measures:import_apply_corrected            | foreign waiting      | in 405 405 405 405 405 405 405  | in 404 404 403 302 403 302 404
measures:import_discard                    | own waiting          | in 200 200 403 200 403 200 404  | in 302 302 403 302 403 302 404
measures:import_discard                    | foreign waiting      | in 404 404 403 200 403 200 404  | in 404 404 403 302 403 302 404
measures:import_file                       | own waiting          | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:import_file                       | foreign waiting      | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:import_marked                     | own waiting          | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:import_marked                     | foreign waiting      | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:import_report                     | own waiting          | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:import_report                     | foreign waiting      | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:import_undo                       | own applied          | in 200 200 403 200 403 200 404  | in 200 200 403 200 403 200 404
measures:import_undo                       | foreign applied      | in 404 404 403 200 403 200 404  | in 404 404 403 200 403 200 404
measures:import_profile_delete             | own profile          | in 405 405 405 405 405 405 405  | in 302 302 403 302 403 302 404
measures:import_profile_delete             | foreign profile      | in 405 405 405 405 405 405 405  | in 404 404 403 302 403 302 404
measures:import_alias_delete               | own alias            | in 405 405 405 405 405 405 405  | in 302 302 403 302 403 302 404
measures:import_alias_delete               | foreign alias        | in 405 405 405 405 405 405 405  | in 404 404 403 302 403 302 404
measures:measure_detail                    | measure              | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405

# Recording and review
measures:submission_list                   | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:submission_extend                 | own draft            | in 403 403 403 200 403 200 404  | in 403 403 403 422 403 422 404
measures:submission_extend                 | foreign draft        | in 404 404 403 200 403 200 404  | in 404 404 403 422 403 422 404
measures:review_list                       | -                    | in 403 200 200 200 200 200 403  | in 405 405 405 405 405 405 405
measures:review_missing                    | -                    | in 403 200 200 200 200 200 403  | in 405 405 405 405 405 405 405
measures:review_selection                  | -                    | in 405 405 405 405 405 405 405  | in 403 403 302 403 403 403 403
measures:review_batch_create               | -                    | in 405 405 405 405 405 405 405  | in 403 403 302 403 403 403 403
measures:review_batch                      | own batch            | in 404 404 200 200 200 200 404  | in 404 404 302 403 403 403 404
measures:review_batch                      | foreign batch        | in 404 404 200 200 200 200 404  | in 404 404 302 403 403 403 404
measures:submission_detail                 | own draft            | in 200 200 200 200 200 200 404  | in 302 302 403 302 403 302 404
measures:submission_detail                 | foreign draft        | in 404 404 200 200 200 200 404  | in 404 404 403 302 403 302 404
measures:submission_cell                   | own draft            | in 405 405 405 405 405 405 405  | in 200 200 403 200 403 200 404
measures:submission_cell                   | foreign draft        | in 405 405 405 405 405 405 405  | in 404 404 403 200 403 200 404
measures:submission_own_workbook           | own draft            | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:submission_own_workbook           | foreign draft        | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:submission_submit                 | own draft            | in 200 403 403 200 403 200 404  | in 409 403 403 409 403 409 404
measures:submission_submit                 | foreign draft        | in 404 404 403 200 403 200 404  | in 404 404 403 409 403 409 404
measures:submission_breakdown              | own draft            | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:submission_breakdown              | foreign draft        | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:submission_history                | own draft            | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:submission_history                | foreign draft        | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:submission_correct                | own approved         | in 200 403 200 200 403 200 404  | in 409 403 409 409 403 409 404
measures:submission_correct                | foreign approved     | in 404 404 200 200 403 200 404  | in 404 404 409 409 403 409 404
measures:review_detail                     | own submitted        | in 403 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:review_detail                     | foreign submitted    | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:submission_approve                | own submitted        | in 403 403 200 403 403 403 404  | in 403 403 409 403 403 403 404
measures:submission_approve                | foreign submitted    | in 404 404 200 403 403 403 404  | in 404 404 409 403 403 403 404
measures:submission_endorse                | own submitted        | in 405 405 405 405 405 405 405  | in 403 409 403 403 403 403 404
measures:submission_endorse                | foreign submitted    | in 405 405 405 405 405 405 405  | in 404 404 403 403 403 403 404
measures:submission_send_back              | own submitted        | in 405 405 405 405 405 405 405  | in 403 409 409 403 403 403 404
measures:submission_send_back              | foreign submitted    | in 405 405 405 405 405 405 405  | in 404 404 409 403 403 403 404
measures:submission_begin_review           | own submitted        | in 405 405 405 405 405 405 405  | in 403 409 409 403 403 403 404
measures:submission_begin_review           | foreign submitted    | in 405 405 405 405 405 405 405  | in 404 404 409 403 403 403 404
measures:submission_withdraw               | own submitted        | in 405 405 405 405 405 405 405  | in 409 403 403 409 403 409 404
measures:submission_withdraw               | foreign submitted    | in 405 405 405 405 405 405 405  | in 404 404 403 409 403 409 404
measures:submission_ask_back               | own submitted        | in 405 405 405 405 405 405 405  | in 409 403 403 409 403 409 404
measures:submission_ask_back               | foreign submitted    | in 405 405 405 405 405 405 405  | in 404 404 403 409 403 409 404
measures:submission_withdraw_correction    | own draft            | in 405 405 405 405 405 405 405  | in 409 403 409 409 403 409 404
measures:submission_withdraw_correction    | foreign draft        | in 405 405 405 405 405 405 405  | in 404 404 409 409 403 409 404
measures:submission_discussion             | own draft            | in 200 200 200 200 200 200 404  | in 422 422 422 422 403 422 404
measures:submission_discussion             | foreign draft        | in 404 404 200 200 200 200 404  | in 404 404 422 422 403 422 404
measures:submission_attachment             | own comment          | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:submission_attachment             | foreign comment      | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:mark_answer                       | own mark             | in 200 200 403 200 403 200 404  | in 422 422 403 422 403 422 404
measures:mark_answer                       | foreign mark         | in 404 404 403 200 403 200 404  | in 404 404 403 422 403 422 404

# Rounds
measures:round_list                        | -                    | in 403 403 403 200 200 200 403  | in 405 405 405 405 405 405 405
measures:round_create                      | -                    | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:round_detail                      | round                | in 403 403 403 200 200 200 403  | in 405 405 405 405 405 405 405
measures:round_change                      | round                | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:round_close                       | round                | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:round_reopen                      | closed round         | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403

# Dashboards and reports
reporting:dashboard                        | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:attainment_svg                   | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:attainment_csv                   | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:report_list                      | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:report_request                   | -                    | in 405 405 405 405 405 405 405  | in 403 403 302 403 403 403 403
reporting:trail                            | own indicator        | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:figure                           | own figure           | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:figure                           | foreign figure       | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:report_detail                    | report               | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:report_progress                  | report               | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:document                         | report               | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:report_release                   | report               | in 405 405 405 405 405 405 405  | in 403 403 409 403 403 403 403
reporting:report_detail                    | ready report         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:report_progress                  | ready report         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:document                         | ready report         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:report_trail                     | ready report         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:report_release                   | ready report         | in 405 405 405 405 405 405 405  | in 404 404 409 403 403 403 404
reporting:report_trail                     | report               | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
"""

ADMINISTRATION = """
#                                          |                      | anon cont coor revi stew audi supe left
admin:index                                | -                    | in 403 403 403 200 200 200 403  | in 403 403 403 200 200 200 403
admin:partners_organisation_changelist     | -                    | in 403 403 403 200 200 200 403  | in 403 403 403 200 200 200 403
admin:partners_organisation_add            | -                    | in 403 403 403 200 403 200 403  | in 403 403 403 200 403 200 403
admin:partners_organisation_change         | own object           | in 403 403 403 200 200 200 403  | in 403 403 403 200 403 200 403
admin:partners_organisation_history        | own object           | in 403 403 403 200 200 200 403  | in 403 403 403 200 200 200 403
admin:partners_organisation_delete         | own object           | in 403 403 403 200 403 200 403  | in 403 403 403 200 403 200 403
admin:partners_organisation_import         | -                    | in 403 403 403 200 403 200 403  | in 403 403 403 200 403 200 403
admin:partners_organisation_process_import | -                    | in 403 403 403 405 405 405 403  | in 403 403 403 200 403 200 403
admin:partners_organisation_export         | -                    | in 403 403 403 200 200 200 403  | in 403 403 403 200 200 200 403
"""
"""The kinds of pages of the administration, by the example of organisations; all others refuse the same people."""


@dataclass(frozen=True)
class Row:
    route: str
    thing: str
    get: tuple[str, ...]
    post: tuple[str, ...]
    is_alike: bool = False

    def expected(self, method: str, role: str) -> str:
        return (self.post if method == "POST" else self.get)[ROLES.index(role)]


def read(table: str) -> list[Row]:
    rows = []
    for line in table.strip().splitlines():
        if line and not line.startswith("#"):
            route, thing, get, post = (part.strip() for part in line.split("|"))
            rows.append(Row(route, thing, _answers(get), _answers(post), is_alike="*" in get))
    return rows


def _answers(text: str) -> tuple[str, ...]:
    """An answer for each role; one with a star goes for the rest."""
    known = [each.rstrip("*") for each in text.split()]
    answers = (*known, *known[-1:] * (len(ROLES) - len(known)))
    assert "*" in text or len(known) == len(ROLES), text
    return answers
