#include "dialogs/script/shape.hpp"

#include <utility>

namespace tertulia::dialogs {

std::vector<std::string> map_shape::names() const {
    std::vector<std::string> all;
    all.reserve(keys.size());
    for (const auto& one : keys) all.push_back(one.key);
    return all;
}

value_shape a_text(std::string pattern) {
    return {.is = value_shape::form::text, .pattern = std::move(pattern)};
}

value_shape a_word(std::vector<std::string> words) {
    return {.is = value_shape::form::word, .words = std::move(words)};
}

value_shape a_whole(std::int64_t least, std::int64_t most) {
    return {.is = value_shape::form::whole, .least = least, .most = most};
}

value_shape a_truth() {
    return {.is = value_shape::form::truth};
}

value_shape nothing() {
    return {.is = value_shape::form::nothing};
}

value_shape a_list(value_shape of, std::int64_t least, std::int64_t most) {
    return {.is = value_shape::form::list, .least = least, .most = most, .parts = {std::move(of)}};
}

value_shape one_or_more(const value_shape& of) {
    return either({of, a_list(of)});
}

value_shape entries_of(value_shape of, std::string names) {
    return {
        .is = value_shape::form::entries, .pattern = std::move(names), .parts = {std::move(of)}};
}

value_shape a_map(map_shape_of shape) {
    return {.is = value_shape::form::map, .map = shape};
}

value_shape either(std::vector<value_shape> parts) {
    return {.is = value_shape::form::either, .parts = std::move(parts)};
}

std::vector<key_shape> operator+(
    std::vector<key_shape> first, const std::vector<key_shape>& second
) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

}  // namespace tertulia::dialogs
