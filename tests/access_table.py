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
pages:imprint                           | -                    | 200 200 200 200 200 200 200 200 | 405 405 405 405 405 405 405 405
pages:privacy                           | -                    | 200 200 200 200 200 200 200 200 | 405 405 405 405 405 405 405 405
pages:accessibility                     | -                    | 200 200 200 200 200 200 200 200 | 405 405 405 405 405 405 405 405
pages:about                                | -                    | 200 200*                        | 405*
pages:easy                                 | -                    | 200 200*                        | 405*
pages:barrier_report                       | -                    | 200 200*                        | 422 422*
public:home                                | -                    | 200 200*                        | 405*
public:reports                             | -                    | 200 200*                        | 405*
public:report_latest                       | release              | 200 200*                        | 405*
public:report                              | release              | 200 200*                        | 405*
public:document                            | release              | 200 200*                        | 405*
public:manifest                            | release              | 200 200*                        | 405*
public:signature                           | release              | 200 200*                        | 405*
public:feed                                | -                    | 200 200*                        | 405*
public:figure                              | release              | 200 302*                        | 405*
public:figure_of_part                      | release              | 200 302*                        | 405*
public:figure_of_two_parts                 | release              | 404 404*                        | 405*
public:data                                | -                    | 200 200*                        | 405*
public:data_set                            | release              | 200 200*                        | 405*
public:data_csv                            | release              | 200 200*                        | 405*
public:catalogue                           | -                    | 200 200*                        | 405*
public:search                              | -                    | 200 200*                        | 405*
public:verify                              | -                    | 200 200*                        | 422 422*
public:keys                                | -                    | 200 200*                        | 405*
sitemap                                    | -                    | 200 200*                        | 405*
robots                                     | -                    | 200 200*                        | 405*
csp_report                                 | -                    | 405 405 405 405 405 405 405 405 | 415 415 415 415 415 415 415 415
set_language                               | -                    | 302 302 302 302 302 302 302 302 | 302 302 302 302 302 302 302 302
partners:invitation_accept                 | -                    | 404 404 404 404 404 404 404 404 | 404 404 404 404 404 404 404 404
partners:notice_unsubscribe                | unknown              | 404 404 404 404 404 404 404 404 | 404 404 404 404 404 404 404 404
partners:invitation_open                   | unknown              | 404 404 404 404 404 404 404 404 | 405 405 405 405 405 405 405 405

# The public texts
partners:page_text_list                    | -                    | in 403 403 403 200 403 200 403  | in 405 405 405 405 405 405 405
partners:page_text_change                  | text                 | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403

# One's own account
account_login                              | -                    | 200 302*                        | 200 302*
openid_connect_login                       | unknown              | in in*                          | 404 404*
openid_connect_callback                    | unknown              | 404 404*                        | 404 404*
account_logout                             | -                    | 302 200*                        | 302*
partners:signed_out                        | -                    | 200 302*                        | 405*
account_inactive                           | -                    | 200*                            | 405*
account_signup                             | -                    | 200 302*                        | 200 302*
account_reauthenticate                     | -                    | in 200*                         | in 200*
account_request_reauthentication_code      | -                    | in 403*                         | in 403*
account_confirm_reauthentication_code      | -                    | in 403*                         | in 403*
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
measures:hand_over                         | own person           | in 403 200 403 200 403 200 403  | in 403 422 403 422 403 422 403
measures:hand_over                         | foreign person       | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
partners:impersonation_begin               | own viewed           | in 403 403 403 302 403 302 403  | in 403 403 403 302 403 302 403
partners:impersonation_begin               | foreign viewed       | in 403 403 403 302 403 302 403  | in 403 403 403 302 403 302 403
partners:impersonation_end                 | -                    | in 405 405 405 405 405 405 405  | in 302 302 302 302 302 302 302
partners:list_transfers                    | -                    | in 403 403 403 200 200 200 403  | in 405 405 405 405 405 405 405
partners:list_transfer                     | unknown              | in 404 404 404 404 404 404 404  | in 405 405 405 405 405 405 405
partners:list_transfer_file                | unknown              | in 404 404 404 404 404 404 404  | in 405 405 405 405 405 405 405
partners:list_transfer_confirm             | unknown              | in 405 405 405 405 405 405 405  | in 404 404 404 404 404 404 404
partners:list_transfer_discard             | unknown              | in 405 405 405 405 405 405 405  | in 404 404 404 404 404 404 404
partners:organisation_choose               | -                    | in 405 405 405 405 405 405 405  | in 302 302 302 302 302 302 302
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

