/* amends-codes-data.c: the code lists, written by data/make-codes.py from data/codes.ini
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/amends-codes.h"

/* clang-format off */

static const AmendsCode kind[] = {
  { "complaint", NC_ ("kind", "Complaint"), TRUE, FALSE },
  { "service-request", NC_ ("kind", "Service request"), TRUE, FALSE },
  { "enquiry", NC_ ("kind", "Enquiry"), TRUE, FALSE },
  { "informal", NC_ ("kind", "Informal complaint"), TRUE, FALSE },
  { "compliment", NC_ ("kind", "Compliment"), TRUE, FALSE },
  { "not-pursued", NC_ ("kind", "Complaint not pursued"), FALSE, FALSE },
  { "policy-feedback", NC_ ("kind", "Feedback on a policy"), FALSE, FALSE },
  { "escalation-request", NC_ ("kind", "Escalation request"), FALSE, FALSE },
  { "elected-member-enquiry", NC_ ("kind", "Enquiry from an elected member"), FALSE, FALSE },
  { "data-protection-complaint", NC_ ("kind", "Data protection complaint"), FALSE, FALSE },
  { "external-body-contact", NC_ ("kind", "Contact from an external body"), FALSE, FALSE },
  { "safeguarding", NC_ ("kind", "Safeguarding concern"), FALSE, FALSE },
};

static const AmendsCode channel[] = {
  { "in-person", NC_ ("channel", "In person"), TRUE, FALSE },
  { "home-visit", NC_ ("channel", "Home visit"), FALSE, FALSE },
  { "meeting", NC_ ("channel", "Meeting"), FALSE, FALSE },
  { "telephone", NC_ ("channel", "Telephone"), TRUE, FALSE },
  { "voicemail", NC_ ("channel", "Voicemail"), FALSE, FALSE },
  { "letter", NC_ ("channel", "Letter"), TRUE, FALSE },
  { "email", NC_ ("channel", "Email"), TRUE, FALSE },
  { "web-form", NC_ ("channel", "Web form"), FALSE, FALSE },
  { "portal", NC_ ("channel", "Residents’ portal"), FALSE, FALSE },
  { "webchat", NC_ ("channel", "Webchat"), FALSE, FALSE },
  { "text-message", NC_ ("channel", "Text message"), FALSE, FALSE },
  { "social-media-public", NC_ ("channel", "Social media, in public"), FALSE, FALSE },
  { "social-media-private", NC_ ("channel", "Social media, in private"), FALSE, FALSE },
  { "kiosk", NC_ ("channel", "Kiosk"), FALSE, FALSE },
  { "paper-form", NC_ ("channel", "Paper form"), TRUE, FALSE },
  { "executive-office", NC_ ("channel", "Executive office"), FALSE, FALSE },
  { "elected-member", NC_ ("channel", "Elected member"), FALSE, FALSE },
  { "contractor-or-agent", NC_ ("channel", "Contractor or agent"), FALSE, FALSE },
  { "survey-answer", NC_ ("channel", "Answer to a survey"), FALSE, FALSE },
  { "ombudsman-or-regulator", NC_ ("channel", "Ombudsman or regulator"), FALSE, FALSE },
  { "other", NC_ ("channel", "Other"), FALSE, TRUE },
};

static const AmendsCode complainant_relation[] = {
  { "current-tenant", NC_ ("complainant-relation", "Tenant"), TRUE, FALSE },
  { "licensee", NC_ ("complainant-relation", "Licensee"), FALSE, FALSE },
  { "leaseholder", NC_ ("complainant-relation", "Leaseholder"), TRUE, FALSE },
  { "shared-owner", NC_ ("complainant-relation", "Shared owner"), TRUE, FALSE },
  { "household-member", NC_ ("complainant-relation", "Member of the household"), TRUE, FALSE },
  { "former-tenant", NC_ ("complainant-relation", "Former tenant"), TRUE, FALSE },
  { "former-leaseholder", NC_ ("complainant-relation", "Former leaseholder"), FALSE, FALSE },
  { "applicant", NC_ ("complainant-relation", "Applicant for a home"), FALSE, FALSE },
  { "care-or-support-user", NC_ ("complainant-relation", "User of care or support"), FALSE, FALSE },
  { "service-agreement-holder", NC_ ("complainant-relation", "Holder of a service agreement"), FALSE, FALSE },
  { "neighbour", NC_ ("complainant-relation", "Neighbour"), FALSE, FALSE },
  { "personal-representative", NC_ ("complainant-relation", "Personal representative"), FALSE, FALSE },
  { "mp", NC_ ("complainant-relation", "Member of Parliament"), FALSE, FALSE },
  { "councillor", NC_ ("complainant-relation", "Councillor"), FALSE, FALSE },
  { "local-authority", NC_ ("complainant-relation", "Local authority"), FALSE, FALSE },
  { "professional", NC_ ("complainant-relation", "Professional"), FALSE, FALSE },
  { "service-provider", NC_ ("complainant-relation", "Service provider"), FALSE, FALSE },
  { "contractor-or-supplier", NC_ ("complainant-relation", "Contractor or supplier"), FALSE, FALSE },
  { "employee", NC_ ("complainant-relation", "Employee"), FALSE, FALSE },
  { "member-of-public", NC_ ("complainant-relation", "Member of the public"), FALSE, FALSE },
  { "not-stated", NC_ ("complainant-relation", "Not stated"), FALSE, FALSE },
  { "other", NC_ ("complainant-relation", "Other"), FALSE, TRUE },
};

