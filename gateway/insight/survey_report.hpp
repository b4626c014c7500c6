// What clients answered in surveys and check-ins, added up: by talk and question. Counts, and words
// without a name for who reads them. Pure.

#pragma once

#include "dialogs/message/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

// One talk that was had with the assistant.
struct talk_had {
    instant at{};
    std::string about{};  // the survey, or the stage of the loan
    std::map<std::string, std::string> answers{};  // by question, as dialogs::typed_answer is kept
};

// Net promoter score: those who say 9 or 10 of ten, less those who say 6 or less, of 100, with its 95 %
// interval (of a difference of two shares).
struct promoter_score {
    double score{};
    double low{};
    double high{};
};
// Of the numbers 0 to 10, others are left out. Nothing: fewer than five.
[[nodiscard]] std::optional<promoter_score> promoter_score_of(std::span<const int> numbers);

struct question_report {
    std::map<std::string, std::int64_t> picks{};  // of a question with choices, or yes and no
    std::vector<int> numbers{};
    std::int64_t recordings{};                    // voice notes, pictures, documents
    std::vector<std::string> words{};             // the newest first
};
struct survey_report {
    std::int64_t talks{};
    std::map<std::string, question_report> questions{};
};

// By what they were about.
[[nodiscard]] std::map<std::string, survey_report> survey_reports(std::vector<talk_had> all);
// A page for a terminal; `with_words`: what they wrote, too.
[[nodiscard]] std::string page_of(
    const std::map<std::string, survey_report>& all, bool with_words
);

}  // namespace tertulia::gateway
