// The SMS side of the phones on the desk: the doors of the stand-in for Twilio and what its
// messages look like on a screen.
//
//   ANY  /simulator/twilio/…       Twilio's REST API: what a channel's api_base names
//   POST /simulator/sms/say        {"phone", "text"}: someone on the desk writes an SMS
//   GET, POST /simulator/sms/control   sms_stand_in::control() and state()
//
// Threads: as desk.

#pragma once

#include "gateway/http/http.hpp"
#include "gateway/simulator/phone_desk.hpp"
#include "gateway/simulator/sms_stand_in.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway::simulator {

// What a chat by SMS is called among the chats of the desk: "sms:50255500101".
[[nodiscard]] std::string sms_chat(std::string_view digits);

class sms_desk {
public:
    static constexpr std::string_view prefix = "/simulator/twilio";

    // The screens outlive this. `is_here`: whether this phone, in digits, lies on the desk.
    sms_desk(
        sms_settings settings, http::client& client, phone_desk& screens,
        std::function<bool(std::string_view digits)> is_here
    );

    // They refer to this.
    [[nodiscard]] std::vector<http::route> routes();

private:
    void say(std::string_view body, http::reply to);
    void control(const http::request& request, http::reply to);
    [[nodiscard]] sms_observer observer();

    std::function<instant()> clock_;
    phone_desk& screens_;
    std::function<bool(std::string_view digits)> is_here_;
    sms_stand_in stand_in_;  // last: its threads use all of the above
};

}  // namespace tertulia::gateway::simulator
