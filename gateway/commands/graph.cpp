// `tertulia graph`: the dialogs as a picture, on standard output.

#include "dialogs/graph/picture.hpp"
#include "dialogs/script/words_reader.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/traffic_of.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <map>
#include <system_error>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks for it

namespace tertulia::gateway {
namespace {

struct graph_options {
    std::string file{};
    std::string dialog{};
    std::string format{"mermaid"};
    bool counted{};
};

// Texts in the language the institution speaks first, without variants.
std::map<std::string, std::string, std::less<>> texts_of(const loaded& all) {
    std::vector<dialogs::message_source> messages;
    std::vector<dialogs::diagnostic> ignored;  // it loads, so there is none
    for (const auto& file : all.sources.messages) dialogs::read_messages(file, messages, ignored);
    std::map<std::string, std::string, std::less<>> out;
    for (auto& one : messages) {
        if (one.variant.empty() && one.language == all.settings.institution.languages.front()) {
            out[one.key] = std::move(one.pattern);
        }
    }
    return out;
}

// A file that is gone at the end of the scope.
class scratch_file {
public:
    explicit scratch_file(const std::string& text) {
        file_ = ::mkstemp(name_.data());
        if (file_ < 0) throw std::system_error{errno, std::generic_category(), name_};
        for (std::size_t done = 0; done < text.size();) {
            const auto wrote = ::write(file_, text.data() + done, text.size() - done);
            if (wrote < 0) throw std::system_error{errno, std::generic_category(), name_};
            done += static_cast<std::size_t>(wrote);
        }
    }
    ~scratch_file() {
        ::close(file_);
        ::unlink(name_.c_str());
    }
    scratch_file(const scratch_file&) = delete;
    scratch_file& operator=(const scratch_file&) = delete;
    [[nodiscard]] std::string name() const { return name_; }

private:
    std::string name_{"/tmp/tertulia-graph-XXXXXX"};
    int file_{-1};
};

int draw_svg(const std::string& dot_text) {
    const scratch_file source{dot_text};
    std::array<std::string, 3> words{"dot", "-Tsvg", source.name()};
    std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
    pid_t child{};
    const int failed = ::posix_spawnp(&child, "dot", nullptr, nullptr, arguments.data(), environ);
    if (failed != 0) {
        std::cerr << "tertulia: pictures are drawn by graphviz's `dot`, which cannot be started: "
                  << std::generic_category().message(failed)
                  << "\n  apt-get install graphviz, or use --format dot or mermaid\n";
        return 1;
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
    std::cerr << "tertulia: `dot` could not draw it\n";
    return 1;
}

int graph(const graph_options& how) {
    const auto all = load_or_explain(how.file);
    if (!all) return 1;
    const auto& script = all->scripts->compiled();
    if (!how.dialog.empty() && !script.find_dialog(how.dialog)) {
        std::vector<std::string> names;
        for (const auto& one : script.dialogs) names.push_back(one.name);
        const auto near = dialogs::did_you_mean(how.dialog, names);
        std::cerr << "tertulia: there is no dialog '" << how.dialog << "'"
                  << (near.empty() ? "" : "; did you mean '" + near + "'?") << '\n';
        return 1;
    }
    dialogs::traffic counts;
    if (how.counted) {
        const auto& database = all->settings.store.sqlite_file;
        if (!std::filesystem::exists(database)) {
            std::cerr << "tertulia: there is no database at " << database.string() << " yet\n";
            return 1;
        }
        sqlite_store store{{.path = database.string()}};
        kept_scripts kept{store, all->settings.institution};
        counts = traffic_of(store, kept);
    }
    const auto texts = texts_of(*all);
    const auto made = dialogs::draw(
        script,
        {.only = how.dialog,
         .text =
             [&texts](std::string_view key) {
                 const auto found = texts.find(key);
                 return found == texts.end() ? std::string{} : found->second;
             },
         .counts = how.counted ? &counts : nullptr}
    );
    if (how.format == "svg") return draw_svg(dialogs::to_dot(made));
    std::cout << (how.format == "dot" ? dialogs::to_dot(made) : dialogs::to_mermaid(made));
    return 0;
}

}  // namespace

void add_graph(CLI::App& line, int& exit_code) {
    auto* command =
        line.add_subcommand("graph", "Draw the dialogs: states and the ways between them");
    auto how = std::make_shared<graph_options>();
    command->add_option("--config", how->file, "The config file")->required();
    command->add_option("--dialog", how->dialog, "Only this dialog");
    command->add_option("--format", how->format, "mermaid, dot or svg")
        ->check(CLI::IsMember({"mermaid", "dot", "svg"}))
        ->capture_default_str();
    command->add_flag(
        "--traffic", how->counted, "With how often people went there, of the journal"
    );
    command->callback([=, &exit_code] { exit_code = graph(*how); });
}

}  // namespace tertulia::gateway