# The history
measures:history_search                    | -                    | in 404 404 404 200 200 200 404  | in 405 405 405 405 405 405 405
measures:history_export                    | -                    | in 404 404 404 200 200 200 404  | in 405 405 405 405 405 405 405
measures:cell_history                      | own cell             | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:cell_history                      | foreign cell         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
partners:notice_list                       | -                    | in 200*                         | in 405*
partners:notices_read                      | -                    | in 405*                         | in 302*
partners:notice_preferences                | -                    | in 200*                         | in 422*
partners:notice_open                       | unknown              | in 405*                         | in 404*
partners:bounce_list                       | -                    | in 403 403 403 200 403 200 403  | in 405 405 405 405 405 405 405
partners:bounce_forget                     | unknown              | in 405 405 405 405 405 405 405  | in 403 403 403 404 403 404 403

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
measures:review_missing_csv                | -                    | in 403 200 200 200 200 200 403  | in 405 405 405 405 405 405 405
measures:review_missing_xlsx               | -                    | in 403 200 200 200 200 200 403  | in 405 405 405 405 405 405 405
measures:review_remind                     | -                    | in 403 302 403 302 403 302 403  | in 403 302 403 302 403 302 403
measures:review_selection                  | -                    | in 405 405 405 405 405 405 405  | in 403 403 302 403 403 403 403
measures:review_batch_create               | -                    | in 405 405 405 405 405 405 405  | in 403 403 302 403 403 403 403
measures:review_batch                      | own batch            | in 404 404 200 200 200 200 404  | in 404 404 302 403 403 403 404
measures:review_batch                      | foreign batch        | in 404 404 200 200 200 200 404  | in 404 404 302 403 403 403 404
measures:submission_detail                 | own draft            | in 200 200 200 200 200 200 404  | in 302 302 403 302 403 302 404
measures:submission_detail                 | foreign draft        | in 404 404 200 200 200 200 404  | in 404 404 403 302 403 302 404
measures:submission_cell                   | own draft            | in 405 405 405 405 405 405 405  | in 200 200 403 200 403 200 404
measures:submission_cell                   | foreign draft        | in 405 405 405 405 405 405 405  | in 404 404 403 200 403 200 404
measures:submission_paste                  | own draft            | in 405 405 405 405 405 405 405  | in 422 422 403 422 403 422 404
measures:submission_paste                  | foreign draft        | in 405 405 405 405 405 405 405  | in 404 404 403 422 403 422 404
measures:submission_occupations            | own item             | in 200 200 200 200 200 200 404  | in 302 302 403 302 403 302 404
measures:submission_occupations            | foreign item         | in 404 404 200 200 200 200 404  | in 404 404 403 302 403 302 404
measures:submission_occupation_cell        | own item             | in 405 405 405 405 405 405 405  | in 200 200 403 200 403 200 404
measures:submission_occupation_cell        | foreign item         | in 405 405 405 405 405 405 405  | in 404 404 403 200 403 200 404
measures:submission_occupation_paste       | own item             | in 405 405 405 405 405 405 405  | in 422 422 403 422 403 422 404
measures:submission_occupation_paste       | foreign item         | in 405 405 405 405 405 405 405  | in 404 404 403 422 403 422 404
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

measures:submission_explain                | own draft            | in 200 200 403 200 403 200 404  | in 302 302 403 302 403 302 404
measures:submission_explain                | foreign draft        | in 404 404 403 200 403 200 404  | in 404 404 403 302 403 302 404
measures:explanation_judge                 | own explanation      | in 403 200 200 403 403 403 404  | in 403 422 422 403 403 403 404
measures:explanation_judge                 | foreign explanation  | in 404 404 200 403 403 403 404  | in 404 404 422 403 403 403 404

# Plausibility checks
measures:check_list                        | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:check_create                      | -                    | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:check_detail                      | check                | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:check_change                      | check                | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:check_trial                       | check                | in 403 403 200 200 200 200 403  | in 405 405 405 405 405 405 405
measures:check_activate                    | check                | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:check_end                         | check                | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:check_waive                       | check                | in 403 403 200 200 403 200 403  | in 403 403 422 422 403 422 403
measures:waiver_end                        | own waiver           | in 403 403 200 200 403 200 403  | in 403 403 422 422 403 422 403
measures:waiver_end                        | foreign waiver       | in 403 403 200 200 403 200 403  | in 403 403 422 422 403 422 403

# Rounds
measures:round_list                        | -                    | in 403 403 403 200 200 200 403  | in 405 405 405 405 405 405 405
measures:round_create                      | -                    | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:round_detail                      | round                | in 403 403 403 200 200 200 403  | in 405 405 405 405 405 405 405
measures:round_change                      | round                | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:round_close                       | round                | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:round_reopen                      | closed round         | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403

# Meetings and commitments
measures:meeting_list                      | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:meeting_create                    | -                    | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:meeting_detail                    | own meeting          | in 200 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:meeting_detail                    | foreign meeting      | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:meeting_change                    | own meeting          | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:meeting_change                    | foreign meeting      | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:resolution_create                 | own meeting          | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:resolution_create                 | foreign meeting      | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:resolution_list                   | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:resolution_csv                    | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
measures:resolution_detail                 | own resolution       | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:resolution_detail                 | foreign resolution   | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:resolution_change                 | own resolution       | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:resolution_change                 | foreign resolution   | in 403 403 403 200 403 200 403  | in 403 403 403 422 403 422 403
measures:commitment_detail                 | own commitment       | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:commitment_detail                 | foreign commitment   | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
measures:commitment_report                 | own commitment       | in 405 405 405 405 405 405 405  | in 422 403 403 403 403 403 404
measures:commitment_report                 | foreign commitment   | in 405 405 405 405 405 405 405  | in 404 404 403 403 403 403 404
measures:commitment_decide                 | own commitment       | in 405 405 405 405 405 405 405  | in 403 403 403 422 403 422 404
measures:commitment_decide                 | foreign commitment   | in 405 405 405 405 405 405 405  | in 404 404 403 422 403 422 404
measures:calendar                          | -                    | in 200*                         | in 200*
measures:calendar_revoke                   | -                    | in 405*                         | in 302*
measures:calendar_file                     | unknown              | 404 404 404 404 404 404 404 404 | 405 405 405 405 405 405 405 405

