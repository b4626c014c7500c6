#include "tests/house_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <span>

namespace tertulia::house_rules {
namespace {

struct rule {
    std::string_view what;
    std::string_view instead;
    std::vector<std::string_view> words;  // found as whole words in code, or as parts of an include
    std::vector<std::string_view> headers;
};

const std::vector<rule>& purity() {
    static const std::vector<rule> rules{
        {"a socket",
         "answer with an effect; the sockets are gateway/http's",
         {"asio", "beast", "socket(", "connect(", "getaddrinfo"},
         {"boost/asio", "boost/beast", "sys/socket.h", "netinet/", "arpa/", "netdb.h", "curl/"}},
        {"a database",
         "take the facts as an argument; SQLite is gateway/store's and gateway/portfolio's",
         {"SQLite", "sqlite3"},
         {"SQLiteCpp", "sqlite3.h", "libpq"}},
        {"a thread or a lock",
         "make it a function of its arguments; gateway/turns decides which thread calls it",
         {"std::thread",
          "std::jthread",
          "std::mutex",
          "std::shared_mutex",
          "std::recursive_mutex",
          "std::condition_variable",
          "std::async",
          "pthread_create",
          "co_await"},
         {"thread", "mutex", "shared_mutex", "condition_variable", "future", "pthread.h"}},
        {"a clock",
         "take `now` as an argument; gateway reads the clock once a turn",
         {"::now(",
          "std::time(",
          "time(nullptr)",
          "time(NULL)",
          "time(0)",
          "gettimeofday",
          "clock_gettime",
          "getNow",
          "sleep_for",
          "sleep_until"},
         {"sys/time.h"}},
        {"a file or a stream of the process",
         "take the bytes as an argument and return a value; gateway reads files and writes logs",
         {"std::fstream",
          "std::ifstream",
          "std::ofstream",
          "std::filesystem",
          "fopen",
          "freopen",
          "LoadFile",
          "std::cout",
          "std::cerr",
          "std::clog",
          "printf(",
          "getenv",
          "spdlog"},
         {"fstream", "filesystem", "iostream", "spdlog/", "fcntl.h", "unistd.h"}},
        {"chance",
         "take the turn's seed as an argument",
         {"random_device", "rand(", "srand(", "RAND_bytes", "randombytes_buf", "getrandom"},
         {"sys/random.h", "openssl/rand.h"}},
    };
    return rules;
}

bool is_word(char letter) {
    return letter == '_' || std::isalnum(static_cast<unsigned char>(letter)) != 0;
}

// As a whole word: "rand(" is not in "operand(", "asio" is not in "fantasio".
bool mentions(std::string_view line, std::string_view word) {
    for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const auto end = at + word.size();
        const bool begins = !is_word(word.front()) || at == 0 || !is_word(line[at - 1]);
        const bool ends = !is_word(word.back()) || end == line.size() || !is_word(line[end]);
        if (begins && ends) return true;
    }
    return false;
}

template <class Each>
void each_line(std::string_view text, Each&& each) {
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        each(number, text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

std::string_view layer_of(std::string_view path) {
    return path.substr(0, path.find('/'));
}

std::string target_of(std::string_view folder) {
    std::string name = "tertulia_" + std::string{folder};
    std::replace(name.begin(), name.end(), '/', '_');
    return name;
}

// 1'000 holds no character literal.
bool is_in_number(std::string_view source, std::size_t at) {
    auto begin = at;
    while (begin > 0 && (is_word(source[begin - 1]) || source[begin - 1] == '\'')) --begin;
    return begin < at && std::isdigit(static_cast<unsigned char>(source[begin])) != 0;
}

// Where the literal that opens at `at` ends, one past its last quote.
std::size_t literal_end(std::string_view source, std::size_t at) {
    const bool raw = source[at] == '"' && at > 0 && source[at - 1] == 'R';
    if (raw) {
        const auto open = source.find('(', at);
        if (open == std::string_view::npos) return source.size();
        const auto close = ")" + std::string{source.substr(at + 1, open - at - 1)} + "\"";
        const auto end = source.find(close, open);
        return end == std::string_view::npos ? source.size() : end + close.size();
    }
    auto end = at + 1;
    while (end < source.size() && source[end] != source[at] && source[end] != '\n') {
        end += source[end] == '\\' ? 2U : 1U;
    }
    return std::min(end + 1, source.size());
}

std::string allowed_for_adapters() {
    return "adapters/, dialogs/message/ and dialogs/facts/";
}

bool starts_with_any(std::string_view text, std::span<const std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
        return text.starts_with(beginning);
    });
}

}  // namespace