static const AmendsCode representative_relation[] = {
  { "spouse-or-partner", NC_ ("representative-relation", "Spouse or partner"), TRUE, FALSE },
  { "son", NC_ ("representative-relation", "Son"), TRUE, FALSE },
  { "daughter", NC_ ("representative-relation", "Daughter"), TRUE, FALSE },
  { "parent", NC_ ("representative-relation", "Parent"), FALSE, FALSE },
  { "sibling", NC_ ("representative-relation", "Brother or sister"), FALSE, FALSE },
  { "other-relative", NC_ ("representative-relation", "Other relative"), FALSE, FALSE },
  { "friend", NC_ ("representative-relation", "Friend"), TRUE, FALSE },
  { "neighbour", NC_ ("representative-relation", "Neighbour"), FALSE, FALSE },
  { "carer", NC_ ("representative-relation", "Carer"), TRUE, FALSE },
  { "advocate", NC_ ("representative-relation", "Advocate"), TRUE, FALSE },
  { "advice-agency", NC_ ("representative-relation", "Advice agency"), FALSE, FALSE },
  { "solicitor", NC_ ("representative-relation", "Solicitor"), FALSE, FALSE },
  { "social-worker", NC_ ("representative-relation", "Social worker"), FALSE, FALSE },
  { "health-professional", NC_ ("representative-relation", "Health professional"), FALSE, FALSE },
  { "support-worker", NC_ ("representative-relation", "Support worker"), FALSE, FALSE },
  { "mp", NC_ ("representative-relation", "Member of Parliament"), FALSE, FALSE },
  { "councillor", NC_ ("representative-relation", "Councillor"), FALSE, FALSE },
  { "resident-group", NC_ ("representative-relation", "Residents’ group"), FALSE, FALSE },
  { "other", NC_ ("representative-relation", "Other"), FALSE, TRUE },
};

static const AmendsCode authority[] = {
  { "written-permission", NC_ ("authority", "Written permission"), TRUE, FALSE },
  { "spoken-consent", NC_ ("authority", "Spoken consent"), TRUE, FALSE },
  { "lpa-property", NC_ ("authority", "Lasting power of attorney, property and affairs"), TRUE, FALSE },
  { "lpa-health", NC_ ("authority", "Lasting power of attorney, health and welfare"), TRUE, FALSE },
  { "enduring-power", NC_ ("authority", "Enduring power of attorney"), FALSE, FALSE },
  { "deputy-court-of-protection", NC_ ("authority", "Deputy of the Court of Protection"), FALSE, FALSE },
  { "dwp-appointee", NC_ ("authority", "Appointee for benefits"), FALSE, FALSE },
  { "litigation-friend", NC_ ("authority", "Litigation friend"), FALSE, FALSE },
  { "executor-or-administrator", NC_ ("authority", "Executor or administrator"), FALSE, FALSE },
  { "elected-representative", NC_ ("authority", "Elected representative"), FALSE, FALSE },
  { "parental-responsibility", NC_ ("authority", "Parental responsibility"), FALSE, FALSE },
  { "best-interests-decision", NC_ ("authority", "Best interests decision"), FALSE, FALSE },
  { "none-yet", NC_ ("authority", "None yet"), TRUE, FALSE },
};

static const AmendsCode authority_scope[] = {
  { "this-case", NC_ ("authority-scope", "This case"), TRUE, FALSE },
  { "all-cases", NC_ ("authority-scope", "All their cases"), FALSE, FALSE },
  { "accompany", NC_ ("authority-scope", "To accompany them"), FALSE, FALSE },
  { "receive-letters", NC_ ("authority-scope", "To receive letters"), FALSE, FALSE },
};

static const AmendsCode authority_evidence[] = {
  { "original-seen", NC_ ("authority-evidence", "Original seen"), TRUE, FALSE },
  { "copy-attached", NC_ ("authority-evidence", "Copy attached"), TRUE, FALSE },
  { "recorded-voice", NC_ ("authority-evidence", "Recorded voice"), FALSE, FALSE },
  { "witnessed", NC_ ("authority-evidence", "Witnessed"), FALSE, FALSE },
  { "to-follow", NC_ ("authority-evidence", "To follow"), TRUE, FALSE },
  { "refused", NC_ ("authority-evidence", "Refused"), FALSE, FALSE },
};

