// The demonstration: an invented institution around Guatemala City, as files of a ledger.
//
// It is made for a day, so that "due in five days" is true whenever somebody tries Tertulia; the
// same seed and day give the same bytes. The well-known people (config/demo/README.md) owe the same
// amounts on every day. Nobody in it is real: names are combined by chance, streets are made up,
// and every telephone number is in +502 5550 xxxx.

#pragma once

#include "adapters/ledger/ledger.hpp"
#include "dialogs/message/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tertulia::gateway {

inline constexpr std::uint64_t demo_seed = 1;

// Someone to be at the simulator or in a test.
struct demo_person {
    std::string name{};
    std::string phone{};  // E.164
    std::string language{};
    std::string note{};       // what her case is, in English
    std::string pin{};        // empty: none
    std::string client_id{};  // empty: no client has this number
};

// The well-known people, the first with one loan that is up to date; the last are strangers.
[[nodiscard]] std::vector<demo_person> demo_people();

struct demo_files {
    std::vector<adapters::ledger::file> files{};  // branches.csv to pins.csv, in import order
};

[[nodiscard]] demo_files generate_demo(std::uint64_t seed, civil_date today);

}  // namespace tertulia::gateway