std::string without_comments_and_literals(std::string_view source) {
    std::string out{source};
    const auto blank = [&out](std::size_t from, std::size_t to) {
        for (auto at = from; at < to; ++at) {
            if (out[at] != '\n') out[at] = ' ';
        }
    };
    for (std::size_t at = 0; at < source.size();) {
        std::size_t end = at + 1;
        if (source.substr(at, 2) == "//") {
            end = std::min(source.find('\n', at), source.size());
            blank(at, end);
        } else if (source.substr(at, 2) == "/*") {
            const auto close = source.find("*/", at + 2);
            end = close == std::string_view::npos ? source.size() : close + 2;
            blank(at, end);
        } else if (source[at] == '"' || (source[at] == '\'' && !is_in_number(source, at))) {
            end = literal_end(source, at);
            blank(at, end);
        }
        at = end;
    }
    return out;
}

std::vector<include_line> includes_of(std::string_view source) {
    // A literal is blank in the code, so what is included is read from the source beside it.
    const auto code = without_comments_and_literals(source);
    std::vector<include_line> out;
    each_line(code, [&](int number, std::string_view line) {
        const auto hash = line.find_first_not_of(" \t");
        if (hash == std::string_view::npos || line[hash] != '#') return;
        const auto word = line.find_first_not_of(" \t", hash + 1);
        if (word == std::string_view::npos || !line.substr(word).starts_with("include")) return;
        const auto offset = static_cast<std::size_t>(line.data() - code.data());
        const auto written = source.substr(offset, line.size());
        const auto open = written.find_first_of("\"<", word);
        if (open == std::string_view::npos) return;
        const bool ours = written[open] == '"';
        const auto close = written.find(ours ? '"' : '>', open + 1);
        if (close == std::string_view::npos) return;
        out.push_back({number, std::string{written.substr(open + 1, close - open - 1)}, ours});
    });
    return out;
}

std::string folder_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string{} : std::string{path.substr(0, slash)};
}

link_list links_of(std::string_view cmake) {
    std::string code;
    each_line(cmake, [&code](int, std::string_view line) {
        code.append(line.substr(0, line.find('#'))).push_back('\n');
    });
    constexpr std::string_view call = "tertulia_folder(";
    const auto at = code.find(call);
    if (at == std::string::npos) return {};
    const auto arguments =
        std::string_view{code}.substr(at + call.size(), code.find(')', at) - at - call.size());
    link_list out{.is_library = true};
    for (std::size_t from = 0; from < arguments.size();) {
        constexpr std::string_view blanks = " \t\n";
        const auto begin = arguments.find_first_not_of(blanks, from);
        if (begin == std::string_view::npos) break;
        const auto end = std::min(arguments.find_first_of(blanks, begin), arguments.size());
        const auto word = arguments.substr(begin, end - begin);
        if (word != "LINKS" && word != "PRIVATE_LINKS") out.targets.emplace(word);
        from = end;
    }
    return out;
}