static const AmendsCode consent_purpose[] = {
  { "share-with-contractor", NC_ ("consent-purpose", "Share with a contractor"), TRUE, TRUE },
  { "share-with-managing-agent", NC_ ("consent-purpose", "Share with the managing agent"), TRUE, TRUE },
  { "share-with-local-authority", NC_ ("consent-purpose", "Share with the local authority"), TRUE, TRUE },
  { "share-with-adult-social-care", NC_ ("consent-purpose", "Share with adult social care"), FALSE, TRUE },
  { "share-with-health-professional", NC_ ("consent-purpose", "Share with a health professional"), FALSE, TRUE },
  { "share-with-care-provider", NC_ ("consent-purpose", "Share with a care provider"), FALSE, TRUE },
  { "share-with-representative", NC_ ("consent-purpose", "Share with the representative"), FALSE, TRUE },
  { "share-with-relative", NC_ ("consent-purpose", "Share with a relative"), TRUE, TRUE },
  { "share-with-elected-member", NC_ ("consent-purpose", "Share with an elected member"), FALSE, TRUE },
  { "share-with-advice-agency", NC_ ("consent-purpose", "Share with an advice agency"), FALSE, TRUE },
  { "share-with-insurer", NC_ ("consent-purpose", "Share with an insurer"), FALSE, TRUE },
  { "share-with-interpreter", NC_ ("consent-purpose", "Share with an interpreter"), FALSE, TRUE },
  { "name-to-person-complained-about", NC_ ("consent-purpose", "Give their name to the person complained about"), FALSE, FALSE },
  { "sample-to-residents-panel", NC_ ("consent-purpose", "Show the case to the residents’ panel, without their name"), FALSE, FALSE },
  { "contact-for-survey", NC_ ("consent-purpose", "Contact them for a survey"), TRUE, FALSE },
  { "keep-adjustments", NC_ ("consent-purpose", "Keep their reasonable adjustments on record"), FALSE, FALSE },
  { "keep-recording", NC_ ("consent-purpose", "Keep the recording"), FALSE, FALSE },
};

static const AmendsCode erasure_reason[] = {
  { "asked-by-person", NC_ ("erasure-reason", "They asked for it themselves"), FALSE, FALSE },
  { "kept-too-long", NC_ ("erasure-reason", "It has been kept as long as it may be"), FALSE, FALSE },
  { "recorded-in-error", NC_ ("erasure-reason", "It was recorded in error: another person, or another matter"), FALSE, FALSE },
  { "never-needed", NC_ ("erasure-reason", "It was never needed for the complaint"), FALSE, FALSE },
  { "ordered", NC_ ("erasure-reason", "A court or the regulator ordered it"), FALSE, TRUE },
  { "other", NC_ ("erasure-reason", "Another reason"), FALSE, TRUE },
};

static const AmendsCode consent_ground[] = {
  { "legal-duty", NC_ ("consent-ground", "Legal duty"), FALSE, FALSE },
  { "protect-child", NC_ ("consent-ground", "To protect a child"), FALSE, FALSE },
  { "protect-adult-at-risk", NC_ ("consent-ground", "To protect an adult at risk"), FALSE, FALSE },
  { "emergency", NC_ ("consent-ground", "Emergency"), FALSE, FALSE },
  { "ombudsman-or-regulator", NC_ ("consent-ground", "Ombudsman or regulator"), FALSE, FALSE },
  { "legal-claim", NC_ ("consent-ground", "Legal claim"), FALSE, FALSE },
  { "other-gdpr-ground", NC_ ("consent-ground", "Other ground of data protection law"), FALSE, TRUE },
};

