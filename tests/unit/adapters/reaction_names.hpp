// How a row of a reaction table is called as a test: "131056_slow_recipient".

#pragma once

#include "adapters/wire/verdict.hpp"

#include <string>

namespace tertulia::adapters {

inline const char* name_of(reaction what) {
    switch (what) {
        case reaction::accepted: return "accepted";
        case reaction::retry: return "retry";
        case reaction::unsure: return "unsure";
        case reaction::slow_channel: return "slow_channel";
        case reaction::slow_recipient: return "slow_recipient";
        case reaction::spare_recipient: return "spare_recipient";
        case reaction::refuse: return "refuse";
        case reaction::use_template: return "use_template";
        case reaction::unreachable: return "unreachable";
        case reaction::stop_channel: return "stop_channel";
        case reaction::stop_template: return "stop_template";
        case reaction::other_language: return "other_language";
        case reaction::stop_bulk: return "stop_bulk";
        case reaction::stop_marketing: return "stop_marketing";
        case reaction::opted_out: return "opted_out";
        case reaction::identity_changed: return "identity_changed";
        case reaction::ask_operator: return "ask_operator";
    }
    return "nothing";
}

inline std::string row_name(int code, reaction what) {
    return std::to_string(code) + "_" + name_of(what);
}

}  // namespace tertulia::adapters
