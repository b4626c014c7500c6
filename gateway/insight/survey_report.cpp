#include "gateway/insight/survey_report.hpp"

#include "dialogs/script/answer_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <functional>

namespace tertulia::gateway {
namespace {

constexpr std::size_t score_from = 5;  // what is told of fewer is told of persons
constexpr std::string_view promoter_question = "nps";

std::string rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
}

void take_answer(question_report& into, const std::string& kept) {
    using dialogs::typed_kind;
    const auto answer = dialogs::parse_typed_answer(kept);
    if (!answer) {
        if (!kept.empty()) into.words.push_back(kept);  // her words, as a dialog kept them
        return;
    }
    switch (answer->kind) {
        case typed_kind::choice:
        case typed_kind::yes_no:
            ++into.picks[answer->value];
            break;
        case typed_kind::number: {
            int number{};
            const auto* end = answer->value.data() + answer->value.size();
            const auto [at, error] = std::from_chars(answer->value.data(), end, number);
            if (error == std::errc{} && at == end) into.numbers.push_back(number);
            break;
        }
        case typed_kind::voice_note:
        case typed_kind::photo:
        case typed_kind::document:
            ++into.recordings;
            break;
        default:
            into.words.push_back(answer->value);
    }
}

std::string line_of(const std::string& name, const question_report& of) {
    std::string told;
    const auto add = [&told](const std::string& text) { told += (told.empty() ? "" : ", ") + text; };
    for (const auto& [pick, count] : of.picks) add(pick + " " + std::to_string(count));
    if (!of.words.empty()) add(std::to_string(of.words.size()) + " in words");
    if (of.recordings > 0) add(std::to_string(of.recordings) + " as recordings");
    if (!of.numbers.empty() && name == promoter_question) {
        const auto score = promoter_score_of(of.numbers);
        add(score ? "score " + rounded(score->score) + " (95 %: " + rounded(score->low) + " to " +
                        rounded(score->high) + ") of " + std::to_string(of.numbers.size())
                  : std::to_string(of.numbers.size()) + " numbers, too few for a score");
    } else if (of.numbers.size() >= score_from) {
        auto sorted = of.numbers;
        std::ranges::sort(sorted);
        add("middle " + std::to_string(sorted[(sorted.size() - 1) / 2]) + " of " +
            std::to_string(sorted.size()));
    } else if (!of.numbers.empty()) {
        add(std::to_string(of.numbers.size()) + " numbers");
    }
    return "  " + name + ": " + told + "\n";
}

}  // namespace

std::optional<promoter_score> promoter_score_of(std::span<const int> numbers) {
    double count = 0;
    double fond = 0;
    double cold = 0;
    for (const int one : numbers) {
        if (one < 0 || one > 10) continue;
        ++count;
        if (one >= 9) ++fond;
        if (one <= 6) ++cold;
    }
    if (count < static_cast<double>(score_from)) return std::nullopt;
    const double difference = (fond - cold) / count;
    const double spread = (fond + cold) / count - difference * difference;
    const double reach = 1.96 * std::sqrt(std::max(0.0, spread) / count);
    return promoter_score{
        .score = 100 * difference,
        .low = 100 * std::max(-1.0, difference - reach),
        .high = 100 * std::min(1.0, difference + reach)};
}

std::map<std::string, survey_report> survey_reports(std::vector<talk_had> all) {
    std::ranges::stable_sort(all, std::greater{}, &talk_had::at);
    std::map<std::string, survey_report> out;
    for (const auto& one : all) {
        auto& report = out[one.about];
        ++report.talks;
        for (const auto& [name, kept] : one.answers) take_answer(report.questions[name], kept);
    }
    return out;
}

std::string page_of(const std::map<std::string, survey_report>& all, bool with_words) {
    std::string out;
    for (const auto& [about, report] : all) {
        out += about + "  " + std::to_string(report.talks) + " talks\n";
        for (const auto& [name, question] : report.questions) {
            out += line_of(name, question);
            if (!with_words) continue;
            for (const auto& words : question.words) out += "    " + words + "\n";
        }
    }
    return out.empty() ? "nobody has answered yet\n" : out;
}

}  // namespace tertulia::gateway