static const AmendsCode adjustment[] = {
  { "large-print", NC_ ("adjustment", "Large print"), TRUE, FALSE },
  { "easy-read", NC_ ("adjustment", "Easy Read"), FALSE, FALSE },
  { "braille", NC_ ("adjustment", "Braille"), FALSE, FALSE },
  { "audio", NC_ ("adjustment", "Audio"), FALSE, FALSE },
  { "plain-text", NC_ ("adjustment", "Plain text"), FALSE, FALSE },
  { "coloured-paper", NC_ ("adjustment", "Coloured paper"), FALSE, FALSE },
  { "translation", NC_ ("adjustment", "Translation"), FALSE, FALSE },
  { "spoken-interpreter", NC_ ("adjustment", "Spoken language interpreter"), FALSE, FALSE },
  { "bsl-interpreter", NC_ ("adjustment", "British Sign Language interpreter"), FALSE, FALSE },
  { "text-relay", NC_ ("adjustment", "Text relay"), FALSE, FALSE },
  { "hearing-loop", NC_ ("adjustment", "Hearing loop"), TRUE, FALSE },
  { "telephone-not-letter", NC_ ("adjustment", "Telephone, not letter"), TRUE, FALSE },
  { "letter-not-telephone", NC_ ("adjustment", "Letter, not telephone"), TRUE, FALSE },
  { "email-not-letter", NC_ ("adjustment", "Email, not letter"), FALSE, FALSE },
  { "read-aloud-in-person", NC_ ("adjustment", "Read aloud in person"), FALSE, FALSE },
  { "meeting-in-person", NC_ ("adjustment", "Meeting in person"), FALSE, FALSE },
  { "home-visit", NC_ ("adjustment", "Home visit"), TRUE, FALSE },
  { "step-free-place", NC_ ("adjustment", "Step-free place"), FALSE, FALSE },
  { "quiet-room", NC_ ("adjustment", "Quiet room"), FALSE, FALSE },
  { "somebody-with-me", NC_ ("adjustment", "Somebody with me"), FALSE, FALSE },
  { "same-person", NC_ ("adjustment", "The same person each time"), FALSE, FALSE },
  { "choice-of-staff-gender", NC_ ("adjustment", "Choice of gender of staff"), FALSE, FALSE },
  { "more-time", NC_ ("adjustment", "More time"), TRUE, FALSE },
  { "short-meetings", NC_ ("adjustment", "Short meetings"), FALSE, FALSE },
  { "reminders", NC_ ("adjustment", "Reminders"), FALSE, FALSE },
  { "time-of-day", NC_ ("adjustment", "Time of day"), FALSE, FALSE },
  { "help-with-writing", NC_ ("adjustment", "Help with writing"), FALSE, FALSE },
  { "copies-to-representative", NC_ ("adjustment", "Copies to the representative"), FALSE, FALSE },
  { "other", NC_ ("adjustment", "Other"), FALSE, TRUE },
};

static const AmendsCode finding[] = {
  { "upheld", NC_ ("finding", "Upheld"), TRUE, FALSE },
  { "partly-upheld", NC_ ("finding", "Partly upheld"), TRUE, FALSE },
  { "not-upheld", NC_ ("finding", "Not upheld"), TRUE, FALSE },
  { "unsubstantiated", NC_ ("finding", "Unsubstantiated"), FALSE, FALSE },
  { "other-procedure", NC_ ("finding", "Dealt with by another procedure"), FALSE, FALSE },
  { "outside-scope", NC_ ("finding", "Outside the scope of the policy"), FALSE, FALSE },
  { "withdrawn", NC_ ("finding", "Withdrawn"), FALSE, FALSE },
};

static const AmendsCode determination[] = {
  { "no-maladministration", NC_ ("determination", "No maladministration"), FALSE, FALSE },
  { "service-failure", NC_ ("determination", "Service failure"), FALSE, FALSE },
  { "maladministration", NC_ ("determination", "Maladministration"), FALSE, FALSE },
  { "severe-maladministration", NC_ ("determination", "Severe maladministration"), FALSE, FALSE },
  { "reasonable-redress", NC_ ("determination", "Reasonable redress"), FALSE, FALSE },
  { "mediation", NC_ ("determination", "Mediation"), FALSE, FALSE },
  { "outside-jurisdiction", NC_ ("determination", "Outside jurisdiction"), FALSE, FALSE },
  { "withdrawn", NC_ ("determination", "Withdrawn"), FALSE, FALSE },
};

static const AmendsCode order[] = {
  { "complaint-handling-failure", NC_ ("order", "Complaint handling failure order"), FALSE, FALSE },
};

static const AmendsCode external_body[] = {
  { "housing-ombudsman", NC_ ("external-body", "Housing Ombudsman"), TRUE, FALSE },
  { "care-ombudsman", NC_ ("external-body", "Local Government and Social Care Ombudsman"), FALSE, FALSE },
  { "care-quality-commission", NC_ ("external-body", "Care Quality Commission"), FALSE, FALSE },
  { "regulator", NC_ ("external-body", "Regulator of Social Housing"), FALSE, FALSE },
  { "building-safety-regulator", NC_ ("external-body", "Building Safety Regulator"), FALSE, FALSE },
  { "information-commissioner", NC_ ("external-body", "Information Commissioner"), FALSE, FALSE },
  { "tribunal", NC_ ("external-body", "First-tier Tribunal"), FALSE, FALSE },
  { "council", NC_ ("external-body", "Council"), FALSE, FALSE },
  { "elected-member", NC_ ("external-body", "Member of Parliament or councillor"), FALSE, FALSE },
  { "insurer", NC_ ("external-body", "Insurer"), FALSE, FALSE },
  { "other", NC_ ("external-body", "Other"), FALSE, TRUE },
};

