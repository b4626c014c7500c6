#include "dialogs/moderation/privacy.hpp"

#include "dialogs/moderation/private_lines.hpp"

#include <algorithm>
#include <array>

namespace tertulia::dialogs {
namespace {

using enum guard_rule;

constexpr std::int64_t round_sum = 50'00;
// Found on lines of people who knew nothing of the guard: tests/corpus/moderation.
constexpr double likely_hers = 0.6;
constexpr double surely_for_all = 0.03;

// "debe comprar" is a duty, "debe 500" and "debe pagar 500" a debt.
bool is_infinitive(std::string_view word) noexcept {
    static constexpr auto no_verbs = std::to_array<std::string_view>(
        {"ayer",   "mujer", "taller", "primer", "tercer", "hogar",   "lugar",     "mar",     "hier",
         "encore", "notre", "votre",  "autre",  "quatre", "octobre", "septembre", "octubre", "par",
         "our",    "her",   "other",  "over",   "their",  "dollar",  "favor",     "por",     "ser"}
    );
    if (word == "ser" || word == "estar" || word == "haber") return true;
    if (word.size() < 2 || std::ranges::find(no_verbs, word) != no_verbs.end()) return false;
    return word == "ir" || (word.size() >= 4 && (word.ends_with("ar") || word.ends_with("er") ||
                                                 word.ends_with("ir") || word.ends_with("tre") ||
                                                 word.ends_with("dre") || word.ends_with("re")));
}

// "debe de ser", "je dois l'emmener", "elle doit encore payer".
bool is_between_verbs(std::string_view word) noexcept {
    static constexpr auto all = std::to_array<std::string_view>(
        {"de", "encore", "l", "la", "le", "les", "me", "te", "se", "s", "m", "lui", "y", "en"}
    );
    return std::ranges::find(all, word) != all.end();
}

class privacy_judge {
public:
    privacy_judge(const meeting_line& line, const guard_context& in, meeting_step step)
        : line_(line), in_(in), step_(step) {
        named_ = !line.names().empty();
        person_ = named_ || line.has(word_list::people);
        own_ = line.has(word_list::own);
        owes_ = std::ranges::any_of(line.of(word_list::owes), [&](const word_span& one) {
            return is_debt(one);
        });
        money_is_counted_ = step == meeting_step::collection || step == meeting_step::fines;
        loan_step_ = step == meeting_step::loan_requests || step == meeting_step::internal_loans;
    }

    std::optional<guard_rule> judge() const {
        if (knows_an_amount()) return privacy_balance;
        if (line_.has_money()) return judge_sum();
        return judge_words();
    }

    bool knows_an_amount() const {
        return std::ranges::any_of(line_.figures(), [&](const line_figure& one) {
            if (one.is.hundredths == 0 ||
                std::ranges::find(in_.amounts, one.is.hundredths) == in_.amounts.end()) {
                return false;
            }
            return one.is.hundredths % round_sum != 0 || person_ || own_ || owes_ ||
                   line_.has(word_list::balances) || line_.has(word_list::payments);
        });
    }

    bool money_is_counted() const { return money_is_counted_; }

    // What was learnt of lines tells nothing of two words that name nobody and nothing: "que no".
    bool is_worth_comparing() const {
        constexpr std::size_t words_of_an_answer = 3;
        using enum word_list;
        const bool speaks_of_it = person_ || owes_ || line_.has_money() ||
                                  std::ranges::any_of(
                                      std::array{payments, balances, loans, arrears, missing, pending, fines, money},
                                      [&](word_list one) { return line_.has(one); }
                                  );
        return speaks_of_it || line_.words().size() > words_of_an_answer;
    }

    // Hers or somebody's, not only who is late.
    bool tells_a_sum() const { return line_.has_money() || (own_ && !person_); }

private:
    // ---- what the words say

    bool is_debt(const word_span& owes) const {
        // "a mí me deben los vecinos": she sold on credit. "Marta me debe" stays a debt of Marta.
        const auto& words = line_.words();
        const auto before = owes.first > 0 ? std::string_view{words[owes.first - 1].plain} : "";
        const bool to_me = before == "me" || before == "nos";
        if (to_me && !named_ && (line_.has(word_list::outsiders) || !person_)) return false;
        if (before == "se") return false;  // "se debe a la lluvia"
        auto next = owes.end;
        while (next < words.size() && is_between_verbs(words[next].plain)) ++next;
        if (next >= words.size() || !is_infinitive(words[next].plain)) return true;
        return line_.within(word_list::payments, next, next + 1);
    }

    bool is_of_nobody() const {
        const bool other = line_.has(word_list::nobody) || line_.has(word_list::outsiders);
        return other && !named_;
    }

    // All of them together, or what the rules say.
    bool is_of_all() const { return line_.has(word_list::group) && !person_ && !own_; }

    bool is_of_market() const {
        return line_.has(word_list::market) && !line_.has(word_list::balances) && !owes_ &&
               !line_.has(word_list::loans);
    }

    bool of_loan() const { return line_.has(word_list::balances) || line_.has(word_list::loans); }