std::vector<finding> impurities(const std::string& path, std::string_view source) {
    std::vector<finding> out;
    const auto complain = [&](int line, std::string_view found, const rule& broken) {
        out.push_back(
            {path,
             line,
             std::string{found} + ": " + std::string{broken.what} + " in " +
                 std::string{layer_of(path)} + "/, which is pure: " + std::string{broken.instead}}
        );
    };
    for (const auto& include : includes_of(source)) {
        if (include.ours) continue;
        for (const auto& each : purity()) {
            for (const auto header : each.headers) {
                // A header of the standard library is a whole name, a library's a beginning.
                const bool is_beginning = header.find_first_of("./") != std::string_view::npos ||
                                          header == "SQLiteCpp" || header == "libpq";
                const bool is_there =
                    is_beginning ? include.path.starts_with(header) : include.path == header;
                if (is_there) complain(include.line, "<" + include.path + ">", each);
            }
        }
    }
    each_line(without_comments_and_literals(source), [&](int number, std::string_view line) {
        if (line.find_first_not_of(" \t") == std::string_view::npos) return;
        if (line[line.find_first_not_of(" \t")] == '#') return;
        for (const auto& each : purity()) {
            for (const auto word : each.words) {
                if (mentions(line, word)) complain(number, word, each);
            }
        }
    });
    return out;
}

std::vector<finding> unlinked_includes(
    const std::string& path, std::string_view source, const link_lists& lists
) {
    std::vector<finding> out;
    const auto from = folder_of(path);
    const auto linked = lists.find(from);
    for (const auto& include : includes_of(source)) {
        if (!include.ours) continue;
        const auto to = folder_of(include.path);
        if (to == from) continue;
        const auto target = lists.find(to);
        if (target == lists.end() || !target->second.is_library) {
            out.push_back(
                {path,
                 include.line,
                 "\"" + include.path + "\": no folder of ours: write the path from the " +
                     "repository root; a library's header goes in <>"}
            );
        } else if (linked == lists.end() || !linked->second.targets.contains(target_of(to))) {
            out.push_back(
                {path,
                 include.line,
                 "\"" + include.path + "\": " + from + "/CMakeLists.txt does not link " +
                     target_of(to) + ": name it in LINKS if a header of " + from +
                     " includes it, else in PRIVATE_LINKS; or do without"}
            );
        }
    }
    return out;
}

std::vector<finding> upward_includes(const std::string& path, std::string_view source) {
    std::vector<finding> out;
    const auto layer = layer_of(path);
    for (const auto& include : includes_of(source)) {
        if (!include.ours) continue;
        const std::string_view to = include.path;
        if (layer == "dialogs" && (to.starts_with("gateway/") || to.starts_with("adapters/"))) {
            out.push_back(
                {path,
                 include.line,
                 "\"" + include.path + "\": dialogs/ knows nothing of " +
                     std::string{layer_of(to)} + "/: take a value of dialogs/ and let gateway/ " +
                     "translate"}
            );
        }
        constexpr std::array<std::string_view, 3> allowed{
            "adapters/", "dialogs/message/", "dialogs/facts/"};
        if (layer == "adapters" && !starts_with_any(to, allowed)) {
            out.push_back(
                {path,
                 include.line,
                 "\"" + include.path + "\": adapters/ may include " + allowed_for_adapters() +
                     " only: an adapter turns bytes into values and decides nothing"}
            );
        }
    }
    return out;
}

std::vector<finding> upward_links(const std::string& folder, const link_list& linked) {
    std::vector<finding> out;
    const auto layer = layer_of(folder);
    for (const std::string_view target : linked.targets) {
        if (!target.starts_with("tertulia_")) continue;
        constexpr std::array<std::string_view, 2> above_dialogs{
            "tertulia_gateway", "tertulia_adapters"};
        constexpr std::array<std::string_view, 3> below_adapters{
            "tertulia_adapters_", "tertulia_dialogs_message", "tertulia_dialogs_facts"};
        const bool is_upward = (layer == "dialogs" && starts_with_any(target, above_dialogs)) ||
                               (layer == "adapters" && !starts_with_any(target, below_adapters));
        if (!is_upward) continue;
        out.push_back(
            {folder + "/CMakeLists.txt",
             0,
             std::string{target} + ": " + std::string{layer} + "/ may not link it: " +
                 (layer == "dialogs" ? std::string{"dialogs/ links only dialogs/"}
                                     : "adapters/ links only " + allowed_for_adapters())}
        );
    }
    return out;
}