static const AmendsCode learning_for[] = {
  { "landlord", NC_ ("learning-for", "The landlord"), FALSE, FALSE },
  { "managing-agent", NC_ ("learning-for", "The managing agent"), FALSE, FALSE },
  { "both", NC_ ("learning-for", "Both"), FALSE, FALSE },
};

static const AmendsCode survey_step[] = {
  { "eligible", NC_ ("survey-step", "They may be asked"), FALSE, FALSE },
  { "opted-out", NC_ ("survey-step", "They do not want to be asked"), FALSE, FALSE },
  { "sent", NC_ ("survey-step", "Sent"), FALSE, FALSE },
  { "answered", NC_ ("survey-step", "Answered"), FALSE, FALSE },
};

static const AmendsCode satisfaction[] = {
  { "very-satisfied", NC_ ("satisfaction", "Very satisfied"), FALSE, FALSE },
  { "fairly-satisfied", NC_ ("satisfaction", "Fairly satisfied"), FALSE, FALSE },
  { "neither", NC_ ("satisfaction", "Neither satisfied nor dissatisfied"), FALSE, FALSE },
  { "fairly-dissatisfied", NC_ ("satisfaction", "Fairly dissatisfied"), FALSE, FALSE },
  { "very-dissatisfied", NC_ ("satisfaction", "Very dissatisfied"), FALSE, FALSE },
};

static const AmendsCode adjustment_review[] = {
  { "kept", NC_ ("adjustment-review", "Kept as it is"), FALSE, FALSE },
  { "changed", NC_ ("adjustment-review", "Changed"), FALSE, FALSE },
  { "ended", NC_ ("adjustment-review", "Ended"), FALSE, FALSE },
};

static const AmendsCode restriction_review[] = {
  { "kept", NC_ ("restriction-review", "Kept as it is"), FALSE, FALSE },
  { "eased", NC_ ("restriction-review", "Eased"), FALSE, FALSE },
  { "ended", NC_ ("restriction-review", "Ended"), FALSE, FALSE },
};

static const AmendsCode match[] = {
  { "same-complaint", NC_ ("match", "The same complaint"), FALSE, FALSE },
  { "same-person", NC_ ("match", "The same person"), FALSE, FALSE },
  { "background", NC_ ("match", "Background to a recurring issue"), FALSE, FALSE },
  { "fits-none", NC_ ("match", "Nothing that we know"), FALSE, FALSE },
  { "in-register", NC_ ("match", "Who it is in the register"), FALSE, FALSE },
};

static const AmendsCode remedy[] = {
  { "apology", NC_ ("remedy", "Apology"), TRUE, FALSE },
  { "acknowledgement", NC_ ("remedy", "Acknowledgement of what went wrong"), FALSE, FALSE },
  { "explanation-or-reasons", NC_ ("remedy", "Explanation or reasons"), TRUE, FALSE },
  { "assistance", NC_ ("remedy", "Assistance"), FALSE, FALSE },
  { "action-on-delay", NC_ ("remedy", "Action on a delay"), FALSE, FALSE },
  { "practical-action", NC_ ("remedy", "Practical action"), TRUE, FALSE },
  { "decision-changed", NC_ ("remedy", "Decision changed"), FALSE, FALSE },
  { "record-amended", NC_ ("remedy", "Record amended"), FALSE, FALSE },
  { "practice-reviewed", NC_ ("remedy", "Practice reviewed"), FALSE, FALSE },
  { "practice-changed", NC_ ("remedy", "Practice changed"), FALSE, FALSE },
  { "financial-loss", NC_ ("remedy", "Payment for a financial loss"), FALSE, FALSE },
  { "financial-distress-inconvenience", NC_ ("remedy", "Payment for distress and inconvenience"), TRUE, FALSE },
  { "other", NC_ ("remedy", "Other"), FALSE, TRUE },
  { "none", NC_ ("remedy", "None"), FALSE, FALSE },
};

static const AmendsCode appointment_outcome[] = {
  { "kept", NC_ ("appointment-outcome", "It took place"), FALSE, FALSE },
  { "cancelled-by-them", NC_ ("appointment-outcome", "They called it off"), FALSE, FALSE },
  { "cancelled-by-us", NC_ ("appointment-outcome", "We called it off"), FALSE, FALSE },
  { "nobody-in", NC_ ("appointment-outcome", "They were not there"), FALSE, FALSE },
  { "nobody-came", NC_ ("appointment-outcome", "Nobody of ours came"), FALSE, FALSE },
};

