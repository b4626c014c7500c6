#include "gateway/store/sqlite/schema.hpp"

#include <array>

namespace tertulia::gateway {
namespace {

// journal      append-only: kind 0 a turn (sealed), 1 the rest of a batch, 2 a merge (sealed);
//              `previous` is the row before it of the same party, so that one conversation can be
//              read without an index that every turn would have to pay for.
// position     how far of the journal the tables below are certain to hold; what follows is replayed.
// seen         event identities by the day of their stamp, 16 bytes each, in runs as they came. A day
//              is read whole or not at all, so a run needs no order; odd = 1: kept by arrival.
// people       a person's key and identities; erasing her is deleting the row. Her session and the
//              timers that belong to it are one row, so that a turn dirties one page of it.
// timers       an index over those, by due.
// provider_ids (bucket, hash): a bucket is a range of outbox ids, so that new rows fall into a small
//              part of the tree and old ones go by the bucket.
// parts        pieces of long messages that wait for the others; body sealed for the party, under seq.
// channel_facts what is known of each channel's account with its provider, the latest by key.
// channel_usage messages by month and kind of price.
// received_media  what people sent: to be fetched, kept or failed; the file itself lies outside.
// media_gone   whose file outside is still to be deleted.
// told         what conversations are still to be told by others, in the order it was said; body
//              sealed for the one that said it, under seq.
// cases        as each is now; body sealed for its person, under seq. What is searched for stands
//              beside it, and is nothing personal.
// case_history who did what with a case, and who looked at it; body (may be empty) sealed likewise.
// applications what people ask a loan by: number and state open, the rest sealed under its id, a
//              journal row number. application_history is every state each has been in.
// referrers    whose a code is; body is the first name that may be told, sealed for sealed_for, under seq.
// referrals    who was recommended by whom and how that stands; terms as the rule was when she agreed,
//              told how much of `news` the referrer's conversation has. referral_history is all of it.
// commissions  what is earned, each step of a referral once; all that changes is that it is paid.
// nudge_subjects  whom nudges are about: a loan, or (loan_id empty) a client; of a loan how it stands
//              for the planner (dialogs/nudges/standing.hpp): days are numbers since 1970.
// nudge_changes  clients whose loans, promises or contacts changed since their standings were made.
// nudge_days   days that are planned, by which version of the policies.
// nudges       the plan, by nudge_id(): state 0 waits for its moment, 1 sent, 2 not, with the gate.
// promises     of payments, as each stands.
// contacts     talks that were had, and tries that were not answered (outcome: reached, no_answer…);
//              body sealed under seq, 0: nothing of it is kept; who: the colleague who noted it, empty:
//              she answered herself.
// meetings     village-bank meetings: how each stands, what a desk has still to do for it; body is the
//              plan it was made of, sealed for the room under seq. meeting_log is what happened, line by
//              line, sealed likewise.
// campaigns    what is told many at once: state as campaign_state (gateway/nudges/campaign_book.hpp), until
//              a number since 1970. campaign_people: whom, found when it was prepared; nudge 0: still to
//              come, not before that day, -1: never, with the reason, else its row of nudges. campaign_history:
//              who did what to it.
// attentions   what an officer asked for a client: less, none or more reminders, until a day; the last
//              row of a client holds.
// feedback     the board of ideas: what clients wrote of their own in a talk (contacts.seq, and under which
//              name it was answered; the words are there alone, sealed). decision as feedback_decision
//              (gateway/nudges/feedback_book.hpp), words what was decided; tells 1: she is to hear of it,
//              by that nudge of the plan.
// publications what new conversations begin on, decision by decision: see store/publication.hpp.
constexpr std::array<migration, 12> versions{migration{1, R"sql(
CREATE TABLE journal(
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, party INTEGER NOT NULL, kind INTEGER NOT NULL,
    previous INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE position(
    one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, outbox_id INTEGER NOT NULL);
INSERT INTO position VALUES (1, 0, 0);

CREATE TABLE parties(
    id INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, forwarded_to INTEGER, erased_at INTEGER);
CREATE INDEX parties_forwarded ON parties(forwarded_to) WHERE forwarded_to IS NOT NULL;
CREATE TABLE people(party INTEGER PRIMARY KEY, key BLOB NOT NULL, identities BLOB NOT NULL);
CREATE TABLE identities(
    kind INTEGER NOT NULL, value TEXT NOT NULL, party INTEGER NOT NULL, PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE TABLE sessions(
    party INTEGER PRIMARY KEY, seq INTEGER NOT NULL, body BLOB NOT NULL, timers BLOB);

CREATE TABLE seen(
    day INTEGER NOT NULL, odd INTEGER NOT NULL, run INTEGER NOT NULL, ids BLOB NOT NULL,
    PRIMARY KEY (odd, day, run));

CREATE TABLE timers(
    due INTEGER NOT NULL, party INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (due, party, name)) WITHOUT ROWID;

CREATE TABLE outbox(
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, party INTEGER NOT NULL, state INTEGER NOT NULL,
    tries INTEGER NOT NULL, error_code INTEGER NOT NULL, at INTEGER NOT NULL,
    provider_id TEXT NOT NULL);
CREATE INDEX outbox_pending ON outbox(id) WHERE state < 3;
CREATE TABLE provider_ids(
    bucket INTEGER NOT NULL, hash INTEGER NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY (bucket, hash, id)) WITHOUT ROWID;
CREATE TABLE provider_buckets(bucket INTEGER PRIMARY KEY, newest INTEGER NOT NULL);

CREATE TABLE records(
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, party INTEGER NOT NULL, at INTEGER NOT NULL,
    kind TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX records_party ON records(party, kind);
CREATE TABLE notices(
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, channel TEXT NOT NULL, field TEXT NOT NULL,
    summary TEXT NOT NULL, raw_json TEXT NOT NULL);
CREATE TABLE dead_letters(
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, party INTEGER NOT NULL, high INTEGER NOT NULL,
    low INTEGER NOT NULL, reason TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE script_sets(
    id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE, short_version INTEGER NOT NULL,
    sources TEXT);
CREATE INDEX script_sets_short ON script_sets(short_version);
)sql"}, migration{2, R"sql(
CREATE TABLE publications(
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL, version TEXT NOT NULL,
    audience INTEGER NOT NULL, percent INTEGER NOT NULL, rest TEXT NOT NULL, author TEXT NOT NULL,
    reason TEXT NOT NULL, changes TEXT NOT NULL);
)sql"}, migration{3, R"sql(
CREATE TABLE parts(
    high INTEGER NOT NULL, low INTEGER NOT NULL, seq INTEGER NOT NULL, party INTEGER NOT NULL,
    at INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (high, low)) WITHOUT ROWID;
)sql"}, migration{4, R"sql(
CREATE TABLE channel_facts(
    channel TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (channel, key)) WITHOUT ROWID;
CREATE TABLE channel_usage(
    channel TEXT NOT NULL, month TEXT NOT NULL, category TEXT NOT NULL, type TEXT NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY (channel, month, category, type)) WITHOUT ROWID;
)sql"}, migration{5, R"sql(
CREATE TABLE received_media(
    id INTEGER PRIMARY KEY, party INTEGER NOT NULL, at INTEGER NOT NULL, channel TEXT NOT NULL,
    state INTEGER NOT NULL, tries INTEGER NOT NULL, due INTEGER NOT NULL, reason TEXT NOT NULL,
    type TEXT NOT NULL, bytes INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX received_media_waiting ON received_media(due) WHERE state = 0;
CREATE INDEX received_media_age ON received_media(at);
CREATE INDEX received_media_party ON received_media(party);
CREATE TABLE media_gone(id INTEGER PRIMARY KEY);
)sql"}, migration{6, R"sql(
CREATE TABLE told(
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, party INTEGER NOT NULL, at INTEGER NOT NULL,
    body BLOB NOT NULL);
CREATE TABLE cases(
    number TEXT PRIMARY KEY, seq INTEGER NOT NULL, party INTEGER NOT NULL, kind TEXT NOT NULL,
    state INTEGER NOT NULL, queue TEXT NOT NULL, holder TEXT NOT NULL, opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, late INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX cases_open ON cases(queue, opened_at) WHERE state < 3;
CREATE INDEX cases_party ON cases(party);
CREATE TABLE case_history(
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, seq INTEGER NOT NULL, party INTEGER NOT NULL,
    at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, internal INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX case_history_number ON case_history(number, id);
)sql"}, migration{7, R"sql(
CREATE TABLE applications(
    id INTEGER PRIMARY KEY, party INTEGER NOT NULL, number TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL, state INTEGER NOT NULL, core_id TEXT NOT NULL, reason TEXT NOT NULL,
    body BLOB NOT NULL);
CREATE INDEX applications_to_write ON applications(id) WHERE state < 2;
CREATE TABLE application_history(
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, at INTEGER NOT NULL, state INTEGER NOT NULL,
    reason TEXT NOT NULL);
CREATE INDEX application_history_number ON application_history(number);
)sql"}, migration{8, R"sql(
CREATE TABLE referrers(
    code TEXT PRIMARY KEY, party INTEGER NOT NULL, sealed_for INTEGER NOT NULL, seq INTEGER NOT NULL,
    at INTEGER NOT NULL, kind INTEGER NOT NULL, refusals INTEGER NOT NULL, body BLOB NOT NULL)
    WITHOUT ROWID;
CREATE INDEX referrers_party ON referrers(party);
CREATE TABLE referrals(
    id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, code TEXT NOT NULL,
    referrer INTEGER NOT NULL, party INTEGER NOT NULL, at INTEGER NOT NULL, state INTEGER NOT NULL,
    hidden INTEGER NOT NULL, applied INTEGER NOT NULL, terms BLOB NOT NULL, client_id TEXT NOT NULL,
    loan_id TEXT NOT NULL, reason TEXT NOT NULL, news INTEGER NOT NULL, news_at INTEGER NOT NULL,
    told INTEGER NOT NULL);
CREATE INDEX referrals_referrer ON referrals(referrer, id);
CREATE INDEX referrals_party ON referrals(party);
CREATE INDEX referrals_open ON referrals(id) WHERE state < 5;
CREATE INDEX referrals_untold ON referrals(id) WHERE news > told;
CREATE INDEX referrals_client ON referrals(client_id) WHERE client_id <> '';
CREATE UNIQUE INDEX referrals_loan ON referrals(loan_id) WHERE loan_id <> '';
CREATE TABLE referral_history(
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL,
    who TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX referral_history_number ON referral_history(number);
CREATE TABLE commissions(
    number TEXT NOT NULL, step INTEGER NOT NULL, referrer INTEGER NOT NULL, currency TEXT NOT NULL,
    amount INTEGER NOT NULL, earned_on TEXT NOT NULL, at INTEGER NOT NULL, paid_on TEXT NOT NULL,
    reference TEXT NOT NULL, paid_by TEXT NOT NULL, PRIMARY KEY (number, step)) WITHOUT ROWID;
CREATE INDEX commissions_referrer ON commissions(referrer);
)sql"}, migration{9, R"sql(
CREATE TABLE nudge_subjects(
    id INTEGER PRIMARY KEY, loan_id TEXT NOT NULL, client_id TEXT NOT NULL,
    segment TEXT NOT NULL DEFAULT '', anchor INTEGER NOT NULL DEFAULT 0,
    instalment INTEGER NOT NULL DEFAULT 0, until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (loan_id, client_id));
CREATE INDEX nudge_subjects_client ON nudge_subjects(client_id);
CREATE INDEX nudge_loans_due ON nudge_subjects(anchor, segment, instalment) WHERE loan_id <> '';
CREATE INDEX nudge_talks_due ON nudge_subjects(anchor, segment) WHERE loan_id = '';
CREATE INDEX nudge_subjects_until ON nudge_subjects(until) WHERE until > 0;
CREATE TABLE nudge_changes(client_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE nudge_days(day INTEGER PRIMARY KEY, version TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE nudges(
    id INTEGER PRIMARY KEY, segment TEXT NOT NULL, anchor INTEGER NOT NULL,
    instalment INTEGER NOT NULL, due INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0,
    gate INTEGER NOT NULL DEFAULT -1, reason TEXT NOT NULL DEFAULT '',
    numbers TEXT NOT NULL DEFAULT '', dialog TEXT NOT NULL DEFAULT '',
    decided INTEGER NOT NULL DEFAULT 0, party INTEGER NOT NULL DEFAULT 0);
CREATE INDEX nudges_waiting ON nudges(due) WHERE state = 0;
CREATE TABLE promises(
    loan_id TEXT NOT NULL, promised_for TEXT NOT NULL, client_id TEXT NOT NULL,
    party INTEGER NOT NULL, made_at INTEGER NOT NULL, state INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, PRIMARY KEY (loan_id, promised_for)) WITHOUT ROWID;
CREATE INDEX promises_client ON promises(client_id);
CREATE TABLE contacts(
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, party INTEGER NOT NULL, client_id TEXT NOT NULL,
    at INTEGER NOT NULL, about TEXT NOT NULL, who TEXT NOT NULL, outcome TEXT NOT NULL,
    body BLOB NOT NULL);
CREATE INDEX contacts_client ON contacts(client_id, at);
)sql"}, migration{10, R"sql(
CREATE TABLE meetings(
    room TEXT PRIMARY KEY, party INTEGER NOT NULL, group_id TEXT NOT NULL, number INTEGER NOT NULL,
    starts INTEGER NOT NULL, state INTEGER NOT NULL, changed INTEGER NOT NULL,
    wants_roster INTEGER NOT NULL DEFAULT 0, wants_write_back INTEGER NOT NULL DEFAULT 0,
    wants_another INTEGER NOT NULL DEFAULT 0, seq INTEGER NOT NULL, body BLOB NOT NULL)
    WITHOUT ROWID;
CREATE INDEX meetings_group ON meetings(group_id, starts);
CREATE INDEX meetings_ahead ON meetings(starts) WHERE state NOT IN (14, 16, 17);
CREATE TABLE meeting_log(
    room TEXT NOT NULL, line INTEGER NOT NULL, seq INTEGER NOT NULL, party INTEGER NOT NULL,
    at INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (room, line)) WITHOUT ROWID;
CREATE TABLE campaigns(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, says TEXT NOT NULL, audience TEXT NOT NULL,
    a_minute INTEGER NOT NULL, until INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0);
CREATE TABLE campaign_people(
    campaign INTEGER NOT NULL, client_id TEXT NOT NULL, nudge INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0, released INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (campaign, client_id)) WITHOUT ROWID;
CREATE INDEX campaign_people_to_come ON campaign_people(campaign, not_before) WHERE nudge = 0;
CREATE INDEX campaign_people_released ON campaign_people(campaign, released) WHERE nudge > 0;
CREATE TABLE campaign_history(
    id INTEGER PRIMARY KEY, campaign INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
    what TEXT NOT NULL);
CREATE INDEX campaign_history_of ON campaign_history(campaign);
CREATE TABLE attentions(
    id INTEGER PRIMARY KEY, client_id TEXT NOT NULL, wants TEXT NOT NULL, until INTEGER NOT NULL,
    who TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX attentions_client ON attentions(client_id, id);
)sql"}, migration{11, R"sql(
CREATE TABLE feedback(
    id INTEGER PRIMARY KEY, contact INTEGER NOT NULL, party INTEGER NOT NULL, client_id TEXT NOT NULL,
    at INTEGER NOT NULL, about TEXT NOT NULL, question TEXT NOT NULL,
    decision INTEGER NOT NULL DEFAULT 0, owner TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '', decided INTEGER NOT NULL DEFAULT 0,
    tells INTEGER NOT NULL DEFAULT 0, nudge INTEGER NOT NULL DEFAULT 0);
CREATE INDEX feedback_open ON feedback(id) WHERE decision = 0;
CREATE INDEX feedback_to_tell ON feedback(id) WHERE tells = 1;
CREATE INDEX feedback_party ON feedback(party);
CREATE INDEX contacts_seq ON contacts(seq) WHERE seq > 0;
)sql"}, migration{12, R"sql(
CREATE INDEX records_kind ON records(kind, id);
)sql"}};

}  // namespace

std::span<const migration> store_versions() noexcept { return versions; }

}  // namespace tertulia::gateway
