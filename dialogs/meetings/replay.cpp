#include "dialogs/meetings/replay.hpp"

#include "dialogs/meetings/advance.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace tertulia::dialogs::meetings {
namespace {

// Every value as its length and its text; a list as its size and its values.
class canonical_text {
public:
    void put(std::string_view text) {
        out_.append(std::to_string(text.size())).push_back(':');
        out_.append(text);
    }
    void put(std::int64_t number) { put(std::string_view{std::to_string(number)}); }
    void put(std::size_t number) { put(static_cast<std::int64_t>(number)); }
    void put(int number) { put(std::int64_t{number}); }
    void put(bool yes) { put(std::int64_t{yes ? 1 : 0}); }
    void put(instant at) { put(to_millis(at)); }
    void put(std::chrono::minutes span) { put(std::int64_t{span.count()}); }
    void put(const money& of) {
        put(of.minor);
        put(of.currency.view());
    }
    void put(const civil_date& day) {
        put(static_cast<int>(day.year()));
        put(static_cast<int>(static_cast<unsigned>(day.month())));
        put(static_cast<int>(static_cast<unsigned>(day.day())));
    }
    template <class Enum>
        requires std::is_enum_v<Enum>
    void put(Enum which) {
        put(static_cast<int>(which));
    }
    template <class Value>
    void put(const std::optional<Value>& of) {
        put(of.has_value());
        if (of) put(*of);
    }
    template <class Value>
    void put(const std::vector<Value>& all) {
        put(all.size());
        for (const auto& one : all) put(one);
    }
    template <class... Values>
    void put_all(const Values&... all) {
        (put(all), ...);
    }

    void put(const std::string& text) { put(std::string_view{text}); }
    void put(const dues& of) { put_all(of.loan_id, of.instalment, of.due, of.savings); }
    void put(const roster_member& of) {
        put_all(of.id, of.first_name, of.full_name, of.phone, int{of.roles}, of.by, of.active);
        put_all(of.opted_out, of.agrees_totals, of.relatives, of.owes);
    }
    void put(const officer& of) { put_all(of.id, of.name); }
    void put(const quiz_answer_text& of) { put_all(of.text, of.right); }
    void put(const step& of) {
        put_all(of.at, of.leader, of.timeout, of.how, of.skip_if_empty);
        put_all(of.topic, of.media_id, of.question);
        // Nothing where there are none: the hash of a log from before there were any stays what it was.
        if (!of.answers.empty()) put_all(of.answers, of.why);
    }
    void put(const bylaws& of) {
        put_all(of.quorum_numerator, of.quorum_denominator, of.late_after, of.absent_after);
        put_all(of.excuse_before, of.admission_vote, of.loan_vote, of.internal_vote);
        put_all(of.fine_late, of.fine_absent, of.fine_other, of.cash_handlers);
        put_all(of.training_least, of.tells_totals);
    }
    void put(const plan& of) {
        put_all(of.group_id, of.group_name, of.number, of.created, of.start, of.end, of.how);
        put_all(of.lasts, of.rules, of.agenda, of.members, of.moderator, of.backup);
        put_all(of.supervisor, of.currency.view(), of.internal_cash, of.last_minutes, of.next);
        put_all(of.language, of.utc_offset_minutes, of.quiet.from, of.quiet.to, of.record_days);
        // Plans made before agendas had versions keep the chains they have.
        if (!of.agenda_name.empty()) put_all(of.agenda_name, of.agenda_version, of.feedback);
    }
    void put(const media_ref& of) { put_all(of.kind, of.id); }
    void put(const judgement& of) { put_all(of.what, of.rule, of.kind, of.mute, of.urgent); }
    void put(const act& of) {
        put_all(of.what, of.about, of.second, of.name, of.text, of.loan_id, of.transaction);
        put_all(of.amount, of.when, of.lasts, of.number, of.seconds, of.agrees, of.attends);
        put_all(of.choice, of.fine, of.to, of.which, of.media, of.judged, of.roster, of.planned);
    }
    void put(const actor& of) { put_all(of.as, of.id, of.name); }
    void put(const event& of) { put_all(of.by, of.what, of.at, of.message_id); }

    [[nodiscard]] std::string taken() { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace

std::string canonical(const line& of) {
    canonical_text made;
    made.put(static_cast<std::int64_t>(of.seq));
    made.put_all(of.what, of.before, of.after);
    return made.taken();
}

std::string chained(std::string_view chain, const line& next) {
    const auto text = std::string{chain} + canonical(next);
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error{"no SHA-256 in this OpenSSL"};
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string made;
    for (unsigned i = 0; i < size; ++i) {
        made.push_back(digits[bytes[i] >> 4U]);
        made.push_back(digits[bytes[i] & 15U]);
    }
    return made;
}

replayed replay(const plan& what, std::span<const line> lines) {
    auto start = begin(what);
    replayed made{.now = std::move(start.first)};
    made.outs.push_back(std::move(start.outs));
    for (const auto& one : lines) {
        auto again = advance(made.now, one.what);
        if (!again.appended || *again.appended != one) {
            made.broken_at = one.seq == 0 ? made.now.seq + 1 : one.seq;
            return made;
        }
        made.now = std::move(again.next);
        made.outs.push_back(std::move(again.outs));
    }
    return made;
}

}  // namespace tertulia::dialogs::meetings