static const AmendsCode remedy_answer[] = {
  { "accepted", NC_ ("remedy-answer", "Accepted"), FALSE, FALSE },
  { "partly-accepted", NC_ ("remedy-answer", "Accepted in part"), FALSE, FALSE },
  { "declined", NC_ ("remedy-answer", "Declined"), FALSE, FALSE },
  { "no-answer", NC_ ("remedy-answer", "They gave no answer"), FALSE, FALSE },
};

static const AmendsCode closure[] = {
  { "resolved-agreed", NC_ ("closure", "Resolved, and they agree"), TRUE, FALSE },
  { "no-escalation-28-days", NC_ ("closure", "No escalation within 28 days"), FALSE, FALSE },
  { "final-response", NC_ ("closure", "Final response given"), TRUE, FALSE },
  { "unable-to-agree", NC_ ("closure", "Unable to agree"), FALSE, FALSE },
  { "withdrawn", NC_ ("closure", "Withdrawn"), FALSE, FALSE },
  { "declined", NC_ ("closure", "Declined"), FALSE, FALSE },
  { "other-procedure", NC_ ("closure", "Dealt with by another procedure"), FALSE, FALSE },
  { "behaviour", NC_ ("closure", "Closed because of behaviour"), FALSE, FALSE },
};

static const AmendsCode reopening[] = {
  { "refusal-overturned", NC_ ("reopening", "The refusal was overturned"), FALSE, FALSE },
  { "ombudsman-instruction", NC_ ("reopening", "The Ombudsman said so"), FALSE, FALSE },
  { "actions-unfinished", NC_ ("reopening", "Promised actions are not done"), FALSE, FALSE },
  { "new-information", NC_ ("reopening", "New information"), FALSE, FALSE },
  { "wants-to-go-on", NC_ ("reopening", "They want to go on after all"), FALSE, FALSE },
};

static const AmendsCode stage_1_entry[] = {
  { "asked-for", NC_ ("stage-1-entry", "Asked for"), FALSE, FALSE },
  { "unhappy-with-request", NC_ ("stage-1-entry", "Unhappy with how a service request was dealt with"), FALSE, FALSE },
  { "informal-refused", NC_ ("stage-1-entry", "Did not want it tried informally"), FALSE, FALSE },
  { "unhappy-with-informal", NC_ ("stage-1-entry", "Unhappy with what came of it informally"), FALSE, FALSE },
  { "complex", NC_ ("stage-1-entry", "Too complex to settle informally"), FALSE, FALSE },
  { "reputation-or-sensitive", NC_ ("stage-1-entry", "Sensitive"), FALSE, FALSE },
};

static const AmendsCode understanding[] = {
  { "sent", NC_ ("understanding", "Stated by the landlord"), FALSE, FALSE },
  { "confirmed", NC_ ("understanding", "Confirmed by the complainant"), FALSE, FALSE },
  { "disputed", NC_ ("understanding", "Disputed by the complainant"), FALSE, FALSE },
};

static const AmendsCode panel_outcome[] = {
  { "same", NC_ ("panel-outcome", "The same"), FALSE, FALSE },
  { "higher", NC_ ("panel-outcome", "Higher"), FALSE, FALSE },
  { "lower", NC_ ("panel-outcome", "Lower"), FALSE, FALSE },
};

static const AmendsCode role[] = {
  { "scheme-manager", NC_ ("role", "Scheme manager"), FALSE, FALSE },
  { "line-manager", NC_ ("role", "Line manager"), FALSE, FALSE },
  { "investigator", NC_ ("role", "Investigator"), FALSE, FALSE },
  { "approver", NC_ ("role", "Approver"), FALSE, FALSE },
  { "complaints-team", NC_ ("role", "Complaints team"), FALSE, FALSE },
  { "senior-lead", NC_ ("role", "Senior lead of the service area"), FALSE, FALSE },
  { "stage2-reviewer", NC_ ("role", "Stage 2 reviewer"), FALSE, FALSE },
  { "panel-member", NC_ ("role", "Member of the panel"), FALSE, FALSE },
  { "safeguarding-lead", NC_ ("role", "Safeguarding lead"), FALSE, FALSE },
  { "data-protection", NC_ ("role", "Data protection officer"), FALSE, FALSE },
  { "executive-lead", NC_ ("role", "Executive lead"), FALSE, FALSE },
  { "member-responsible", NC_ ("role", "Member responsible for complaints"), FALSE, FALSE },
  { "administrator", NC_ ("role", "Administrator"), FALSE, FALSE },
  { "relief", NC_ ("role", "Staff of the day"), FALSE, FALSE },
};

static const AmendsCode tenure[] = {
  { "low-cost-rental", NC_ ("tenure", "Low cost rental"), TRUE, FALSE },
  { "low-cost-ownership", NC_ ("tenure", "Low cost home ownership"), TRUE, FALSE },
  { "leaseholder", NC_ ("tenure", "Leaseholder"), TRUE, FALSE },
  { "other", NC_ ("tenure", "Other"), FALSE, TRUE },
  { "unknown", NC_ ("tenure", "Unknown"), FALSE, FALSE },
};

