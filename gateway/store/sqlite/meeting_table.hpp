// Meetings and their logs. What was said and done is sealed for the room, so that erasing a room's
// conversation leaves when it was and how it stood, and nothing else.
//
// note() belongs inside the transaction of a commit.

#pragma once

#include "gateway/store/meeting_ledger.hpp"
#include "gateway/store/sqlite/journal.hpp"
#include "gateway/store/sqlite/people.hpp"
#include "gateway/store/sqlite/statement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class meeting_table final : public meeting_ledger {
public:
    meeting_table(SQLite::Database& database, journal& seals, people& keys);

    void note(std::int64_t party, const dialogs::note_meeting& what, instant at);

    [[nodiscard]] std::vector<kept_meeting> meetings(
        std::string_view group_id, std::size_t most
    ) override;
    [[nodiscard]] std::vector<kept_meeting> meetings_ahead() override;
    [[nodiscard]] std::vector<kept_meeting> meetings_waiting() override;
    [[nodiscard]] std::optional<kept_meeting> find_meeting(std::string_view room) override;
    [[nodiscard]] std::optional<meeting_log> meeting_log_of(std::string_view room) override;
    [[nodiscard]] std::vector<kept_wish> meetings_wished(std::size_t most) override;
    void meeting_errand_done(std::string_view room, meeting_errand which) override;

private:
    journal& seals_;
    people& keys_;
    statement make_;
    statement change_;
    statement add_line_;
    statement of_group_;
    statement ahead_;
    statement waiting_;
    statement one_;
    statement made_of_;
    statement lines_;
    statement wished_;
    statement roster_done_;
    statement write_back_done_;
    statement another_done_;
};

}  // namespace tertulia::gateway