# Dashboards and reports
reporting:start                            | -                    | 302 200 200 200 200 200 200 200 | 405 405 405 405 405 405 405 405
reporting:dashboard                        | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:view_list                        | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:saved_view_list                  | -                    | in 200*                         | in 405*
reporting:saved_view_create                | view                 | in 405*                         | in 302*
reporting:saved_view_change                | unknown              | in 405*                         | in 404*
reporting:saved_view_delete                | unknown              | in 405*                         | in 404*
reporting:view                             | view                 | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:attainment_svg                   | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:attainment_csv                   | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:report_list                      | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:report_request                   | -                    | in 405 405 405 405 405 405 405  | in 403 422 422 403 403 403 403
reporting:narrative_list                   | -                    | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:narrative_ask                    | -                    | in 403 403 200 403 403 403 403  | in 403 403 422 403 403 403 403
reporting:narrative_detail                 | own text             | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:narrative_detail                 | foreign text         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:narrative_write                  | own text             | in 405 405 405 405 405 405 405  | in 422 422 403 403 403 403 404
reporting:narrative_write                  | foreign text         | in 405 405 405 405 405 405 405  | in 404 404 403 403 403 403 404
reporting:narrative_decide                 | own text             | in 405 405 405 405 405 405 405  | in 403 403 422 403 403 403 404
reporting:narrative_decide                 | foreign text         | in 405 405 405 405 405 405 405  | in 404 404 422 403 403 403 404
reporting:market_quantity                  | quantity             | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:trail                            | own indicator        | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:figure                           | own figure           | in 200 200 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:figure                           | foreign figure       | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:report_detail                    | report               | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:report_progress                  | report               | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:document                         | report               | in 200 200 200 200 200 200 200  | in 405 405 405 405 405 405 405
reporting:schedule_list                    | -                    | in 403 200 200 200 200 200 403  | in 403 422 422 403 403 403 403
reporting:schedule_stop                    | unknown              | in 405*                         | in 404*
reporting:document_repeat                  | report               | in 405 405 405 405 405 405 405  | in 403 403 302 403 403 403 403
reporting:warning_accept                   | ready report         | in 405 405 405 405 405 405 405  | in 404 404 422 403 403 403 404
reporting:preview_invite                   | ready report         | in 405 405 405 405 405 405 405  | in 404 404 422 403 403 403 404
reporting:preview                          | unknown              | 404 404 404 404 404 404 404 404 | 404 404 404 404 404 404 404 404
reporting:preview_read                     | unknown              | 404 404 404 404 404 404 404 404 | 405 405 405 405 405 405 405 405
reporting:preview_document                 | unknown              | 404 404 404 404 404 404 404 404 | 405 405 405 405 405 405 405 405
public:subscription                        | -                    | 200 200 200 200 200 200 200 200 | 422 422 422 422 422 422 422 422
public:subscription_confirm                | unknown              | 404 404 404 404 404 404 404 404 | 404 404 404 404 404 404 404 404
public:subscription_end                    | unknown              | 404 404 404 404 404 404 404 404 | 404 404 404 404 404 404 404 404
reporting:document_repeat                  | ready report         | in 405 405 405 405 405 405 405  | in 404 404 302 403 403 403 404
reporting:report_release                   | report               | in 403 403 200 403 403 403 403  | in 403 403 409 403 403 403 403
reporting:warning_accept                   | report               | in 405 405 405 405 405 405 405  | in 403 403 422 403 403 403 403
reporting:publication_cancel               | report               | in 405 405 405 405 405 405 405  | in 403 403 302 403 403 403 403
reporting:report_verify                    | report               | in 405 405 405 405 405 405 405  | in 403 403 302 403 403 403 403
reporting:report_withdraw                  | report               | in 405 405 405 405 405 405 405  | in 403 403 422 403 403 403 403
reporting:report_correct                   | report               | in 405 405 405 405 405 405 405  | in 403 403 422 403 403 403 403
reporting:preview_invite                   | report               | in 405 405 405 405 405 405 405  | in 403 403 422 403 403 403 403
reporting:preview_revoke                   | report               | in 405 405 405 405 405 405 405  | in 403 403 404 403 403 403 403
reporting:report_detail                    | ready report         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:report_progress                  | ready report         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:document                         | ready report         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:report_trail                     | ready report         | in 404 404 200 200 200 200 404  | in 405 405 405 405 405 405 405
reporting:report_release                   | ready report         | in 404 404 200 403 403 403 404  | in 404 404 409 403 403 403 404
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
