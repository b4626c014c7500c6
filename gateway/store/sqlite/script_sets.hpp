// The script sets conversations run on, whole, and the decisions about which of them is live.
//
// Writing belongs inside a transaction, except keep(), which may also be one of its own.

#pragma once

#include "gateway/store/sqlite/statement.hpp"
#include "gateway/store/store.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::gateway {

class script_sets {
public:
    explicit script_sets(SQLite::Database& database);

    // The full hash of a set is 64 letters: journal rows hold a number for it. 0: no set.
    [[nodiscard]] std::int64_t number_of(const std::string& version);
    [[nodiscard]] std::string version_of(std::int64_t number) const;

    // Throws std::invalid_argument for a version that is no hash.
    void keep(const script_set_row& set);
    [[nodiscard]] std::optional<script_set_row> find(std::uint64_t short_version);

    std::int64_t add(const publication& what);
    [[nodiscard]] std::vector<publication> publications();

    void written() noexcept { new_numbers_.clear(); }
    void undone();

private:
    std::int64_t add_set(
        const std::string& version, std::uint64_t short_version, const std::string* sources
    );

    boost::unordered_flat_map<std::string, std::int64_t> numbers_{};
    std::vector<std::string> new_numbers_{};  // numbered in the transaction under way
    statement add_set_;
    statement find_;
    statement add_publication_;
    statement publications_;
};

}  // namespace tertulia::gateway
