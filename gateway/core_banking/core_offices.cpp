#include "gateway/core_banking/core_offices.hpp"

#include "gateway/store/sqlite/statement.hpp"

#include <SQLiteCpp/Database.h>

#include <array>
#include <map>

namespace tertulia::gateway {
namespace {

using adapters::ledger::group_office;

struct office_word {
    std::string_view begins{};  // lower case, without accents
    group_office what{};
};
// The first that fits: "vice" before "president", which may stand behind it.
constexpr std::array office_words{
    office_word{"vice", group_office::deputy},
    office_word{"sub", group_office::deputy},
    office_word{"deputy", group_office::deputy},
    office_word{"vocal", group_office::deputy},
    office_word{"suplente", group_office::deputy},
    office_word{"adjoint", group_office::deputy},
    office_word{"president", group_office::president},
    office_word{"chair", group_office::president},
    office_word{"leader", group_office::president},
    office_word{"lider", group_office::president},
    office_word{"coordinadora", group_office::president},
    office_word{"treasurer", group_office::treasurer},
    office_word{"tesorer", group_office::treasurer},
    office_word{"tresori", group_office::treasurer},
    office_word{"secretar", group_office::secretary},
    office_word{"secretair", group_office::secretary},
    office_word{"handler", group_office::handler},
    office_word{"cash", group_office::handler},
    office_word{"caj", group_office::handler},
    office_word{"caiss", group_office::handler},
    office_word{"encargada de caja", group_office::handler},
};

// ASCII in lower case; of the letters with accents those these words have.
std::string folded(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto byte = static_cast<unsigned char>(name[i]);
        if (byte == 0xC3 && i + 1 < name.size()) {
            switch (static_cast<unsigned char>(name[++i]) | 0x20U) {
                case 0xA1:
                    out += 'a';
                    break;
                case 0xA8:
                case 0xA9:
                    out += 'e';
                    break;
                case 0xAD:
                    out += 'i';
                    break;
                default:
                    out += '?';
            }
        } else if (byte >= 'A' && byte <= 'Z') {
            out += static_cast<char>(byte + ('a' - 'A'));
        } else if (byte != ' ' || !out.empty()) {
            out += name[i];
        }
    }
    return out;
}

std::string joined(const std::array<bool, adapters::ledger::group_offices>& held) {
    std::string out;
    for (std::size_t i = 0; i < held.size(); ++i) {
        if (!held[i]) continue;
        if (!out.empty()) out += '|';
        out += name_of(static_cast<group_office>(i));
    }
    return out;
}

}  // namespace

std::optional<group_office> office_called(std::string_view name) {
    const auto word = folded(name);
    for (const auto& each : office_words) {
        if (word.starts_with(each.begins)) return each.what;
    }
    return std::nullopt;
}

bool keep_offices(SQLite::Database& portfolio, const core_offices& of) {
    std::map<std::string, std::array<bool, adapters::ledger::group_offices>> by_client;
    for (const auto& each : of.roles) {
        if (const auto office = office_called(each.name)) {
            by_client[each.client_id][static_cast<std::size_t>(*office)] = true;
        }
    }
    std::map<std::string, std::string> wanted;
    for (const auto& [client_id, held] : by_client) wanted[client_id] = joined(held);
    std::map<std::string, std::string> known;
    {
        statement ask{portfolio, "SELECT client_id, roles FROM core_leaders WHERE group_id = ?"};
        ask.bind(1, std::string_view{of.group_id});
        rows found{ask};
        while (found.next()) known.emplace(found.text(0), found.text(1));
    }
    bool changed = known != wanted;
    if (changed) {
        statement clear{portfolio, "DELETE FROM core_leaders WHERE group_id = ?"};
        clear.bind(1, std::string_view{of.group_id}).run();
        statement add{
            portfolio, "INSERT INTO core_leaders(group_id, client_id, roles) VALUES (?, ?, ?)"};
        for (const auto& [client_id, roles] : wanted) {
            add.bind(1, std::string_view{of.group_id}).bind(2, std::string_view{client_id});
            add.bind(3, std::string_view{roles}).run();
        }
    }
    std::string calendar;
    {
        statement ask{portfolio, "SELECT calendar_id FROM core_calendars WHERE group_id = ?"};
        ask.bind(1, std::string_view{of.group_id});
        rows found{ask};
        if (found.next()) calendar = found.text(0);
    }
    if (calendar == of.calendar_id) return changed;
    statement keep{
        portfolio,
        "INSERT INTO core_calendars(group_id, calendar_id) VALUES (?, ?) ON CONFLICT(group_id) "
        "DO UPDATE SET calendar_id = excluded.calendar_id"};
    keep.bind(1, std::string_view{of.group_id}).bind(2, std::string_view{of.calendar_id}).run();
    return true;
}

}  // namespace tertulia::gateway
