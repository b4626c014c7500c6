// Which source text each translation was made from: messages/translated/LANGUAGE.yaml, a map from
// context to the hash of that text. Written by `tertulia translations`, never by hand; a text
// without a record is not told as stale, for nobody knows.

#pragma once

#include "dialogs/script/yaml_tree.hpp"
#include "dialogs/wording/catalogue.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

// By context: units.hpp.
using translation_records = std::map<std::string, std::string, std::less<>>;

// The first 48 bits of SHA-256, 12 digits of lower-case hex: enough to tell two wordings apart.
[[nodiscard]] std::string hash_of_text(std::string_view text);

// "balance.summary", of a variant "balance.summary|nascent".
[[nodiscard]] std::string context_of(std::string_view key, std::string_view variant);

// What is not a record is told in `problems` and left out.
[[nodiscard]] translation_records read_records(
    const source_file& file, std::vector<diagnostic>& problems
);
// The bytes of that file, sorted by context.
[[nodiscard]] std::string to_yaml(const translation_records& records);

// A warning at every text of `target` whose source text is another than the one on record.
void check_translations(
    std::span<const message_source> source,
    std::span<const message_source> target,
    const translation_records& records,
    std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
