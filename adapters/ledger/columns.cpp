#include "adapters/ledger/columns.hpp"

#include <algorithm>
#include <array>

namespace tertulia::adapters::ledger {
namespace {

constexpr bool must = true;
constexpr bool may = false;

constexpr column branches[] = {
    {"id", must},
    {"name", must},
    {"street", may},
    {"phone", may},
    {"hours", may},
    {"latitude", may},
    {"longitude", may}};
constexpr column officers[] = {
    {"id", must},
    {"first_name", must},
    {"last_name", may},
    {"courtesy", may},
    {"phone", may},
    {"branch_id", may},
    {"picture", may}};
constexpr column groups[] = {
    {"id", must},
    {"name", must},
    {"branch_id", may},
    {"officer_id", may},
    {"meeting_rhythm", may},
    {"next_meeting", may},
    {"meeting_time", may}};
constexpr column clients[] = {
    {"id", must},
    {"first_name", must},
    {"last_name", may},
    {"courtesy", may},
    {"phone", may},
    {"language", may},
    {"maturity", may},
    {"status", may},
    {"branch_id", may},
    {"officer_id", may},
    {"group_id", may},
    {"village", may},
    {"met_officer", may},
    {"born", may}};
constexpr column loans[] = {
    {"id", must},
    {"client_id", must},
    {"group_id", may},
    {"product", must},
    {"status", may},
    {"cycle", may},
    {"currency", may},
    {"principal", must},
    {"disbursed_on", may},
    {"matures_on", may},
    {"application", may},
    {"expected_on", may},
    {"refusal", may},
    {"payoff", may},
    {"payoff_on", may}};
constexpr column schedule[] = {
    {"loan_id", must},
    {"number", must},
    {"due", must},
    {"total", must},
    {"principal", may},
    {"paid", may},
    {"met_on", may}};
constexpr column payments[] = {
    {"id", must},
    {"loan_id", must},
    {"on", must},
    {"amount", must},
    {"place", may},
    {"reversed", may},
    {"receipt", may}};
constexpr column savings[] = {
    {"id", must},
    {"client_id", must},
    {"product", must},
    {"currency", may},
    {"balance", must},
    {"available", may},
    {"active", may}};
constexpr column payment_points[] = {
    {"id", must},
    {"name", must},
    {"kind", must},
    {"street", may},
    {"landmark", may},
    {"hours", may},
    {"latitude", must},
    {"longitude", must},
    {"branch_id", may},
    {"takes_cash", may},
    {"takes_card", may}};
constexpr column leaders[] = {{"group_id", must}, {"client_id", must}, {"role", must}};
constexpr column relatives[] = {{"client_id", must}, {"relative_id", must}};
constexpr column bylaws[] = {
    {"group_id", must},
    {"currency", may},
    {"quorum", may},
    {"internal_cash", may},
    {"internal_cash_on", may},
    {"savings", may},
    {"tells_totals", may},
    {"fine_late", may},
    {"fine_absent", may},
    {"fine_other", may}};
constexpr column pins[] = {{"client_id", must}, {"pin", must}};

struct file_of_kind {
    std::string_view name{};
    std::span<const column> columns{};
};
constexpr std::array<file_of_kind, kinds> files{
    {{"branches", branches},
     {"officers", officers},
     {"groups", groups},
     {"clients", clients},
     {"loans", loans},
     {"schedule", schedule},
     {"payments", payments},
     {"savings", savings},
     {"payment_points", payment_points},
     {"leaders", leaders},
     {"relatives", relatives},
     {"bylaws", bylaws},
     {"pins", pins}}};

std::optional<format> format_of(std::string_view extension) noexcept {
    if (extension == ".csv") return format::csv;
    if (extension == ".json") return format::json;
    if (extension == ".geojson") return format::geojson;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(kind what) noexcept {
    return files[static_cast<std::size_t>(what)].name;
}

std::span<const column> columns_of(kind what) noexcept {
    return files[static_cast<std::size_t>(what)].columns;
}

std::optional<file_kind> kind_of_file(std::string_view path) noexcept {
    const auto name = path.substr(path.find_last_of('/') + 1);
    const auto dot = name.find_last_of('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto how = format_of(name.substr(dot));
    if (!how) return std::nullopt;
    for (std::size_t index = 0; index < kinds; ++index) {
        if (files[index].name != name.substr(0, dot)) continue;
        const auto& columns = files[index].columns;
        const bool placed = std::ranges::find(columns, "latitude", &column::name) != columns.end();
        if (*how == format::geojson && !placed) return std::nullopt;
        return file_kind{static_cast<kind>(index), *how};
    }
    return std::nullopt;
}

column_map::column_map(kind what, const place& header, problem_list& problems)
    : what_{what}, header_{header}, problems_{problems} {}

std::optional<std::size_t> column_map::find(std::string_view name) {
    const auto columns = columns_of(what_);
    for (std::size_t index = 0; index < columns.size(); ++index) {
        if (columns[index].name == name) return index;
    }
    if (std::find(reported_.begin(), reported_.end(), name) != reported_.end() ||
        reported_.size() == problem_list::problems_max) {
        return std::nullopt;
    }
    reported_.emplace_back(name);
    std::vector<std::string_view> words;
    std::string all;
    for (const auto& each : columns) {
        words.push_back(each.name);
        all += (all.empty() ? "" : ", ") + std::string{each.name};
    }
    const auto near = nearest(name, words);
    problems_.add(
        header_,
        "",
        shown(name) + " is not a column of " + std::string{name_of(what_)},
        near.empty() ? "the columns are " + all : "did you mean " + std::string{near} + "?"
    );
    return std::nullopt;
}

}  // namespace tertulia::adapters::ledger