    bool speaks_of_paying() const {
        // "El ahorro es importante, doña Tere" is what training is for.
        const bool of_hers = line_.has(word_list::balances) ||
                             (line_.has(word_list::loans) && step_ != meeting_step::training);
        return of_hers || line_.has(word_list::payments) || line_.has(word_list::pending);
    }

    // "pagué 80 de flete", "I paid 35 for the bus": for what, and it is no loan.
    bool paid_for_wares() const {
        if (person_ || line_.has(word_list::balances) || line_.has(word_list::loans)) return false;
        if (line_.has(word_list::market)) return true;
        return std::ranges::any_of(line_.figures(), [&](const line_figure& sum) {
            if (!sum.money) return false;
            const auto behind = std::min(sum.end + 1, line_.words().size());
            return line_.within(word_list::for_what, sum.end, behind + 1) &&
                   behind < line_.words().size();
        });
    }

    // "solo falta la Juana" at roll call is attendance, at collection a debt.
    bool missing_is_debt() const {
        const bool of_people = step_ == meeting_step::opening || step_ == meeting_step::roll_call ||
                               step_ == meeting_step::minutes_reading ||
                               step_ == meeting_step::admissions ||
                               step_ == meeting_step::training || step_ == meeting_step::closing;
        return !of_people || line_.has(word_list::balances) || line_.has(word_list::payments);
    }

    // ---- the judgements

    bool is_requested() const {
        const bool debt = owes_ || line_.has(word_list::balances) ||
                          line_.has(word_list::arrears) || line_.has(word_list::missing);
        if (!loan_step_ || debt) return false;
        if (line_.has(word_list::requests)) return true;
        // The sum on the table, spoken of without anybody's name.
        return step_ == meeting_step::loan_requests && !named_ && !speaks_of_paying();
    }

    std::optional<guard_rule> judge_sum() const {
        if (is_requested()) return loan_talk_allowed;
        if (is_of_all() && !owes_) return std::nullopt;
        if (is_of_nobody()) return std::nullopt;
        if (owes_ || line_.has(word_list::arrears) || line_.has(word_list::balances) ||
            line_.has(word_list::missing)) {
            return privacy_balance;
        }
        if (line_.has(word_list::fines) && (person_ || own_)) return privacy_balance;
        if (line_.has(word_list::payments) && !paid_for_wares()) return privacy_balance;
        const bool wants = line_.has(word_list::requests) && !named_;
        if (line_.has(word_list::loans) && (person_ || own_) && !wants) return privacy_balance;
        // A name and a sum: prices apart, whatever stands between them.
        if (line_.names_a_member() && !is_of_market()) return privacy_balance;
        if (money_is_counted_ && !line_.has(word_list::market) && (named_ || !wants)) {
            return privacy_balance;
        }
        return std::nullopt;
    }

    std::optional<guard_rule> judge_words() const {
        if (is_of_nobody()) return std::nullopt;
        const auto of_whom = own_ && !person_ ? privacy_balance : names_debtor;
        if (line_.has(word_list::arrears) || owes_) return of_whom;
        const bool missing = line_.has(word_list::missing) && missing_is_debt();
        const bool late = line_.has(word_list::denials) || line_.has(word_list::pending) || missing;
        if (person_ && late && (of_loan() || line_.has(word_list::pending))) return names_debtor;
        if (!named_ || line_.has(word_list::market)) return std::nullopt;
        if (missing || (late && line_.has(word_list::money))) return names_debtor;
        if (speaks_of_paying()) {
            const bool paid =
                line_.has(word_list::payments) && !late && !line_.has(word_list::except);
            return paid ? privacy_balance : names_debtor;
        }
        // While money is counted a member's name is about her money, unless the talk is kind.
        const bool kind = line_.has(word_list::company);
        if (money_is_counted_ && line_.names_a_member() && !kind) return names_debtor;
        return std::nullopt;
    }

    const meeting_line& line_;
    const guard_context& in_;
    meeting_step step_{};
    bool named_{};   // somebody's name, or what is like one
    bool person_{};  // or a word for her
    bool own_{};     // the speaker herself
    bool owes_{};
    bool loan_step_{};
    bool money_is_counted_{};
};

}  // namespace

std::optional<guard_rule> judge_privacy(
    const meeting_line& line, const guard_context& in, meeting_step step
) {
    const privacy_judge by_rules{line, in, step};
    const auto found = by_rules.judge();
    const bool is_settled = found == loan_talk_allowed || by_rules.knows_an_amount();
    if (in.learnt == nullptr || is_settled || !by_rules.is_worth_comparing()) return found;
    const auto share = in.learnt->share_private(line);
    if (!share) return found;
    // "Juana is late again": at the counter it is about her money, on the road about the bus.
    if (found) return *share < surely_for_all && !by_rules.money_is_counted() ? std::nullopt : found;
    if (*share < likely_hers) return std::nullopt;
    return by_rules.tells_a_sum() ? privacy_balance : names_debtor;
}

}  // namespace tertulia::dialogs
