// What operators write after `when:`: a subset of CEL (Common Expression Language) over the paths
// of dialogs/facts/schema.hpp. Parsed and typed at load; evaluation reads a fact_view and cannot
// fail.
//
// Literals, paths, == != < <= > >= && || ! + - * / % ?: in, lists, size(x), has(path). No macros.
// A missing fact makes what it stands in missing, except where the answer is clear without it
// (`false && x`, `true || x`), and so do overflow, division by zero and mixed currencies. A guard
// that is missing is false. A number beside money counts major units: `loan.overdue > 100.50`.

#pragma once

#include "dialogs/facts/fact_table.hpp"
#include "dialogs/script/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::size_t expression_bytes_max = 1000;
inline constexpr std::size_t expression_depth_max = 48;

struct expression_problem {
    rule breaks{rule::bad_condition};
    bool fatal{true};      // false: a warning
    std::size_t offset{};  // in bytes
    std::size_t length{};
    std::string what{};
    std::string mend{};
    std::string path{};  // of a warning: the fact that may be missing
};

struct expression_result;

class expression {
public:
    // With `wanted` fact_type::nothing any type will do. Never throws for what the text holds.
    // `known` must outlive the expression.
    [[nodiscard]] static expression_result parse(
        std::string_view text, fact_type wanted, const fact_table& known = published_facts()
    );

    // True if the value is there and true.
    [[nodiscard]] bool holds(const fact_view& facts) const;
    // std::monostate: missing. A decimal literal alone has no value of a fact's type: missing too.
    [[nodiscard]] fact_value evaluate(const fact_view& facts) const;

    [[nodiscard]] fact_type type() const noexcept { return type_; }
    // Indexes into the fact table, ascending.
    [[nodiscard]] const std::vector<std::size_t>& paths() const noexcept { return paths_; }
    // The paths that are there whenever it holds: has(path) along &&.
    [[nodiscard]] const std::vector<std::string>& assures() const noexcept { return assures_; }

    struct node;  // dialogs/script/expression_tree.hpp

private:
    friend struct expression_typer;
    std::shared_ptr<const std::vector<node>> nodes_{};  // operands before their operator
    fact_type type_{};
    const fact_table* known_{};
    std::vector<std::size_t> paths_{};
    std::vector<std::string> assures_{};
};

struct expression_result {
    std::optional<expression> parsed{};  // nothing if any problem is fatal
    std::vector<expression_problem> problems{};
};

}  // namespace tertulia::dialogs
