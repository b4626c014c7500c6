#include "dialogs/wording/circumstances.hpp"

#include <algorithm>

namespace tertulia::dialogs {
namespace {

// In the order of conditions::wanted_.
enum class aspect : std::uint8_t { channel, archetype, tone, time };

struct known_condition {
    std::string_view word{};
    aspect of{};
    std::int8_t value{};
    std::string_view about{};
};

// In the order of the enumerators.
constexpr auto words = std::to_array<known_condition>({
    {"whatsapp", aspect::channel, 0, "On WhatsApp."},
    {"sms", aspect::channel, 1, "By SMS: short, and best without accents."},
    {"nascent", aspect::archetype, 0, "For who is new to the telephone."},
    {"experimenter", aspect::archetype, 1, "For who tries things out."},
    {"emerger", aspect::archetype, 2, "For who manages well."},
    {"enabled", aspect::archetype, 3, "For who is at home on the telephone."},
    {"service", aspect::tone, 0, "In dialogs of this tone, which is every dialog that names no other."},
    {"plan", aspect::tone, 1, "In dialogs with tone: plan."},
    {"concern", aspect::tone, 2, "In dialogs with tone: concern."},
    {"options", aspect::tone, 3, "In dialogs with tone: options."},
    {"morning", aspect::time, 0, "From 5:00 to 11:59."},
    {"afternoon", aspect::time, 1, "From 12:00 to 17:59."},
    {"evening", aspect::time, 2, "From 18:00 to 4:59."},
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
    const auto* found = std::find_if(words.begin(), words.end(), [&](const known_condition& one) {
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

std::vector<condition_word> condition_words() {
    std::vector<condition_word> all;
    for (const auto& one : words) all.push_back({one.word, one.about});
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
