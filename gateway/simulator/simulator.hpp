// The phone on the desk: a page on which anyone can be one of the demo's people and chat with the
// dialogs, over the same signed webhooks and the same Graph API calls as in the world. Nothing here
// reaches the gateway by function call.
//
// Mount routes() on the public server only when the config says `simulator: true`; the config
// refuses that together with an address others can reach.

#pragma once

#include "gateway/http/client.hpp"
#include "gateway/http/http.hpp"
#include "gateway/simulator/graph_stand_in.hpp"
#include "gateway/simulator/twilio_wire.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::simulator {

// Someone whose phone lies on the desk.
struct desk_person {
    std::string name{};
    std::string phone{};     // E.164
    std::string language{};  // BCP 47
    std::string note{};      // "two loans, one in arrears"
    std::string pin_hint{};  // "PIN 2468"; empty: none
};

// Somewhere she can share her location from.
struct desk_place {
    std::string name{};
    std::string address{};
    double latitude{};
    double longitude{};
};

// Who meets in a village bank, and in what office: "president", "treasurer", "secretary", "deputy",
// "handler"; "agent", "backup", "supervisor" of ours; empty: a member.
struct desk_seat {
    std::string name{};
    std::string phone{};  // E.164; empty: none, and nothing reaches her
    std::string office{};
};
struct desk_bank {
    std::string id{};
    std::string name{};
    std::vector<desk_seat> seats{};
};

// How the meeting of a village bank stands.
struct desk_standing {
    std::string meeting{};  // "G12/7"
    std::string state{};    // "collection"
    int present{};
    int quorum{};
    int received{};  // payments, of so many due
    int due{};
};

// Village banks whose phones lie on the desk together: any of the portfolio. Called on an I/O thread,
// like `people` below.
struct desk_banks {
    std::function<std::vector<desk_bank>()> list{};  // without their seats; empty: there are none
    std::function<std::optional<desk_bank>(const std::string& id)> find{};
    // Whoever has this number, client or of ours.
    std::function<std::optional<desk_person>(const std::string& phone)> person{};
    // Answers later, on another thread. Nothing: no meeting that is not over.
    using tell_standing = std::function<void(std::optional<desk_standing>)>;
    std::function<void(std::string id, tell_standing)> standing{};
};

// The same phones by SMS.
struct desk_sms {
    static constexpr std::string_view api_prefix = "/simulator/twilio";  // behind our own address
    sms_account account{};
    std::string webhook_url{};
};

struct simulator_settings {
    account number{};
    std::optional<desk_sms> sms{};  // nullopt: no channel of the gateway sends SMS through us
    std::string webhook_url{};  // of the gateway's own listener, "http://127.0.0.1:8080/webhooks/…"
    std::string base_url{};     // of the same listener: "http://127.0.0.1:8080"
    // Called for each page load, on an I/O thread; may be long but must not block on the writer.
    std::function<std::vector<desk_person>()> people{};
    std::vector<desk_place> places{};
    desk_banks banks{};
    // As our own messages have it, in place of what a provider approved.
    std::function<std::optional<known_template>(std::string_view name, std::string_view language)>
        approved{};
    std::function<instant()> clock{};  // the gateway's; empty: the system's
};

// Lives from before the server starts until after it and the client have finished.
class desk {
public:
    desk(simulator_settings settings, http::client& client);
    ~desk();
    desk(const desk&) = delete;
    desk& operator=(const desk&) = delete;

    // /simulator, /simulator/… ; they refer to this desk. What somebody says with "number_hidden" comes
    // from her user id alone, as from people with a user name.
    [[nodiscard]] std::vector<http::route> routes();

private:
    class implementation;
    std::unique_ptr<implementation> self_;
};

}  // namespace tertulia::gateway::simulator
