// What is kept in tables of its own and written as it comes, because it is rare: records that must
// outlive the journal, notices, dead letters, script sets.
//
// Everything that writes belongs inside the transaction of a commit, except keep_script_set and
// drop_dead_letter, which are one of their own.

#pragma once

#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class shelf {
public:
    explicit shelf(SQLite::Database& database);

    void add_record(
        std::int64_t row, std::int64_t party, instant at, std::string_view kind,
        std::string_view detail
    );
    [[nodiscard]] std::vector<kept_record> records_of(std::int64_t party);

    void add_notice(const channel_notice& what, instant at);
    [[nodiscard]] std::vector<channel_notice> notices(std::size_t most);

    // `id` is a journal row number, `sealed` its event under that number.
    void add_dead_letter(std::int64_t id, const dead_letter& what, std::string_view sealed);
    // `unsealed` gives the event of one, or nothing if its person was erased.
    [[nodiscard]] std::vector<dead_letter> dead_letters(
        std::size_t most,
        const std::function<std::optional<dialogs::event>(
            std::int64_t id, std::int64_t party, std::string_view sealed
        )>& unsealed
    );
    void drop_dead_letter(std::int64_t id);
    void drop_dead_letters_of(std::int64_t party);

    // The full hash of a set is 64 letters: journal rows hold a number for it. 0: no set.
    [[nodiscard]] std::int64_t number_of(const std::string& version);
    [[nodiscard]] std::string version_of(std::int64_t number) const;
    void keep_script_set(const script_set_row& set);
    [[nodiscard]] std::optional<script_set_row> script_set(std::uint64_t short_version);

    void written() noexcept { new_scripts_.clear(); }
    void undone();

private:
    std::int64_t add_script(
        const std::string& version, std::uint64_t short_version, const std::string* sources
    );

    boost::unordered_flat_map<std::string, std::int64_t> scripts_{};
    std::vector<std::string> new_scripts_{};  // numbered in the transaction under way
    statement add_record_;
    statement records_;
    statement add_notice_;
    statement notices_;
    statement add_dead_letter_;
    statement dead_letters_;
    statement drop_dead_letter_;
    statement drop_dead_letters_of_;
    statement add_script_;
    statement script_;
};

}  // namespace tertulia::gateway
