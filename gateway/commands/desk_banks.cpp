#include "gateway/commands/desk_banks.hpp"

#include "dialogs/meetings/meeting.hpp"
#include "gateway/meetings/room_session.hpp"
#include "gateway/portfolio/group_roster.hpp"
#include "gateway/portfolio/schema.hpp"
#include "gateway/portfolio/sqlite_mirror.hpp"
#include "gateway/portfolio/staff_list.hpp"

#include <SQLiteCpp/Database.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <utility>

namespace tertulia::gateway {
namespace {

namespace rooms = dialogs::meetings;

constexpr std::size_t banks_listed_most = 500;

constexpr std::array offices_shown{
    rooms::role::president, rooms::role::treasurer, rooms::role::secretary, rooms::role::deputy,
    rooms::role::handler};

simulator::desk_seat seat_of(const rooms::roster_member& from) {
    simulator::desk_seat made{.name = from.full_name, .phone = from.phone};
    for (const auto office : offices_shown) {
        if (!made.office.empty() || !rooms::has(from.roles, office)) continue;
        made.office = rooms::name_of(office);
    }
    return made;
}

class bank_people {
public:
    explicit bank_people(const desk_bank_parts& from)
        : calendar_{from.calendar},
          clock_{from.clock},
          database_{open_portfolio(from.database)},
          mirror_{from.database},
          staff_{mirror_, from.colleagues},
          roster_{*database_, calendar_, from.house} {}

    std::vector<simulator::desk_bank> list() {
        std::vector<simulator::desk_bank> all;
        for (auto& [id, name] : roster_.groups(banks_listed_most)) {
            all.push_back({.id = std::move(id), .name = std::move(name)});
        }
        return all;
    }

    std::optional<simulator::desk_bank> find(const std::string& id) {
        const auto staff = staff_.now();
        const auto from = roster_.read(id, calendar_.date_of(clock_()), *staff);
        if (!from) return std::nullopt;
        simulator::desk_bank made{.id = from->group_id, .name = from->group_name};
        const auto add = [&](const rooms::officer& who, const char* office) {
            const auto known = std::ranges::find(*staff, who.id, &staff_person::id);
            if (known == staff->end()) return;
            made.seats.push_back({.name = known->name, .phone = known->phone, .office = office});
        };
        add(from->moderator, "agent");
        add(from->backup, "backup");
        add(from->supervisor, "supervisor");
        std::vector<simulator::desk_seat> others;
        for (const auto& one : from->members) {
            auto seat = seat_of(one);
            (seat.office.empty() ? others : made.seats).push_back(std::move(seat));
        }
        std::ranges::move(others, std::back_inserter(made.seats));
        return made;
    }

    std::optional<simulator::desk_person> person(const std::string& phone) {
        const auto staff = staff_.now();
        const auto ours = std::ranges::find(*staff, phone, &staff_person::phone);
        if (ours != staff->end()) return simulator::desk_person{.name = ours->name, .phone = phone};
        const std::array numbers{phone};
        const auto known = mirror_.facts_of(numbers, clock_());
        if (known->clients.empty()) return std::nullopt;
        const auto& who = known->clients.front()->who;
        return simulator::desk_person{
            .name = who.first_name, .phone = phone, .language = who.language};
    }

private:
    dialogs::local_calendar calendar_;
    std::function<instant()> clock_;
    std::unique_ptr<SQLite::Database> database_;
    sqlite_mirror mirror_;
    staff_list staff_;
    group_roster_reader roster_;
};

// Opened when first asked: a gateway nobody plays with has no use for the connections.
class shared_people {
public:
    explicit shared_people(const desk_bank_parts& from) : from_{from} {}

    template <class Answer>
    Answer ask(Answer otherwise, const std::function<Answer(bank_people&)>& work) {
        const std::scoped_lock lock{mutex_};
        try {
            if (!people_) people_ = std::make_unique<bank_people>(from_);
            return work(*people_);
        } catch (const std::exception& trouble) {
            spdlog::error("the simulator cannot read the portfolio: {}", trouble.what());
            return otherwise;
        }
    }

private:
    desk_bank_parts from_;
    std::mutex mutex_{};
    std::unique_ptr<bank_people> people_{};
};

std::optional<simulator::desk_standing> standing_of(
    store& from, meeting_ledger& ledger, const std::string& group_id
) {
    const auto last = ledger.meetings(group_id, 2);
    for (const auto& one : last) {
        // One that is only being prepared does not hide what came of the one before.
        if (one.stands == rooms::state::draft && &one != &last.back()) continue;
        const auto room = meeting_in(from, one.party);
        if (!room) continue;
        const auto paid = rooms::count_payments(*room);
        return simulator::desk_standing{
            .meeting = one.room,
            .state = std::string{rooms::name_of(room->now)},
            .present = rooms::present_count(*room),
            .quorum = rooms::quorum_needed(*room),
            .received = paid.received,
            .due = paid.due};
    }
    return std::nullopt;
}

}  // namespace

simulator::desk_banks banks_of_portfolio(desk_bank_parts parts) {
    const auto people = std::make_shared<shared_people>(parts);
    using bank = std::optional<simulator::desk_bank>;
    using one_person = std::optional<simulator::desk_person>;
    using banks = std::vector<simulator::desk_bank>;
    return {
        .list = [people] { return people->ask<banks>({}, [](bank_people& all) { return all.list(); }); },
        .find =
            [people](const std::string& id) {
                return people->ask<bank>({}, [&](bank_people& all) { return all.find(id); });
            },
        .person =
            [people](const std::string& phone) {
                return people->ask<one_person>({}, [&](bank_people& all) { return all.person(phone); });
            },
        .standing =
            [&incoming = parts.incoming, &ledger = parts.ledger](
                std::string id, simulator::desk_banks::tell_standing tell
            ) {
                incoming.add(errand{[&ledger, id = std::move(id), tell = std::move(tell)](store& from) {
                    try {
                        tell(standing_of(from, ledger, id));
                    } catch (const std::exception& trouble) {
                        spdlog::error("a meeting cannot be shown: {}", trouble.what());
                        tell(std::nullopt);
                    }
                }});
            }};
}

}  // namespace tertulia::gateway
