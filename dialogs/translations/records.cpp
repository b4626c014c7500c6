#include "dialogs/translations/records.hpp"

#include "dialogs/script/words_reader.hpp"
#include "dialogs/translations/units.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t hash_digits = 12;
constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

std::string hash_of_text(std::string_view text) {
    std::array<unsigned char, 32> bytes{};
    unsigned int size = 0;
    if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not there");
    }
    std::string made;
    for (std::size_t i = 0; i < hash_digits / 2; ++i) {
        made += digits[bytes[i] >> 4U];
        made += digits[bytes[i] & 15U];
    }
    return made;
}

std::string context_of(std::string_view key, std::string_view variant) {
    std::string made{key};
    if (!variant.empty()) made.append("|").append(variant);
    return made;
}

translation_records read_records(const source_file& file, std::vector<diagnostic>& problems) {
    translation_records made;
    if (file.text == to_yaml(made)) return made;  // an import took nothing yet
    findings noted(file.path, problems);
    const auto root = read_yaml(file, noted);
    if (!root) return made;
    if (!root->map()) {
        noted.error(
            rule::wrong_shape,
            root->at,
            "this is not what `tertulia translations` writes here",
            "take the file out: it is written anew by the next import"
        );
        return made;
    }
    for (const auto& entry : root->entries) {
        const auto& hash = entry.value.text;
        if (!entry.value.scalar() || hash.size() != hash_digits ||
            hash.find_first_not_of(digits) != std::string::npos) {
            noted.error(
                rule::wrong_value,
                entry.at,
                "'" + entry.key + "' needs the 12 digits `tertulia translations` wrote",
                "take the line out: the next import writes it anew"
            );
            continue;
        }
        made.emplace(entry.key, hash);
    }
    return made;
}

std::string to_yaml(const translation_records& records) {
    std::string made =
        "# Which source text each translation was made from, so that `tertulia check` tells when it\n"
        "# has changed. Written by `tertulia translations`; keep it with the messages.\n";
    for (const auto& [context, hash] : records) made += context + ": \"" + hash + "\"\n";
    return made;
}

void check_translations(
    std::span<const message_source> source,
    std::span<const message_source> target,
    const translation_records& records,
    std::vector<diagnostic>& problems
) {
    if (source.empty() || target.empty()) return;
    const auto from = language_name(source.front().language);
    const auto& to = target.front().language;
    for (const auto& unit : units_of(source, target, records)) {
        if (!unit.stale || unit.target.empty()) continue;
        findings(target.front().file, problems)
            .warning(
                rule::stale_translation,
                {.line = unit.target_line, .column = unit.target_column},
                "the " + from + " text of '" + unit.context +
                    "' has changed since this was translated",
                "translate it again, or `tertulia translations confirm --to " + to + " '" +
                    unit.context + "'` if it still says the same"
            );
    }
}

}  // namespace tertulia::dialogs
