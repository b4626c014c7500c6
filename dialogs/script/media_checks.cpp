#include "dialogs/script/media_checks.hpp"

#include "dialogs/script/yaml_tree.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace tertulia::dialogs {
namespace {

constexpr std::uint64_t mib = 1024 * 1024;

// Meta: what it takes from an address, by kind.
struct limit {
    media_kind kind{};
    std::string_view types{};
    std::string_view told{};  // "'x.png' is …"
    std::uint64_t bytes_max{};
};
constexpr std::array<limit, 3> limits{{
    {media_kind::image, "image/jpeg image/png", "no picture: JPEG and PNG are", 5 * mib},
    {media_kind::audio,
     "audio/ogg audio/mpeg audio/aac audio/amr audio/mp4",
     "no recording: OGG with Opus, MP3, M4A, AAC and AMR are",
     16 * mib},
    {media_kind::document, "application/pdf", "no document: PDF is", 100 * mib},
}};

bool is_one_of(std::string_view types, std::string_view type) {
    for (; !types.empty() && !type.empty();) {
        const auto end = std::min(types.find(' '), types.size());
        if (types.substr(0, end) == type) return true;
        types.remove_prefix(std::min(end + 1, types.size()));
    }
    return false;
}

class checker {
public:
    checker(
        std::span<const media_file> files,
        const institution& house,
        std::vector<diagnostic>& problems
    )
        : files_(files), house_(house), problems_(problems) {
        for (const auto& file : files) names_.push_back(file.name);
    }

    void take(message_source& entry) {
        if (entry.media.empty()) return;
        if (files_.empty()) {
            warn(entry, "there are no media beside the messages", "put the files into media/");
            entry.media.clear();
            return;
        }
        std::erase_if(entry.media, [&](attachment_source& one) {
            const auto what = wrong_with(one);
            if (what.what.empty()) return false;
            if (!one.inherited) tell(entry.file, one, what);
            return true;
        });
        if (entry.media.empty() || !house_.media_base.empty()) return;
        warn(
            entry,
            "nobody can fetch '" + entry.media.front().what.name + "' from here",
            "set server.public_url in tertulia.yaml to the address the world reaches us at"
        );
    }

    void take_assistant() {
        if (house_.assistant.picture.empty() || files_.empty()) return;
        attachment_source one{.what = {.kind = media_kind::image, .name = assistant_word}};
        if (const auto what = wrong_with(one); !what.what.empty()) tell("config", one, what);
    }

private:
    static constexpr const char* assistant_word = "assistant";

    struct trouble {
        rule breaks{};
        std::string what{};  // empty: none
        std::string mend{};
    };

    // Once: it is so for all of them.
    void warn(const message_source& of, std::string what, std::string mend) {
        if (std::exchange(warned_, true)) return;
        tell(
            of.file,
            of.media.front(),
            {rule::text_alone, std::move(what) + ": only the texts are sent", std::move(mend)},
            severity::warning
        );
    }

    trouble wrong_with(attachment_source& one) {
        auto& name = one.what.name;
        if (name == assistant_word && one.what.kind == media_kind::image) {
            if (house_.assistant.picture.empty()) {
                return {
                    rule::unknown_media,
                    "the assistant has no picture",
                    "write institution.assistant.picture in tertulia.yaml"};
            }
            name = house_.assistant.picture;
        }
        if (name.find_first_of("/\\") != std::string::npos) {
            return {
                rule::bad_media,
                "'" + name + "' is a path",
                "put the file into the folder of media and write its name alone"};
        }
        const auto file = std::find_if(files_.begin(), files_.end(), [&](const media_file& each) {
            return each.name == name;
        });
        if (file == files_.end()) {
            return {
                rule::unknown_media,
                "there is no file '" + name + "' in the folder of media",
                mend_for(name, names_)};
        }
        const auto& most = *std::find_if(limits.begin(), limits.end(), [&](const limit& each) {
            return each.kind == one.what.kind;
        });
        if (!is_one_of(most.types, file->type)) {
            return {
                rule::bad_media,
                "'" + name + "' is " + std::string(most.told),
                file->type.empty() ? std::string{} : "by its content it is " + file->type};
        }
        if (file->bytes > most.bytes_max) {
            return {
                rule::bad_media,
                "'" + name + "' has " + std::to_string(file->bytes / mib + 1) +
                    " MB; WhatsApp takes at most " + std::to_string(most.bytes_max / mib),
                "make it smaller: she pays for every megabyte"};
        }
        one.what.path = file->hash + "/" + name;
        return {};
    }

    void tell(
        const std::string& file,
        const attachment_source& one,
        const trouble& what,
        severity level = severity::error
    ) {
        problems_.push_back(
            {.breaks = what.breaks,
             .level = level,
             .file = file,
             .line = one.line,
             .column = one.column,
             .what = what.what,
             .mend = what.mend,
             .length = std::max(1, static_cast<int>(one.what.name.size()))}
        );
    }

    std::span<const media_file> files_;
    const institution& house_;
    std::vector<diagnostic>& problems_;
    std::vector<std::string> names_{};
    bool warned_{};
};

}  // namespace

void check_media(
    std::span<message_source> entries,
    std::span<const media_file> files,
    const institution& house,
    std::vector<diagnostic>& problems
) {
    checker all(files, house, problems);
    all.take_assistant();
    for (auto& entry : entries) all.take(entry);
}

void check_recordings(
    const std::string& file,
    std::span<attachment_source> recordings,
    std::span<const media_file> files,
    const institution& house,
    std::vector<diagnostic>& problems
) {
    checker all(files, house, problems);
    for (auto& one : recordings) {
        message_source entry{.file = file, .media = {one}};
        all.take(entry);
        if (!entry.media.empty()) one = std::move(entry.media.front());
    }
}

}  // namespace tertulia::dialogs