std::vector<finding> stray_beast(const std::string& path, std::string_view source) {
    // The stand-in's listener does what our own server never would: it hangs up without an answer.
    if (path.starts_with("gateway/http/") || path == "gateway/simulator/plain_listener.cpp") {
        return {};
    }
    std::vector<finding> out;
    for (const auto& include : includes_of(source)) {
        if (!include.path.starts_with("boost/beast")) continue;
        out.push_back(
            {path,
             include.line,
             "<" + include.path + ">: only sources of gateway/http include Beast, which costs " +
                 "seconds a file: use gateway/http's router, server and client"}
        );
    }
    return out;
}

std::vector<finding> unfinished(const std::string& path, std::string_view text) {
    // In two parts, so that this file does not find itself.
    static const std::array<std::string, 3> marks{
        std::string{"TO"} + "DO", std::string{"FIX"} + "ME", std::string{"HA"} + "CK"};
    std::vector<finding> out;
    each_line(text, [&](int number, std::string_view line) {
        for (const auto& mark : marks) {
            if (!mentions(line, mark)) continue;
            out.push_back(
                {path, number, mark + ": finish it, or open an issue and say why not here"}
            );
        }
    });
    return out;
}

std::vector<finding> top_level(const std::set<std::string>& there, std::string_view gitignore) {
    static const std::set<std::string> fixed{
        ".ci",
        ".clang-format",
        ".clang-tidy",
        ".gitignore",
        "CMakeLists.txt",
        "LICENSE",
        "CMakePresets.json",
        "README.md",
        "adapters",
        "config",
        "deploy",
        "dialogs",
        "gateway",
        "tests"};
    std::set<std::string> ignored{".git"};
    each_line(gitignore, [&](int, std::string_view line) {
        while (line.starts_with('/')) line.remove_prefix(1);
        while (line.ends_with('/')) line.remove_suffix(1);
        ignored.emplace(line);
    });
    std::vector<finding> out;
    for (const auto& name : fixed) {
        if (!there.contains(name)) out.push_back({name, 0, "is missing at the top"});
    }
    for (const auto& name : there) {
        if (fixed.contains(name) || ignored.contains(name)) continue;
        out.push_back({name, 0, "does not belong at the top: find its folder in README.md"});
    }
    return out;
}

std::vector<finding> anonymous_templates(const std::string& path, std::string_view messages) {
    struct message {
        int line{};
        std::string key{};
        std::string body{};
    };
    std::vector<message> all;
    each_line(messages, [&](int number, std::string_view line) {
        const bool begins = !line.empty() && line.front() != ' ' && line.front() != '#';
        if (begins) all.push_back({number, std::string{line.substr(0, line.find(':'))}, {}});
        if (!all.empty()) all.back().body += std::string{line} + "\n";
    });
    std::vector<finding> out;
    for (const auto& [line, key, body] : all) {
        const auto has = [&](std::string_view what) { return body.find(what) != body.npos; };
        if (!has("\n  template:")) continue;
        if (key.starts_with("desk.") || key.starts_with("referral_news.")) continue;
        // To colleagues, too.
        if (key == "meeting.lobby_for_moderator" || key == "meeting.backup_wanted" ||
            key == "meeting.draft") {
            continue;
        }
        if (has("{case.officer}") || (has("{officer.courtesy}") && has("{branch.name}"))) continue;
        out.push_back({path, line, key + " does not say who writes: name officer and branch"});
    }
    return out;
}

}  // namespace tertulia::house_rules