static const AmendsCode recorded_from[] = {
  { "talk", NC_ ("recorded-from", "A talk"), TRUE, FALSE },
  { "paper", NC_ ("recorded-from", "Paper"), TRUE, FALSE },
  { "recording", NC_ ("recorded-from", "A recording"), FALSE, FALSE },
  { "letter", NC_ ("recorded-from", "A letter"), FALSE, FALSE },
};

static const AmendsCode wants[] = {
  { "complaint", NC_ ("wants", "Make a complaint"), TRUE, FALSE },
  { "put-right-first", NC_ ("wants", "Have it put right first"), TRUE, FALSE },
  { "not-pursued", NC_ ("wants", "Go no further"), FALSE, FALSE },
  { "undecided", NC_ ("wants", "Undecided"), FALSE, FALSE },
};

static const AmendsCode about_who[] = {
  { "staff", NC_ ("about-who", "A member of staff"), TRUE, FALSE },
  { "contractor", NC_ ("about-who", "A contractor"), TRUE, FALSE },
  { "managing-agent", NC_ ("about-who", "The managing agent"), FALSE, FALSE },
  { "neighbour", NC_ ("about-who", "A neighbour"), FALSE, FALSE },
  { "policy", NC_ ("about-who", "A policy"), FALSE, FALSE },
};

static const AmendsCode restricted[] = {
  { "safety", NC_ ("restricted", "The safety of a person"), FALSE, FALSE },
  { "conduct", NC_ ("restricted", "The conduct of somebody who works there"), FALSE, FALSE },
};

static const AmendsCode words[] = {
  { "verbatim", NC_ ("words", "In their own words"), TRUE, FALSE },
  { "summary", NC_ ("words", "A summary"), TRUE, FALSE },
  { "transcribed", NC_ ("words", "Transcribed"), FALSE, FALSE },
  { "shown", NC_ ("words", "Shown or said in what is attached"), FALSE, FALSE },
  { "chosen", NC_ ("words", "Chosen from pictures"), FALSE, FALSE },
};

static const AmendsCode matter[] = {
  { "repair", NC_ ("matter", "Something is broken"), FALSE, FALSE },
  { "damp", NC_ ("matter", "Damp or mould"), FALSE, FALSE },
  { "leak", NC_ ("matter", "A leak"), FALSE, FALSE },
  { "heating", NC_ ("matter", "No heating or no hot water"), FALSE, FALSE },
  { "lift", NC_ ("matter", "The lift"), FALSE, FALSE },
  { "doors", NC_ ("matter", "A door, a lock or an alarm"), FALSE, FALSE },
  { "cleaning", NC_ ("matter", "Cleaning or rubbish"), FALSE, FALSE },
  { "noise", NC_ ("matter", "Noise or neighbours"), FALSE, FALSE },
  { "outside", NC_ ("matter", "Garden, paths or parking"), FALSE, FALSE },
  { "charges", NC_ ("matter", "Rent or charges"), FALSE, FALSE },
  { "care", NC_ ("matter", "Care or support"), FALSE, FALSE },
  { "waiting", NC_ ("matter", "Nobody answers me"), FALSE, FALSE },
};

static const AmendsCode confirmed[] = {
  { "read", NC_ ("confirmed", "They read it themselves"), TRUE, FALSE },
  { "heard", NC_ ("confirmed", "It was read to them"), TRUE, FALSE },
};

static const AmendsCode reply_to[] = {
  { "complainant", NC_ ("reply-to", "The complainant"), TRUE, FALSE },
  { "representative", NC_ ("reply-to", "The representative"), FALSE, FALSE },
  { "both", NC_ ("reply-to", "Both"), TRUE, FALSE },
};

static const AmendsCode told_before[] = {
  { "yes", NC_ ("told-before", "Yes"), FALSE, FALSE },
  { "no", NC_ ("told-before", "No"), FALSE, FALSE },
  { "not-sure", NC_ ("told-before", "Not sure"), FALSE, FALSE },
};

static const AmendsCode consent_answer[] = {
  { "yes", NC_ ("consent-answer", "Yes"), FALSE, FALSE },
  { "no", NC_ ("consent-answer", "No"), FALSE, FALSE },
  { "ask-me", NC_ ("consent-answer", "Ask me first"), FALSE, FALSE },
};

static const AmendsCode consent_covers[] = {
  { "contact", NC_ ("consent-covers", "Contact details"), FALSE, FALSE },
  { "story", NC_ ("consent-covers", "What happened"), FALSE, FALSE },
  { "health", NC_ ("consent-covers", "Health"), FALSE, FALSE },
};

