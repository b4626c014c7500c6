// The tables behind referral_ledger. add_referrer(), note() and merge() belong inside a transaction of
// the store; the rest open one by `whole`.

#pragma once

#include "dialogs/engine/effect.hpp"
#include "gateway/store/referral_ledger.hpp"
#include "gateway/store/sqlite/journal.hpp"
#include "gateway/store/sqlite/people.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <functional>

namespace tertulia::gateway {

class referral_table final : public referral_ledger {
public:
    using transaction = std::function<void(const std::function<void()>&)>;
    referral_table(SQLite::Database& database, journal& seals, people& keys, transaction whole);

    void add_referrer(
        std::int64_t party, const seal_key& hers, const dialogs::note_referrer& what, instant now
    );
    void note(std::int64_t party, const dialogs::note_referral& what, instant now);
    // Two parties proved to be one.
    void merge(std::int64_t older, std::int64_t younger);

    [[nodiscard]] introduction introduce(std::string_view code) override;
    [[nodiscard]] std::int64_t refusals_of(std::string_view code) override;
    [[nodiscard]] std::vector<known_referral> of(party_id referrer, std::size_t most) override;
    [[nodiscard]] std::vector<referral_entry> after(
        std::int64_t id, which of, std::size_t most
    ) override;
    [[nodiscard]] std::optional<referral_entry> find(std::string_view number) override;
    [[nodiscard]] std::string earlier_of(
        const referral_entry& than, std::string_view client_id
    ) override;
    [[nodiscard]] std::vector<commission_entry> commissions(std::string_view number) override;
    [[nodiscard]] std::vector<commission_part> others_of(const referral_entry& than) override;
    [[nodiscard]] std::vector<referral_moment> history(std::string_view number) override;
    bool move(const referral_move& what) override;
    pay_result pay(const commission_payment& what) override;
    [[nodiscard]] std::vector<referral_news> untold(std::size_t most) override;
    void told(std::string_view number, std::int64_t count) override;

private:
    [[nodiscard]] std::vector<referral_entry> read_all(statement& bound);
    void remember(
        std::string_view number, instant at, std::string_view what, std::string_view who,
        std::string_view detail
    );
    void book(const referral_entry& of, const commission_part& part, instant at);
    void pay_part(const commission_payment& what, int step);

    journal& seals_;
    people& keys_;
    transaction whole_;
    statement set_referrer_;
    statement introduce_;
    statement refuse_;
    statement refusals_;
    statement add_;
    statement hide_;
    statement apply_;
    statement of_;
    statement after_;
    statement open_;
    statement find_;
    statement earlier_;
    statement parts_;
    statement others_;
    statement remember_;
    statement history_;
    statement move_;
    statement book_;
    statement pay_;
    statement news_;
    statement untold_;
    statement told_;
    statement settle_paid_;
    statement merge_referrers_;
    statement merge_referrals_;
    statement merge_commissions_;
};

}  // namespace tertulia::gateway
