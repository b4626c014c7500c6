// Whatever a translator's file holds: it is read or refused, and what is read comes back from what
// is written.

#include "dialogs/script/words_reader.hpp"
#include "dialogs/translations/rewrite.hpp"
#include "gateway/translations/xliff_file.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace tertulia;

namespace {

// A text that was accepted stands in the file as it is, and its neighbours as they were.
void put_into_yaml(const std::string& text) {
    const std::string file =
        "a: \"uno\"  # remark\nb:\n  text: |-\n    uno\n\n    dos\n  sms: uno\nc: {text: x, sms: "
        "'y'}\n";
    std::vector<dialogs::message_source> source;
    std::vector<dialogs::diagnostic> problems;
    dialogs::read_messages({"m/es.yaml", file}, source, problems);
    const auto units = dialogs::units_of(source, source, {});
    for (const auto& unit : units) {
        const auto made =
            dialogs::rewrite_messages({"m/es.yaml", file}, {{unit.context, text}}, units, problems);
        if (!made) continue;
        std::vector<dialogs::message_source> after;
        dialogs::read_messages({"m/es.yaml", *made}, after, problems);
        for (const auto& one : dialogs::units_of(source, after, {})) {
            if (one.target != (one.context == unit.context ? text : one.source)) std::abort();
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<dialogs::diagnostic> problems;
    const auto read = gateway::read_xliff({"fuzz.xlf", text}, problems);
    if (!read) {
        if (problems.empty()) std::abort();
        return 0;
    }
    if (read->texts.empty()) std::abort();  // there is a unit in all that is read
    std::vector<gateway::xliff_text> texts;
    for (const auto& one : read->texts) {
        texts.push_back(
            {.context = one.context, .source = one.source, .text = one.text, .stale = one.initial}
        );
    }
    const auto again =
        gateway::read_xliff({"again.xlf", gateway::to_xliff(texts, "fr", "es")}, problems);
    if (!again || again->texts.size() != texts.size()) std::abort();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& now = again->texts[i];
        if (now.context != texts[i].context || now.source != texts[i].source) std::abort();
        if (now.text != texts[i].text) std::abort();
        if (now.initial != (texts[i].stale && !texts[i].text.empty())) std::abort();
        if (i < 4) put_into_yaml(texts[i].text);
    }
    return 0;
}
