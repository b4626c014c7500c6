// A small institution on disk that checks without a remark, to be broken one place at a time.

#pragma once

#include "gateway/commands/check_files.hpp"

#include "tests/talks/sources.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace tertulia::gateway::testing_check {

namespace fs = std::filesystem;

inline constexpr auto config_yaml = R"(institution:
  name: Semilla
  time_zone: America/Guatemala
  currency: GTQ
  languages: [es]
channels:
  - {name: whatsapp, type: whatsapp_cloud, phone_number_id: "1", access_token: t,
     app_secret: s, verify_token: v}
)";

inline constexpr auto tests_yaml = R"(- test: who asks for the menu gets it
  given: {person: rosa}
  talk:
    - she: menu
    - bot: menu.what
    - she: [person]
    - waits_at: menu.what
)";

class check_folder {
public:
    check_folder() {
        std::string form = (fs::temp_directory_path() / "tertulia-check-XXXXXX").string();
        if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("no temporary folder");
        root_ = form;
        fs::create_directories(root_ / "dialogs" / "tests");
        fs::create_directories(root_ / "dialogs" / "phrases");
        fs::create_directories(root_ / "messages" / "translated");
        fs::create_directories(root_ / "empty");
        fs::create_directories(root_ / "media");
        write("media/card.png", "\x89PNG\r\n\x1A\n");
        const auto basic = dialogs::testing_sources::basic();
        for (const auto* kind : {&basic.dialogs, &basic.messages, &basic.phrases}) {
            for (const auto& file : *kind) write(file.path, file.text);
        }
        write("tertulia.yaml", config_yaml);
        // Of a language without a file it says nothing.
        write("messages/translated/en.yaml", "menu.what: \"000000000000\"\n");
        write("lint.yaml", "es: {never: [policía]}\n");
        write("dialogs/tests/menu.test.yaml", tests_yaml);
    }
    ~check_folder() { fs::remove_all(root_); }
    check_folder(const check_folder&) = delete;
    check_folder& operator=(const check_folder&) = delete;

    void write(const std::string& file, const std::string& text) {
        fs::create_directories((root_ / file).parent_path());
        std::ofstream{root_ / file, std::ios::binary} << text;
    }
    // False if the file holds no such piece. Of an empty piece the whole file is meant.
    bool replace(const std::string& file, const std::string& was, const std::string& now) {
        std::ifstream in{root_ / file, std::ios::binary};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        const auto at = text.find(was);
        if (at == std::string::npos) return false;
        write(file, was.empty() ? now : text.replace(at, was.size(), now));
        return true;
    }
    [[nodiscard]] checked_files check() const {
        return check_files(
            root_ / "tertulia.yaml",
            [](std::string_view) -> std::optional<std::string> { return std::nullopt; },
            check_depth::whole
        );
    }
    [[nodiscard]] const fs::path& root() const noexcept { return root_; }

private:
    fs::path root_{};
};

}  // namespace tertulia::gateway::testing_check