static const AmendsCode attachment_what[] = {
  { "photograph", NC_ ("attachment-what", "Photograph"), TRUE, FALSE },
  { "scan", NC_ ("attachment-what", "Scan"), TRUE, FALSE },
  { "letter", NC_ ("attachment-what", "Letter or document"), TRUE, FALSE },
  { "recording", NC_ ("attachment-what", "Recording"), TRUE, FALSE },
  { "signature", NC_ ("attachment-what", "Signature"), FALSE, FALSE },
  { "video", NC_ ("attachment-what", "Video"), TRUE, FALSE },
  { "text", NC_ ("attachment-what", "A long text"), FALSE, FALSE },
  { "something-else", NC_ ("attachment-what", "Something else"), TRUE, FALSE },
};

static const AmendsCode attachment_metadata[] = {
  { "removed", NC_ ("attachment-metadata", "Taken out"), FALSE, FALSE },
  { "kept", NC_ ("attachment-metadata", "Kept on purpose"), FALSE, FALSE },
  { "unchanged", NC_ ("attachment-metadata", "As it came"), FALSE, FALSE },
};

const AmendsCodeList amends_code_lists[] = {
  { "kind", kind, G_N_ELEMENTS (kind) },
  { "channel", channel, G_N_ELEMENTS (channel) },
  { "complainant-relation", complainant_relation, G_N_ELEMENTS (complainant_relation) },
  { "representative-relation", representative_relation, G_N_ELEMENTS (representative_relation) },
  { "authority", authority, G_N_ELEMENTS (authority) },
  { "authority-scope", authority_scope, G_N_ELEMENTS (authority_scope) },
  { "authority-evidence", authority_evidence, G_N_ELEMENTS (authority_evidence) },
  { "consent-purpose", consent_purpose, G_N_ELEMENTS (consent_purpose) },
  { "erasure-reason", erasure_reason, G_N_ELEMENTS (erasure_reason) },
  { "consent-ground", consent_ground, G_N_ELEMENTS (consent_ground) },
  { "adjustment", adjustment, G_N_ELEMENTS (adjustment) },
  { "finding", finding, G_N_ELEMENTS (finding) },
  { "determination", determination, G_N_ELEMENTS (determination) },
  { "order", order, G_N_ELEMENTS (order) },
  { "external-body", external_body, G_N_ELEMENTS (external_body) },
  { "learning-for", learning_for, G_N_ELEMENTS (learning_for) },
  { "survey-step", survey_step, G_N_ELEMENTS (survey_step) },
  { "satisfaction", satisfaction, G_N_ELEMENTS (satisfaction) },
  { "adjustment-review", adjustment_review, G_N_ELEMENTS (adjustment_review) },
  { "restriction-review", restriction_review, G_N_ELEMENTS (restriction_review) },
  { "match", match, G_N_ELEMENTS (match) },
  { "remedy", remedy, G_N_ELEMENTS (remedy) },
  { "appointment-outcome", appointment_outcome, G_N_ELEMENTS (appointment_outcome) },
  { "remedy-answer", remedy_answer, G_N_ELEMENTS (remedy_answer) },
  { "closure", closure, G_N_ELEMENTS (closure) },
  { "reopening", reopening, G_N_ELEMENTS (reopening) },
  { "stage-1-entry", stage_1_entry, G_N_ELEMENTS (stage_1_entry) },
  { "understanding", understanding, G_N_ELEMENTS (understanding) },
  { "panel-outcome", panel_outcome, G_N_ELEMENTS (panel_outcome) },
  { "role", role, G_N_ELEMENTS (role) },
  { "tenure", tenure, G_N_ELEMENTS (tenure) },
  { "recorded-from", recorded_from, G_N_ELEMENTS (recorded_from) },
  { "wants", wants, G_N_ELEMENTS (wants) },
  { "about-who", about_who, G_N_ELEMENTS (about_who) },
  { "restricted", restricted, G_N_ELEMENTS (restricted) },
  { "words", words, G_N_ELEMENTS (words) },
  { "matter", matter, G_N_ELEMENTS (matter) },
  { "confirmed", confirmed, G_N_ELEMENTS (confirmed) },
  { "reply-to", reply_to, G_N_ELEMENTS (reply_to) },
  { "told-before", told_before, G_N_ELEMENTS (told_before) },
  { "consent-answer", consent_answer, G_N_ELEMENTS (consent_answer) },
  { "consent-covers", consent_covers, G_N_ELEMENTS (consent_covers) },
  { "attachment-what", attachment_what, G_N_ELEMENTS (attachment_what) },
  { "attachment-metadata", attachment_metadata, G_N_ELEMENTS (attachment_metadata) },
};

const guint amends_n_code_lists = G_N_ELEMENTS (amends_code_lists);
