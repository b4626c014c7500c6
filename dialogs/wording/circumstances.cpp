#include "dialogs/wording/circumstances.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

// In the order of conditions::wanted_.
enum class aspect : std::uint8_t { channel, archetype, tone, time };

struct condition_word {
    std::string_view word{};
    aspect of{};
    std::int8_t value{};
};

// In the order of the enumerators.
constexpr auto words = std::to_array<condition_word>({
    {"whatsapp", aspect::channel, 0},
    {"sms", aspect::channel, 1},
    {"nascent", aspect::archetype, 0},
    {"experimenter", aspect::archetype, 1},
    {"emerger", aspect::archetype, 2},
    {"enabled", aspect::archetype, 3},
    {"service", aspect::tone, 0},
    {"plan", aspect::tone, 1},
    {"concern", aspect::tone, 2},
    {"options", aspect::tone, 3},
    {"morning", aspect::time, 0},
    {"afternoon", aspect::time, 1},
    {"evening", aspect::time, 2},
});

constexpr std::array<std::string_view, 4> never_both{
    "a message goes out on one channel",
    "nobody is both",
    "a message has one tone",
    "it is one time of day",
};

std::array<std::int8_t, 4> values_of(const circumstances& now) noexcept {
    return {
        static_cast<std::int8_t>(now.channel),
        static_cast<std::int8_t>(now.whom),
        static_cast<std::int8_t>(now.in),
        static_cast<std::int8_t>(now.at),
    };
}

}  // namespace

day_part day_part_of(int hour) noexcept {
    if (hour < 5 || hour >= 18) return day_part::evening;
    return hour < 12 ? day_part::morning : day_part::afternoon;
}

std::optional<tone> parse_tone(std::string_view word) noexcept {
    const auto* found = std::find_if(words.begin(), words.end(), [&](const condition_word& one) {
        return one.of == aspect::tone && one.word == word;
    });
    if (found == words.end()) return std::nullopt;
    return static_cast<tone>(found->value);
}

std::vector<std::string> tone_words() {
    std::vector<std::string> all;
    for (const auto& one : words) {
        if (one.of == aspect::tone) all.emplace_back(one.word);
    }
    return all;
}

bool conditions::hold(const circumstances& now) const noexcept {
    const auto values = values_of(now);
    for (std::size_t i = 0; i < aspects; ++i) {
        if (wanted_[i] != any && wanted_[i] != values[i]) return false;
    }
    return true;
}

int conditions::weight() const noexcept {
    int sum = 0;
    for (std::size_t i = 0; i < aspects; ++i) {
        if (wanted_[i] != any) sum += 1 << (aspects - 1 - i);
    }
    return sum;
}

std::optional<channel_kind> conditions::channel() const noexcept {
    const auto wanted = wanted_[static_cast<std::size_t>(aspect::channel)];
    if (wanted == any) return std::nullopt;
    return static_cast<channel_kind>(wanted);
}

struct conditions_reader {
    std::vector<conditions_problem>& problems;
    bool alone{};  // the key is one word, which may have been meant for another key
    conditions made{};

    void take(std::string_view word, std::size_t offset) {
        const auto* found = std::find_if(words.begin(), words.end(), [&](const auto& one) {
            return one.word == word;
        });
        if (found == words.end()) {
            unknown(word, offset);
            return;
        }
        const auto of = static_cast<std::size_t>(found->of);
        auto& wanted = made.wanted_[of];
        const auto text = std::string(word);
        if (wanted == found->value) {
            problems.push_back({offset, word.size(), "'" + text + "' stands twice", {}, {}});
        } else if (wanted != conditions::any) {
            problems.push_back(
                {offset,
                 word.size(),
                 "this variant is never said: " + std::string(never_both[of]),
                 {},
                 {}}
            );
        }
        wanted = found->value;
    }

    void unknown(std::string_view word, std::size_t offset) {
        const auto text = std::string(word);
        conditions_problem told{
            .offset = offset,
            .length = word.size(),
            .what = "there is no variant called '" + text + "'"};
        if (word.empty()) {
            told.what = "a condition is missing beside the '+'";
            told.length = 1;
        } else if (word == "text") {
            told.what = "'text' is what is said when no variant is: it has no conditions";
        } else {
            told.word = text;
            for (const auto& one : words) told.candidates.emplace_back(one.word);
            if (alone) {
                for (const auto* key : {"text", "picture", "audio", "document"}) {
                    told.candidates.emplace_back(key);
                }
            }
        }
        problems.push_back(std::move(told));
    }
};

conditions read_conditions(std::string_view key, std::vector<conditions_problem>& problems) {
    conditions_reader reader{
        .problems = problems, .alone = key.find('+') == std::string_view::npos};
    for (std::size_t from = 0; from <= key.size();) {
        const auto end = std::min(key.find('+', from), key.size());
        reader.take(key.substr(from, end - from), from);
        from = end + 1;
    }
    return reader.made;
}

}  // namespace tertulia::dialogs
