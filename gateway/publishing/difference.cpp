#include "gateway/publishing/difference.hpp"

#include "dialogs/script/migration.hpp"
#include "dialogs/script/places_reader.hpp"
#include "dialogs/script/hardship_reader.hpp"
#include "dialogs/script/products.hpp"
#include "dialogs/script/referral_rules.hpp"
#include "dialogs/script/words_reader.hpp"

#include <map>
#include <string_view>

namespace tertulia::gateway {
namespace {

using named_texts = std::map<std::string, std::string>;

std::string file_name(const std::string& path) {
    return path.substr(path.find_last_of('/') + 1);
}

named_texts by_stem(const std::vector<dialogs::source_file>& files) {
    named_texts out;
    for (const auto& file : files) {
        const auto name = file_name(file.path);
        out[name.substr(0, name.find_last_of('.'))] = file.text;
    }
    return out;
}

named_texts messages_of(const dialogs::script_sources& from) {
    std::vector<dialogs::message_source> all;
    std::vector<dialogs::diagnostic> ignored;  // both sets were checked
    for (const auto& file : from.messages) dialogs::read_messages(file, all, ignored);
    named_texts out;
    for (auto& one : all) {
        auto name = one.language + ": " + one.key;
        if (!one.variant.empty()) name += " (" + one.variant + ")";
        out[std::move(name)] = std::move(one.pattern);
    }
    return out;
}

changed_names compare_names(const named_texts& before, const named_texts& after) {
    changed_names out;
    for (const auto& [name, text] : after) {
        const auto was = before.find(name);
        if (was == before.end()) {
            out.added.push_back(name);
        } else if (was->second != text) {
            out.changed.push_back(name);
        }
    }
    for (const auto& [name, text] : before) {
        if (!after.contains(name)) out.removed.push_back(name);
    }
    return out;
}

bool same(const institution& one, const institution& other) {
    return one.name == other.name && one.time_zone == other.time_zone &&
           one.currency.view() == other.currency.view() && one.languages == other.languages &&
           one.country == other.country && one.phone == other.phone;
}

std::string counts(const char* what, const changed_names& of) {
    if (of.empty()) return {};
    std::string out = what;
    if (!of.added.empty()) out += " +" + std::to_string(of.added.size());
    if (!of.changed.empty()) out += " ~" + std::to_string(of.changed.size());
    if (!of.removed.empty()) out += " -" + std::to_string(of.removed.size());
    return out;
}

// Beside the dialogs lie files that are none.
std::string kind_of(const char* kind, const std::string& name) {
    const auto file = name + ".yaml";
    const bool none = std::string_view{kind} == "dialog" &&
                      (file == dialogs::places_file || file == dialogs::migration_file ||
                       file == dialogs::products_file || file == dialogs::hardship_file ||
                       file == dialogs::referrals_file);
    return none ? name : std::string{kind} + ' ' + name;
}

void add_lines(const char* what, const changed_names& of, std::vector<std::string>& to) {
    const auto add = [&](const char* mark, const std::vector<std::string>& names) {
        for (const auto& name : names) to.push_back(mark + kind_of(what, name));
    };
    add("+ ", of.added);
    add("~ ", of.changed);
    add("- ", of.removed);
}

}  // namespace

namespace {

// The dialogs among them, or what lies beside the dialogs.
changed_names only(const changed_names& of, bool dialogs_wanted) {
    changed_names out;
    const auto take = [&](const auto& from, auto& into) {
        for (const auto& name : from) {
            if ((kind_of("dialog", name) != name) == dialogs_wanted) into.push_back(name);
        }
    };
    take(of.added, out.added);
    take(of.changed, out.changed);
    take(of.removed, out.removed);
    return out;
}

std::string beside_dialogs(const changed_names& of) {
    std::string out;
    const auto add = [&](const auto& names, const char* mark) {
        for (const auto& name : names) out += (out.empty() ? "" : ", ") + name + mark;
    };
    const auto others = only(of, false);
    add(others.added, " +");
    add(others.changed, " ~");
    add(others.removed, " -");
    return out;
}

}  // namespace

difference compare(const dialogs::script_sources& before, const dialogs::script_sources& after) {
    return {
        .dialogs = compare_names(by_stem(before.dialogs), by_stem(after.dialogs)),
        .messages = compare_names(messages_of(before), messages_of(after)),
        .phrases = compare_names(by_stem(before.phrases), by_stem(after.phrases)),
        .nudges = compare_names(by_stem(before.nudges), by_stem(after.nudges)),
        .meetings = compare_names(by_stem(before.meetings), by_stem(after.meetings)),
        .institution = !same(before.of, after.of),
    };
}

std::string in_one_line(const difference& of) {
    std::string out;
    for (const auto& part :
         {counts("dialogs", only(of.dialogs, true)),
          beside_dialogs(of.dialogs),
          counts("messages", of.messages),
          counts("phrases", of.phrases),
          counts("nudges", of.nudges),
          counts("meetings", of.meetings),
          std::string{of.institution ? "institution ~" : ""}}) {
        if (part.empty()) continue;
        if (!out.empty()) out += ", ";
        out += part;
    }
    return out.empty() ? "nothing" : out;
}

std::vector<std::string> in_lines(const difference& of) {
    std::vector<std::string> out;
    add_lines("dialog", of.dialogs, out);
    add_lines("message", of.messages, out);
    add_lines("phrases", of.phrases, out);
    add_lines("nudges", of.nudges, out);
    add_lines("meetings", of.meetings, out);
    if (of.institution) out.emplace_back("~ institution");
    return out;
}

std::string unified(const dialogs::script_sources& before, const dialogs::script_sources& after) {
    std::string out;
    const auto files = [&out](const char* folder, const auto& left, const auto& right) {
        std::map<std::string, std::pair<std::string, std::string>> both;
        for (const auto& file : left) both[folder + file_name(file.path)].first = file.text;
        for (const auto& file : right) both[folder + file_name(file.path)].second = file.text;
        for (const auto& [name, texts] : both) out += unified(name, texts.first, texts.second);
    };
    files("dialogs/", before.dialogs, after.dialogs);
    files("messages/", before.messages, after.messages);
    files("dialogs/phrases/", before.phrases, after.phrases);
    files("nudges/", before.nudges, after.nudges);
    files("meetings/", before.meetings, after.meetings);
    return out;
}

}  // namespace tertulia::gateway
