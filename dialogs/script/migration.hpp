// dialogs/migration.yaml: what becomes of the conversations that are under way on earlier versions
// when this one is published. Without the file they finish on the version they began with.
//
//   from: [3f2a91c0]                    versions, as `tertulia versions` names them; or all
//   dialogs: {loan_request: apply}      what was renamed since: old: new
//   states: {balance.offer: balance.what_next}
//   answers: {sum: amount}
//
// What is not named keeps its name. How a session is moved: engine/migrate.hpp.

#pragma once

#include "dialogs/script/dialog_source.hpp"
#include "dialogs/script/shape.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

inline constexpr std::string_view migration_file = "migration.yaml";

struct migration {
    bool from_all{};
    std::vector<std::string> from{};  // beginnings of versions: 8 to 64 hexadecimal digits
    using names = std::map<std::string, std::string, std::less<>>;
    names dialogs{};
    names states{};  // "dialog.state"
    names answers{};

    // A version by its first 64 bits, or as a button carries it by its first 32.
    [[nodiscard]] bool covers(std::uint64_t short_version) const;
    [[nodiscard]] bool covers_button(std::uint32_t set) const;

    [[nodiscard]] std::string dialog_now(std::string_view before) const;
    // By both names; its dialog may have been renamed as a whole.
    [[nodiscard]] std::string state_now(std::string_view dialog, std::string_view state) const;
    [[nodiscard]] std::string answer_now(std::string_view before) const;
};

struct migration_source {
    std::string file{};
    migration made{};
    // What everything was renamed to, to be looked up.
    std::vector<word> dialogs{};
    std::vector<word> states{};
    std::vector<word> answers{};
};

[[nodiscard]] const map_shape& migration_shape();
[[nodiscard]] std::optional<migration_source> read_migration(
    const source_file& file, findings& into
);

class program;
// Everything it leads to is there, and states are such as a conversation can stand at.
void check_migration(
    const migration_source& of, const program& in, std::vector<diagnostic>& problems
);

}  // namespace tertulia::dialogs
