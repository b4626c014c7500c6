#include "dialogs/script/words_shapes.hpp"

#include "dialogs/script/dialog_shapes.hpp"
#include "dialogs/wording/circumstances.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs {
namespace {

using keys = std::vector<key_shape>;

// "es", "pt-BR", "quc".
constexpr const char* language_pattern = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*";
constexpr const char* template_name_pattern = "[a-z0-9_]{1,512}";
constexpr const char* provider_code_pattern = "[a-z]{2,3}(_[A-Z]{2})?";
constexpr const char* gap_name_pattern = "[a-z][a-z0-9_]*";
constexpr std::int64_t words_in_a_sentence_max = 1'000;

keys with_its_media(key_shape text) {
    return {
        std::move(text),
        {"picture", a_text(), "A file of media/, JPEG or PNG; or `assistant`, its own picture."},
        {"document", a_text(), "A file of media/, PDF."},
        {"audio", a_text(), "A file of media/: OGG with Opus, MP3, M4A, AAC or AMR."}};
}

// "nascent+sms".
std::string several_conditions() {
    std::string one;
    for (const auto& each : condition_words()) {
        if (!one.empty()) one += '|';
        one += each.word;
    }
    return "(" + one + ")(\\+(" + one + ")){1,3}";
}

const map_shape& message_shape() {
    static const map_shape shape = [] {
        const auto variant = either({a_text(), a_map(variant_shape)});
        map_shape made{
            .name = "message",
            .keys = with_its_media({"text", a_text(), "What everyone reads.", need::must}),
            .pattern = several_conditions(),
            .other = variant};
        made.keys.push_back(
            {"template",
             either({a_text(template_name_pattern), a_map(template_shape)}),
             "The approved template it is sent by when she has not written for 24 hours."}
        );
        for (const auto& one : condition_words()) {
            made.keys.push_back({std::string(one.word), variant, std::string(one.about)});
        }
        return made;
    }();
    return shape;
}

}  // namespace

const map_shape& variant_shape() {
    static const map_shape shape{
        .name = "variant",
        .keys = with_its_media({"text", a_text(), "What she reads then.", need::must})};
    return shape;
}

const std::vector<std::string>& template_category_words() {
    static const std::vector<std::string> all{"utility", "marketing"};
    return all;
}

const map_shape& template_shape() {
    static const map_shape shape{
        .name = "template",
        .keys = {
            {"name", a_text(template_name_pattern), "The one it was approved by.", need::must},
            {"category", a_word(template_category_words()), "utility where it is not said."},
            {"language",
             a_text(provider_code_pattern),
             "As registered, es_GT; else that of this file."},
            {"header", a_text(), "What stands in the one gap of a header of words."},
            {"body",
             either({a_list(a_text(), 0), entries_of(a_text(), gap_name_pattern)}),
             "What stands in its gaps {{1}}, {{2}} in order, or by their names."},
            {"buttons",
             a_list(a_text(), 1, 10),
             "The choices its quick replies stand for, in their order."}}};
    return shape;
}

const map_shape& messages_shape() {
    static const map_shape shape{
        .name = "messages",
        .pattern = message_key_pattern(),
        .other = either({a_text(), a_map(message_shape)})};
    return shape;
}

const map_shape& phrases_shape() {
    static const map_shape shape{
        .name = "phrases", .pattern = name_pattern(), .other = a_list(a_text())};
    return shape;
}

const map_shape& words_max_shape() {
    static const map_shape shape = [] {
        const auto count = a_whole(3, words_in_a_sentence_max);
        map_shape made{.name = "words_max", .keys = {{"text", count, "Of the plain text."}}};
        for (const auto* variant :
             {"nascent", "experimenter", "emerger", "enabled", "whatsapp", "sms"}) {
            made.keys.push_back({variant, count, "Of this variant."});
        }
        return made;
    }();
    return shape;
}

const map_shape& lint_list_shape() {
    static const map_shape shape{
        .name = "list",
        .keys = {
            {"instead_of", entries_of(a_text()), "Words of the bank, with the plainer one."},
            {"never", a_list(a_text()), "Threats, hurry, religion, comparisons, guesses."},
            {"informal", a_list(a_text()), "Too familiar: we say \"usted\"."},
            {"words_max", a_map(words_max_shape), "The most words in a sentence, by variant."},
            {"allow",
             entries_of(a_text(), message_key_pattern()),
             "Messages that may all the same, with the reason."}}};
    return shape;
}

const map_shape& lint_shape() {
    static const map_shape shape{
        .name = "lint", .pattern = language_pattern, .other = a_map(lint_list_shape)};
    return shape;
}

}  // namespace tertulia::dialogs
