#include "gateway/commands/check_report.hpp"

#include "dialogs/script/migration.hpp"
#include "dialogs/script/places_reader.hpp"
#include "dialogs/script/hardship_reader.hpp"
#include "dialogs/script/products.hpp"
#include "dialogs/script/referral_rules.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iomanip>

namespace tertulia::gateway {
namespace {

using ordered_json = nlohmann::ordered_json;

std::string_view word_for(dialogs::severity level) noexcept {
    return level == dialogs::severity::warning ? "warning" : "error";
}

// What a file says may be no UTF-8, and is then what the problem is about.
std::string dumped(const ordered_json& of) {
    return of.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

// A path as a URI reference: percent signs before all that is not unreserved or a slash.
std::string uri_of(std::string_view path) {
    static constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string out = path.starts_with('/') ? "file://" : "";
    for (const char byte : path) {
        if (plain.find(byte) != std::string_view::npos) {
            out += byte;
            continue;
        }
        const auto code = static_cast<unsigned char>(byte);
        out += '%';
        out += "0123456789ABCDEF"[code >> 4U];
        out += "0123456789ABCDEF"[code & 15U];
    }
    return out;
}

ordered_json rules_for_sarif() {
    ordered_json all = ordered_json::array();
    for (const auto& row : dialogs::all_rules()) {
        all.push_back(
            {{"id", row.id},
             {"shortDescription", {{"text", row.about}}},
             {"defaultConfiguration", {{"level", word_for(row.level)}}}}
        );
    }
    return all;
}

ordered_json result_for_sarif(const dialogs::diagnostic& one) {
    ordered_json place = {{"artifactLocation", {{"uri", uri_of(one.file)}}}};
    if (one.line > 0) {
        const int column = std::max(one.column, 1);
        place["region"] = {
            {"startLine", one.line},
            {"startColumn", column},
            {"endColumn", column + std::max(one.length, 1)}};
    }
    return {
        {"ruleId", dialogs::row_of(one.breaks).id},
        {"ruleIndex", static_cast<int>(one.breaks)},
        {"level", word_for(one.level)},
        {"message", {{"text", one.mend.empty() ? one.what : one.what + " (" + one.mend + ")"}}},
        {"locations", ordered_json::array({{{"physicalLocation", std::move(place)}}})}};
}

}  // namespace

void write_problems(std::ostream& to, const checked_files& found) {
    for (const auto& one : found.problems) {
        to << dialogs::to_text(one, found.text_of(one.file)) << '\n';
    }
}

std::string summary_of(const checked_files& found, bool strict) {
    const auto& files = found.sources.dialogs;
    const auto others = std::ranges::count_if(files, [](const dialogs::source_file& one) {
        const auto stem = dialogs::stem_of(one.path) + ".yaml";
        return stem == dialogs::migration_file || stem == dialogs::places_file ||
               stem == dialogs::products_file || stem == dialogs::hardship_file ||
               stem == dialogs::referrals_file;
    });
    const auto counted = [](std::size_t count, std::string one) {
        return std::to_string(count) + ' ' + std::move(one) + (count == 1 ? "" : "s");
    };
    const auto warnings = found.count(dialogs::severity::warning);
    const auto warned = counted(warnings, "warning");
    std::string told = "All is well: ";
    if (warnings > 0 && strict) told = warned + "; failed because of --strict: ";
    if (warnings > 0 && !strict) told = "No mistakes, " + warned + ": ";
    told += counted(files.size() - static_cast<std::size_t>(others), "dialog") + ", " +
            counted(found.sources.messages.size(), "message file");
    for (const auto& one : files) {
        const auto name = dialogs::stem_of(one.path) + ".yaml";
        if (name == dialogs::places_file) told += ", places";
        if (name == dialogs::products_file) told += ", products";
        if (name == dialogs::hardship_file) told += ", hardship";
        if (name == dialogs::referrals_file) told += ", commissions";
        if (name == dialogs::migration_file) told += ", a migration";
    }
    return told + ", version " + found.scripts->version().substr(0, 8);
}

void write_json(std::ostream& to, const checked_files& found) {
    ordered_json problems = ordered_json::array();
    for (const auto& one : found.problems) {
        problems.push_back(
            {{"file", one.file},
             {"line", one.line},
             {"column", one.column},
             {"length", one.length},
             {"level", word_for(one.level)},
             {"rule", dialogs::row_of(one.breaks).id},
             {"what", one.what},
             {"mend", one.mend}}
        );
    }
    const ordered_json all = {
        {"errors", found.count(dialogs::severity::error)},
        {"warnings", found.count(dialogs::severity::warning)},
        {"problems", std::move(problems)}};
    to << dumped(all) << '\n';
}

void write_sarif(std::ostream& to, const checked_files& found, std::string_view version) {
    ordered_json results = ordered_json::array();
    for (const auto& one : found.problems) results.push_back(result_for_sarif(one));
    ordered_json run = {
        {"tool",
         {{"driver", {{"name", "tertulia"}, {"version", version}, {"rules", rules_for_sarif()}}}}},
        {"columnKind", "unicodeCodePoints"},
        {"results", std::move(results)}};
    const ordered_json all = {
        {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
        {"version", "2.1.0"},
        {"runs", ordered_json::array({std::move(run)})}};
    to << dumped(all) << '\n';
}

void write_rules(std::ostream& to) {
    for (const auto& row : dialogs::all_rules()) {
        to << std::left << std::setw(20) << row.id << std::setw(9) << word_for(row.level)
           << row.about << '\n';
    }
}

}  // namespace tertulia::gateway
