// Recommendations and what they earn: who recommends, by code; each referral as it stands, with its
// history; and the commissions, of which nothing is ever changed but that they are paid. Written in
// the commit of the turn in which she agreed, and by whoever follows the portfolio.
//
// What is personal (a referrer's first name) is sealed with the person's key and ends with it; the
// ledger holds numbers of conversations, clients and loans, and outlives her.
//
// Threads: the store's. Errors: as the store's.

#pragma once

#include "dialogs/facts/referral.hpp"
#include "dialogs/message/identity.hpp"
#include "dialogs/message/time.hpp"
#include "dialogs/services/referrals.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

[[nodiscard]] std::string_view name_of(referral_state what) noexcept;

struct referral_entry {
    std::int64_t id{};  // rising
    std::string number{};
    party_id referrer{};
    party_id party{};  // who was recommended
    std::string code{};
    instant at{};  // she agreed
    referral_state state{};
    bool hidden{};
    bool applied{};
    dialogs::commission_rule terms{};
    std::string client_id{};  // of core banking, once it has her
    std::string loan_id{};    // the loan that counts, once there is one
    std::string reason{};     // of one that lapsed; ours, safe to show
};

struct commission_entry {
    std::string number{};
    commission_part part{};
    instant booked_at{};
    std::string reference{};  // of the payment
    std::string paid_by{};
};

// What the portfolio shows of one.
struct referral_move {
    std::string number{};
    referral_state state{};
    std::string client_id{};
    std::string loan_id{};
    std::string reason{};
    std::vector<commission_part> booked{};  // newly earned
    bool tell{};  // the referrer is to hear of it
    instant at{};
};

struct commission_payment {
    std::string number{};
    int step{};               // 0: every part that is open
    std::string reference{};  // of the payment outside: a receipt, a transfer
    std::string by{};         // who paid
    civil_date on{};
    instant at{};
};
enum class pay_answer : std::uint8_t {
    paid,
    paid_before,     // under that very reference: nothing is done twice
    paid_otherwise,  // under another: nothing is changed
    nothing_open,    // nothing of it is earned
    unknown,         // there is no such referral
};
struct pay_result {
    pay_answer answer{};
    money sum{};  // of paid
};

struct referral_moment {
    instant at{};
    std::string what{};
    std::string who{};  // of a payment; else empty
    std::string detail{};
};

// Something a referrer is to hear, each once.
struct referral_news {
    std::string number{};
    party_id referrer{};
    std::int64_t count{};  // rising for each referral
    instant at{};          // when it became so: the same, however often it is told
};

class referral_ledger {
public:
    referral_ledger() = default;
    referral_ledger(const referral_ledger&) = delete;
    referral_ledger& operator=(const referral_ledger&) = delete;
    virtual ~referral_ledger() = default;

    // Whose a code is; of one nobody has, or whose owner was erased, nobody (0).
    [[nodiscard]] virtual introduction introduce(std::string_view code) = 0;
    [[nodiscard]] virtual std::int64_t refusals_of(std::string_view code) = 0;
    // Of one referrer, the newest `most`, oldest first.
    [[nodiscard]] virtual std::vector<known_referral> of(party_id referrer, std::size_t most) = 0;

    // After that id, oldest first; open: neither lapsed nor paid.
    enum class which : std::uint8_t { all, open };
    [[nodiscard]] virtual std::vector<referral_entry> after(
        std::int64_t id, which of, std::size_t most
    ) = 0;
    [[nodiscard]] virtual std::optional<referral_entry> find(std::string_view number) = 0;
    // Another referral of the same client that was agreed to before; empty: none.
    [[nodiscard]] virtual std::string earlier_of(
        const referral_entry& than, std::string_view client_id
    ) = 0;
    [[nodiscard]] virtual std::vector<commission_entry> commissions(std::string_view number) = 0;
    // What else the same referrer has earned.
    [[nodiscard]] virtual std::vector<commission_part> others_of(const referral_entry& than) = 0;
    [[nodiscard]] virtual std::vector<referral_moment> history(std::string_view number) = 0;

    // One transaction. A step that is booked stays as it is: nothing is earned twice. False: nothing
    // changed.
    virtual bool move(const referral_move& what) = 0;
    virtual pay_result pay(const commission_payment& what) = 0;

    // What no referrer's conversation has yet, and that it has.
    [[nodiscard]] virtual std::vector<referral_news> untold(std::size_t most) = 0;
    virtual void told(std::string_view number, std::int64_t count) = 0;
};

}  // namespace tertulia::gateway
