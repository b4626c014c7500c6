#include "dialogs/facts/fact_table.hpp"

#include <algorithm>

namespace tertulia {

fact_table::fact_table(
    const std::map<std::string, fact_type>& answers, const std::set<std::string>& personal
)
    : fields_(fact_schema().begin(), fact_schema().end()) {
    paths_.reserve(answers.size());  // the fields look into it
    for (const auto& [name, type] : answers) {
        paths_.push_back(std::string{answer_prefix} + name);
        fields_.push_back(
            {.path = paths_.back(),
             .type = type,
             .personal = personal.contains(name),
             .about = "what she answered, or a dialog set, in this conversation",
             .read = nullptr}
        );
    }
}

std::optional<std::size_t> fact_table::find(std::string_view path) const noexcept {
    if (const auto published = find_fact(path)) return published;
    const auto at = std::lower_bound(paths_.begin(), paths_.end(), path);  // as the map had them
    if (at == paths_.end() || *at != path) return std::nullopt;
    return fact_schema().size() + static_cast<std::size_t>(at - paths_.begin());
}

bool fact_table::is_answer(std::size_t index) const noexcept {
    return index >= fact_schema().size();
}

const fact_table& published_facts() {
    static const fact_table table({});
    return table;
}

}  // namespace tertulia
