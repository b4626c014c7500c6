#include "gateway/store/sqlite/referral_table.hpp"

#include "dialogs/facts/iso_date.hpp"
#include "gateway/store/codec.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>

namespace tertulia::gateway {
namespace {

std::string select(std::string_view rest) {
    return "SELECT id, number, referrer, party, code, at, state, hidden, applied, terms, client_id, "
           "loan_id, reason FROM referrals " +
           std::string{rest};
}

constexpr std::string_view part_columns = "step, currency, amount, earned_on, paid_on";

// Columns as part_columns, from `first`.
commission_part read_part(const rows& from, int first) {
    commission_part made{.step = static_cast<int>(from.number(first))};
    if (!parse_currency(from.text(first + 1), made.amount.currency)) {
        throw std::runtime_error{"a commission has no currency"};
    }
    made.amount.minor = from.number(first + 2);
    made.earned_on = parse_iso_date(from.text(first + 3)).value_or(civil_date{});
    made.paid_on = parse_iso_date(from.text(first + 4));
    return made;
}

}  // namespace

referral_table::referral_table(
    SQLite::Database& database, journal& seals, people& keys, transaction whole
)
    : seals_{seals},
      keys_{keys},
      whole_{std::move(whole)},
      set_referrer_{
          database,
          "INSERT INTO referrers(code, party, sealed_for, seq, at, kind, refusals, body) VALUES "
          "(?1, ?2, ?2, ?3, ?4, ?5, 0, ?6) ON CONFLICT(code) DO UPDATE SET party = ?2, "
          "sealed_for = ?2, seq = ?3, kind = ?5, body = ?6"
      },
      introduce_{database, "SELECT party, sealed_for, seq, kind, body FROM referrers WHERE code = ?"},
      refuse_{database, "UPDATE referrers SET refusals = refusals + 1 WHERE code = ?"},
      refusals_{database, "SELECT refusals FROM referrers WHERE code = ?"},
      add_{
          database,
          "INSERT OR IGNORE INTO referrals(number, code, referrer, party, at, state, hidden, "
          "applied, terms, client_id, loan_id, reason, news, news_at, told) VALUES "
          "(?, ?, ?, ?, ?, 0, 0, 0, ?, '', '', '', 0, 0, 0)"
      },
      hide_{database, "UPDATE referrals SET hidden = ? WHERE number = ?"},
      apply_{
          database,
          "UPDATE referrals SET applied = 1, state = max(state, 1) WHERE number = ?"
      },
      of_{
          database,
          "SELECT number, state, hidden FROM referrals WHERE referrer = ? ORDER BY id DESC LIMIT ?"
      },
      after_{database, select("WHERE id > ? ORDER BY id LIMIT ?")},
      open_{database, select("WHERE id > ? AND state < 5 ORDER BY id LIMIT ?")},
      find_{database, select("WHERE number = ?")},
      earlier_{
          database,
          "SELECT number FROM referrals WHERE client_id = ?1 AND client_id <> '' AND number <> ?2 "
          "AND (at < ?3 OR (at = ?3 AND id < ?4)) ORDER BY at, id LIMIT 1"
      },
      parts_{
          database,
          "SELECT " + std::string{part_columns} +
              ", at, reference, paid_by FROM commissions WHERE number = ? ORDER BY step"
      },
      others_{
          database,
          "SELECT " + std::string{part_columns} +
              " FROM commissions WHERE referrer = ? AND number <> ?"
      },
      remember_{
          database,
          "INSERT INTO referral_history(number, at, what, who, detail) VALUES (?, ?, ?, ?, ?)"
      },
      history_{
          database,
          "SELECT at, what, who, detail FROM referral_history WHERE number = ? ORDER BY id"
      },
      move_{
          database,
          "UPDATE referrals SET state = ?, client_id = ?, loan_id = ?, reason = ? WHERE number = ?"
      },
      book_{
          database,
          "INSERT OR IGNORE INTO commissions(number, step, referrer, currency, amount, earned_on, at, "
          "paid_on, reference, paid_by) VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '')"
      },
      pay_{
          database,
          "UPDATE commissions SET paid_on = ?, reference = ?, paid_by = ? WHERE number = ? AND "
          "step = ? AND paid_on = ''"
      },
      news_{database, "UPDATE referrals SET news = news + 1, news_at = ? WHERE number = ?"},
      untold_{
          database,
          "SELECT number, referrer, news, news_at FROM referrals WHERE news > told ORDER BY id LIMIT ?"
      },
      told_{database, "UPDATE referrals SET told = max(told, ?) WHERE number = ?"},
      settle_paid_{database, "UPDATE referrals SET state = ? WHERE number = ?"},
      merge_referrers_{database, "UPDATE referrers SET party = ? WHERE party = ?"},
      merge_referrals_{
          database,
          "UPDATE referrals SET referrer = iif(referrer = ?2, ?1, referrer), "
          "party = iif(party = ?2, ?1, party) WHERE referrer = ?2 OR party = ?2"
      },
      merge_commissions_{database, "UPDATE commissions SET referrer = ? WHERE referrer = ?"} {}

// ---- in the commit of a turn

void referral_table::add_referrer(
    std::int64_t party, const seal_key& hers, const dialogs::note_referrer& what, instant now
) {
    const auto row = seals_.take_row();
    std::string sealed;
    seals_.seal(row, hers, what.name, sealed);
    set_referrer_.bind(1, std::string_view{what.code}).bind(2, party).bind(3, row);
    set_referrer_.bind(4, to_millis(now)).bind(5, static_cast<std::int64_t>(what.kind));
    set_referrer_.bind_blob(6, sealed).run();
}

void referral_table::note(
    std::int64_t party, const dialogs::note_referral& what, instant now
) {
    if (what.what == "refused") {
        refuse_.bind(1, std::string_view{what.code}).run();
        return;
    }
    if (what.what == "consented") {
        std::string terms;
        encode(what.terms, terms);
        add_.bind(1, std::string_view{what.number}).bind(2, std::string_view{what.code});
        add_.bind(3, what.by.value).bind(4, party).bind(5, to_millis(now));
        add_.bind_blob(6, terms).run();
    } else if (what.what == "applied") {
        apply_.bind(1, std::string_view{what.number}).run();
    } else {
        hide_.bind(1, what.what == "hidden" ? 1 : 0).bind(2, std::string_view{what.number}).run();
    }
    remember(what.number, now, what.what, {}, {});
}

void referral_table::merge(std::int64_t older, std::int64_t younger) {
    merge_referrers_.bind(1, older).bind(2, younger).run();
    merge_referrals_.bind(1, older).bind(2, younger).run();
    merge_commissions_.bind(1, older).bind(2, younger).run();
}

void referral_table::remember(
    std::string_view number, instant at, std::string_view what, std::string_view who,
    std::string_view detail
) {
    remember_.bind(1, number).bind(2, to_millis(at)).bind(3, what).bind(4, who).bind(5, detail);
    remember_.run();
}

// ---- read

introduction referral_table::introduce(std::string_view code) {
    introduction made{.code = std::string{code}};
    std::int64_t party = 0;
    std::int64_t sealed_for = 0;
    std::int64_t row = 0;
    std::string body;
    introduce_.bind(1, code);
    {
        rows found{introduce_};
        if (!found.next()) return made;
        party = found.number(0);
        sealed_for = found.number(1);
        row = found.number(2);
        made.kind = static_cast<referrer_kind>(found.number(3));
        body = std::string{found.blob(4)};
    }
    const auto key = keys_.key_of(sealed_for);
    if (!key) return made;  // erased: nobody's any more
    made.by = {keys_.forwarded(party)};
    made.name = seals_.unseal(row, sealed_for, *key, body);
    return made;
}

std::int64_t referral_table::refusals_of(std::string_view code) {
    refusals_.bind(1, code);
    rows found{refusals_};
    return found.next() ? found.number(0) : 0;
}

std::vector<known_referral> referral_table::of(party_id referrer, std::size_t most) {
    std::vector<known_referral> all;
    of_.bind(1, referrer.value).bind(2, static_cast<std::int64_t>(most));
    for (rows found{of_}; found.next();) {
        all.push_back(
            {.number = std::string{found.text(0)},
             .state = static_cast<referral_state>(found.number(1)),
             .hidden = found.number(2) != 0}
        );
    }
    std::ranges::reverse(all);
    for (auto& one : all) {
        for (auto& entry : commissions(one.number)) one.parts.push_back(entry.part);
    }
    return all;
}

std::vector<referral_entry> referral_table::read_all(statement& bound) {
    std::vector<referral_entry> all;
    for (rows found{bound}; found.next();) {
        auto& one = all.emplace_back();
        one.id = found.number(0);
        one.number = found.text(1);
        one.referrer = {found.number(2)};
        one.party = {found.number(3)};
        one.code = found.text(4);
        one.at = from_millis(found.number(5));
        one.state = static_cast<referral_state>(found.number(6));
        one.hidden = found.number(7) != 0;
        one.applied = found.number(8) != 0;
        one.terms = decode_commission_rule(found.blob(9));
        one.client_id = found.text(10);
        one.loan_id = found.text(11);
        one.reason = found.text(12);
    }
    return all;
}

std::vector<referral_entry> referral_table::after(std::int64_t id, which of, std::size_t most) {
    auto& asked = of == which::open ? open_ : after_;
    asked.bind(1, id).bind(2, static_cast<std::int64_t>(most));
    return read_all(asked);
}

std::optional<referral_entry> referral_table::find(std::string_view number) {
    find_.bind(1, number);
    auto found = read_all(find_);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::string referral_table::earlier_of(const referral_entry& than, std::string_view client_id) {
    earlier_.bind(1, client_id).bind(2, std::string_view{than.number});
    earlier_.bind(3, to_millis(than.at)).bind(4, than.id);
    rows found{earlier_};
    return found.next() ? std::string{found.text(0)} : std::string{};
}

std::vector<commission_entry> referral_table::commissions(std::string_view number) {
    std::vector<commission_entry> all;
    parts_.bind(1, number);
    for (rows found{parts_}; found.next();) {
        all.push_back(
            {.number = std::string{number},
             .part = read_part(found, 0),
             .booked_at = from_millis(found.number(5)),
             .reference = std::string{found.text(6)},
             .paid_by = std::string{found.text(7)}}
        );
    }
    return all;
}

std::vector<commission_part> referral_table::others_of(const referral_entry& than) {
    std::vector<commission_part> all;
    others_.bind(1, than.referrer.value).bind(2, std::string_view{than.number});
    for (rows found{others_}; found.next();) all.push_back(read_part(found, 0));
    return all;
}

std::vector<referral_moment> referral_table::history(std::string_view number) {
    std::vector<referral_moment> all;
    history_.bind(1, number);
    for (rows found{history_}; found.next();) {
        all.push_back(
            {.at = from_millis(found.number(0)),
             .what = std::string{found.text(1)},
             .who = std::string{found.text(2)},
             .detail = std::string{found.text(3)}}
        );
    }
    return all;
}

// ---- moved and paid

void referral_table::book(const referral_entry& of, const commission_part& part, instant at) {
    const auto on = iso_date(part.earned_on);
    book_.bind(1, std::string_view{of.number}).bind(2, part.step).bind(3, of.referrer.value);
    book_.bind(4, part.amount.currency.view()).bind(5, part.amount.minor);
    book_.bind(6, std::string_view{on}).bind(7, to_millis(at)).run();
    remember(
        of.number, at, "earned", {},
        "step " + std::to_string(part.step) + ": " + decimal(part.amount) + " " +
            std::string{part.amount.currency.view()}
    );
}

bool referral_table::move(const referral_move& what) {
    bool changed = false;
    whole_([&] {
        const auto now = find(what.number);
        if (!now) return;
        const auto booked = commissions(what.number);
        std::vector<commission_part> fresh;
        for (const auto& part : what.booked) {
            const bool there = std::ranges::any_of(booked, [&](const commission_entry& one) {
                return one.part.step == part.step;
            });
            if (!there) fresh.push_back(part);
        }
        changed = !fresh.empty() || now->state != what.state || now->client_id != what.client_id ||
                  now->loan_id != what.loan_id || now->reason != what.reason;
        if (!changed) return;
        move_.bind(1, static_cast<std::int64_t>(what.state)).bind(2, std::string_view{what.client_id});
        move_.bind(3, std::string_view{what.loan_id}).bind(4, std::string_view{what.reason});
        move_.bind(5, std::string_view{what.number}).run();
        if (now->state != what.state) {
            remember(what.number, what.at, name_of(what.state), {}, what.reason);
        }
        for (const auto& part : fresh) book(*now, part, what.at);
        if (what.tell) news_.bind(1, to_millis(what.at)).bind(2, std::string_view{what.number}).run();
    });
    return changed;
}

void referral_table::pay_part(const commission_payment& what, int step) {
    const auto on = iso_date(what.on);
    pay_.bind(1, std::string_view{on}).bind(2, std::string_view{what.reference});
    pay_.bind(3, std::string_view{what.by}).bind(4, std::string_view{what.number}).bind(5, step);
    pay_.run();
}

pay_result referral_table::pay(const commission_payment& what) {
    pay_result made{.answer = pay_answer::unknown};
    whole_([&] {
        const auto of = find(what.number);
        if (!of) return;
        auto all = commissions(what.number);
        std::vector<int> open;
        bool under_it = false;
        bool otherwise = false;
        made.sum.currency = of->terms.amount.currency;
        for (const auto& one : all) {
            if (what.step != 0 && one.part.step != what.step) continue;
            if (one.part.paid_on) {
                (one.reference == what.reference ? under_it : otherwise) = true;
            } else if (one.part.amount.minor > 0) {
                open.push_back(one.part.step);
                made.sum = made.sum + one.part.amount;
            }
        }
        // The same payment told again: whatever has been earned since is not of it.
        if (under_it || open.empty()) {
            made.answer = under_it    ? pay_answer::paid_before
                          : otherwise ? pay_answer::paid_otherwise
                                      : pay_answer::nothing_open;
            return;
        }
        for (const auto step : open) pay_part(what, step);
        remember(
            what.number, what.at, "paid", what.by,
            decimal(made.sum) + " " + std::string{made.sum.currency.view()} + ", " + what.reference
        );
        std::vector<commission_part> parts;
        for (const auto& one : commissions(what.number)) parts.push_back(one.part);
        const auto state = dialogs::state_of({}, parts, of->terms.steps.size());
        if (state != of->state) {
            settle_paid_.bind(1, static_cast<std::int64_t>(state));
            settle_paid_.bind(2, std::string_view{what.number}).run();
        }
        news_.bind(1, to_millis(what.at)).bind(2, std::string_view{what.number}).run();
        made.answer = pay_answer::paid;
    });
    return made;
}

// ---- told

std::vector<referral_news> referral_table::untold(std::size_t most) {
    std::vector<referral_news> all;
    untold_.bind(1, static_cast<std::int64_t>(most));
    for (rows found{untold_}; found.next();) {
        all.push_back(
            {.number = std::string{found.text(0)},
             .referrer = {found.number(1)},
             .count = found.number(2),
             .at = from_millis(found.number(3))}
        );
    }
    return all;
}

void referral_table::told(std::string_view number, std::int64_t count) {
    whole_([&] { told_.bind(1, count).bind(2, number).run(); });
}

}  // namespace tertulia::gateway
