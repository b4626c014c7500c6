// One record's columns as values. Each getter reports what is wrong with its column and answers
// with something harmless, so that one reading finds every mistake of a row.

#pragma once

#include "adapters/ledger/columns.hpp"
#include "adapters/ledger/problem.hpp"
#include "dialogs/facts/portfolio.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::adapters::ledger {

class fields {
public:
    // `country_code`: digits put before a national telephone number in a mend, "502".
    fields(
        kind what, const record& of, std::string_view country_code, problem_list& problems
    ) noexcept;

    // False once a getter has reported a problem: the record must not be kept.
    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] kind what() const noexcept { return what_; }
    [[nodiscard]] const place& at() const noexcept { return record_.at; }
    [[nodiscard]] bool has(std::string_view column) const;

    // Every getter: an absent required column is a problem, an absent optional one is the default.
    [[nodiscard]] std::string text(std::string_view column);
    [[nodiscard]] std::string id(std::string_view column);  // at most 64 bytes, no spaces
    [[nodiscard]] std::string phone(std::string_view column);
    [[nodiscard]] std::vector<std::string> phones(std::string_view column);  // separated by |
    [[nodiscard]] std::optional<civil_date> date(std::string_view column);
    [[nodiscard]] money amount(std::string_view column, currency_code currency);  // never negative
    [[nodiscard]] int number(std::string_view column, int low, int high, int otherwise);
    [[nodiscard]] double degrees(std::string_view column, double limit);
    [[nodiscard]] bool yes(std::string_view column, bool otherwise);

    // One of `words`, by its index.
    [[nodiscard]] std::size_t word(
        std::string_view column, const std::vector<std::string_view>& words, std::size_t otherwise
    );

    void fail(std::string_view column, std::string what, std::string mend = {});

private:
    [[nodiscard]] const std::optional<std::string>& raw(std::string_view column) const;
    [[nodiscard]] const std::string* wanted(std::string_view column);
    [[nodiscard]] std::string e164(std::string_view column, std::string_view written);

    kind what_;
    const record& record_;
    std::string_view country_code_;
    problem_list& problems_;
    bool good_{true};
};

}  // namespace tertulia::adapters::ledger
