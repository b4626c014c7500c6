// What operators send to the desk, read strictly: every byte is somebody else's.

#include "gateway/publishing/answers.hpp"
#include "gateway/publishing/desk.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tertulia::gateway {
namespace {

using nlohmann::json;

struct bad_request {
    http::response answer{};
};

[[noreturn]] void refuse(const std::string& what, const std::string& mend) {
    throw bad_request{http::problem(400, "bad-request", what, mend)};
}

json read_object(std::string_view body) {
    auto read = json::parse(body, nullptr, false);
    if (!read.is_object()) refuse("The body is not a JSON object", "Send one in UTF-8.");
    return read;
}

void refuse_unknown(const json& from, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : from.items()) {
        if (std::ranges::find(known, key) == known.end()) {
            refuse("There is no '" + key.substr(0, 40) + "' here", "Leave it out.");
        }
    }
}

std::string text_of(const json& from, const char* key, std::size_t bytes_max) {
    const auto at = from.find(key);
    if (at == from.end()) return {};
    if (!at->is_string()) refuse(std::string{"'"} + key + "' is not a text", "Write it in quotes.");
    auto text = at->get<std::string>();
    const bool controls = std::ranges::any_of(text, [](char one) {
        return static_cast<unsigned char>(one) < 0x20 || one == 0x7f;
    });
    if (controls || text.size() > bytes_max) {
        refuse(
            std::string{"'"} + key + "' is too long or has more than one line",
            "At most " + std::to_string(bytes_max) + " bytes on one line."
        );
    }
    return text;
}

std::string needed(const json& from, const char* key, std::size_t bytes_max) {
    auto text = text_of(from, key, bytes_max);
    if (text.find_first_not_of(' ') == std::string::npos) {
        refuse(std::string{"'"} + key + "' is missing", "Say who publishes, and why.");
    }
    return text;
}

std::vector<dialogs::source_file> files_of(const json& from, const char* key) {
    std::vector<dialogs::source_file> out;
    const auto at = from.find(key);
    const auto wrong = [key] {
        refuse(
            std::string{"'"} + key + "' is not a list of files",
            R"(Send [{"path": "dialogs/menu.yaml", "text": "…"}, …].)"
        );
    };
    if (at == from.end() || !at->is_array()) wrong();
    for (const auto& one : *at) {
        if (!one.is_object() || one.size() != 2 || !one.contains("path") || !one.contains("text") ||
            !one["path"].is_string() || !one["text"].is_string()) {
            wrong();
        }
        out.push_back({.path = one["path"], .text = one["text"]});
    }
    return out;
}

// What the pictures and recordings are; the gateway serves them from its own folder. Older senders
// name none.
std::vector<dialogs::media_file> media_of(const json& from) {
    std::vector<dialogs::media_file> out;
    const auto at = from.find("media");
    if (at == from.end()) return out;
    const auto wrong = [] {
        refuse(
            "'media' is not a list of pictures and recordings",
            R"(Send [{"name": "card.png", "type": "image/png", "bytes": 1, "hash": "…"}, …].)"
        );
    };
    if (!at->is_array()) wrong();
    for (const auto& one : *at) {
        if (!one.is_object() || one.size() != 4) wrong();
        for (const auto* text : {"name", "type", "hash"}) {
            if (!one.contains(text) || !one[text].is_string()) wrong();
        }
        if (!one.contains("bytes") || !one["bytes"].is_number_unsigned()) wrong();
        out.push_back(
            {.name = one["name"], .type = one["type"], .bytes = one["bytes"], .hash = one["hash"]}
        );
    }
    return out;
}

// Every mistake of the files, as `tertulia check` prints them.
http::response does_not_load(
    const std::vector<dialogs::diagnostic>& problems, const dialogs::script_sources& sources
) {
    auto answer = http::problem(
        422,
        "does-not-load",
        "The files have mistakes: nothing was published",
        "`tertulia check` names every one with its line. What ran goes on."
    );
    auto told = json::array();
    for (const auto& one : problems) {
        if (one.level != dialogs::severity::error) continue;
        std::string_view text;
        for (const auto* list : {&sources.dialogs, &sources.messages, &sources.phrases, &sources.nudges, &sources.meetings}) {
            const auto found = std::ranges::find(*list, one.file, &dialogs::source_file::path);
            if (found != list->end()) text = found->text;
        }
        told.push_back(dialogs::to_text(one, text));
    }
    auto body = json::parse(answer.body);
    body["problems"] = std::move(told);
    // A file that is not UTF-8 is quoted in its own report.
    answer.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
    return answer;
}

publish_request read_publishing(std::string_view body, const institution& of) {
    const auto from = read_object(body);
    refuse_unknown(
        from,
        {"author",
         "reason",
         "to",
         "seen",
         "only_show",
         "dialogs",
         "messages",
         "phrases",
         "nudges",
         "meetings",
         "media"}
    );
    publish_request out{
        .author = needed(from, "author", author_bytes_max),
        .reason = needed(from, "reason", reason_bytes_max),
    };
    const auto name = text_of(from, "to", 8);
    const auto to = parse_target(name.empty() ? "all" : name);
    if (!to) refuse("'to' is not an audience", "Write all, staff, or a share such as 10%.");
    out.to = *to;
    if (const auto seen = from.find("seen"); seen != from.end()) {
        if (!seen->is_number_integer()) refuse("'seen' is not a number", "Leave it out.");
        out.seen = seen->get<std::int64_t>();
    }
    if (const auto show = from.find("only_show"); show != from.end()) {
        if (!show->is_boolean()) refuse("'only_show' is neither true nor false", "Leave it out.");
        out.only_show = show->get<bool>();
    }
    out.sources = {
        .dialogs = files_of(from, "dialogs"),
        .messages = files_of(from, "messages"),
        .phrases = files_of(from, "phrases"),
        .nudges = files_of(from, "nudges"),
        // Older senders name none.
        .meetings = from.contains("meetings") ? files_of(from, "meetings")
                                              : std::vector<dialogs::source_file>{},
        .media = media_of(from),
        .of = of,
    };
    return out;
}

}  // namespace

std::variant<publish_request, http::response> prepare_publishing(
    std::string_view body, const institution& of
) {
    try {
        auto out = read_publishing(body, of);
        auto made = dialogs::load_scripts(out.sources);
        if (!made.scripts) return does_not_load(made.problems, out.sources);
        out.scripts = std::move(made.scripts);
        return out;
    } catch (bad_request& wrong) {
        return std::move(wrong.answer);
    }
}

std::variant<roll_back_request, http::response> prepare_rolling_back(std::string_view body) {
    try {
        const auto from = read_object(body);
        refuse_unknown(from, {"author", "reason", "version"});
        return roll_back_request{
            .author = needed(from, "author", author_bytes_max),
            .reason = text_of(from, "reason", reason_bytes_max),
            .version = text_of(from, "version", 64),
        };
    } catch (bad_request& wrong) {
        return std::move(wrong.answer);
    }
}

}  // namespace tertulia::gateway
