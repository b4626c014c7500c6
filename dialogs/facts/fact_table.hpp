// The facts one script set may speak of: the published schema and, behind it, the answers its
// dialogs keep, as `answer.NAME`. Immutable; conditions and messages hold on to its fields, so it
// lives as long as they do.

#pragma once

#include "dialogs/facts/schema.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia {

inline constexpr std::string_view answer_prefix = "answer.";

class fact_table {
public:
    // By name, without "answer.". `personal`: those of them that are made of what is hers alone.
    explicit fact_table(
        const std::map<std::string, fact_type>& answers, const std::set<std::string>& personal = {}
    );
    fact_table(const fact_table&) = delete;
    fact_table& operator=(const fact_table&) = delete;

    // The published ones first, as in fact_schema(): their indexes are the same.
    [[nodiscard]] std::span<const fact_field> fields() const noexcept { return fields_; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view path) const noexcept;
    [[nodiscard]] bool is_answer(std::size_t index) const noexcept;

private:
    std::vector<std::string> paths_{};
    std::vector<fact_field> fields_{};
};

// Without any answers.
[[nodiscard]] const fact_table& published_facts();

}  // namespace tertulia
