#include "gateway/applications/application_desk.hpp"

#include "dialogs/services/applications.hpp"
#include "gateway/applications/application_write.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace tertulia::gateway {
namespace {

constexpr std::size_t looked_at_most = 10'000;  // waiting at one time: a core that is away for weeks

application_state state_after(write_state how) {
    switch (how) {
        case write_state::done:
            return application_state::written;
        case write_state::waiting:
            return application_state::waiting;
        case write_state::refused:
        case write_state::stuck:
        case write_state::queued:
            break;
    }
    return application_state::refused;
}

}  // namespace

application_desk::application_desk(
    application_ledger& ledger,
    inbox& writer,
    dialogs::local_calendar calendar,
    std::function<instant()> clock
)
    : ledger_{ledger}, writer_{writer}, calendar_{std::move(calendar)}, clock_{std::move(clock)} {}

void application_desk::start(core_banking& core) {
    core_ = &core;
    poke();
}

void application_desk::poke() {
    if (core_ == nullptr || poked_.exchange(true)) return;
    writer_.add(errand{[this](store&) {
        poked_ = false;
        try {
            look();
        } catch (const std::exception& trouble) {
            spdlog::error("applications cannot be looked at: {}", trouble.what());
        }
    }});
}

void application_desk::look() {
    for (const auto& one : ledger_.to_write(looked_at_most)) {
        if (!proposed_.contains(one.what.number)) take(one);
    }
}

void application_desk::take(const application_entry& one) {
    const auto& number = one.what.number;
    if (!core_->takes_applications()) {
        mark({.number = number,
              .state = application_state::for_person,
              .reason = "core banking takes no applications from here"});
        return;
    }
    auto made = write_of(one, calendar_);
    if (auto* why = std::get_if<not_written>(&made)) {
        spdlog::info("application {} is for a person: {}", number, why->reason);
        mark({.number = number,
              .state = application_state::for_person,
              .reason = std::move(why->reason)});
        return;
    }
    mark({.number = number, .state = application_state::queued});
    proposed_.insert(number);
    core_->propose(std::move(std::get<core_proposal>(made)));
}

void application_desk::settled(core_settled what) {
    const auto number = dialogs::application_of_core_name(what.key);
    if (number.empty()) return;  // a write of somebody else's
    application_mark done{
        .number = std::string{number},
        .state = state_after(what.how.state),
        .core_id = std::move(what.how.written_id),
        .reason = std::move(what.how.reason)};
    writer_.add(errand{[this, done = std::move(done)](store&) {
        try {
            mark(done);
            proposed_.erase(done.number);
        } catch (const std::exception& trouble) {
            spdlog::error("application {} cannot be marked: {}", done.number, trouble.what());
        }
    }});
}

void application_desk::mark(application_mark what) {
    what.at = clock_();
    const bool bad = what.state == application_state::refused;
    if (ledger_.mark(what) && bad) {
        spdlog::error(
            "core banking will not have application {}, a person must look: {}", what.number,
            what.reason
        );
    }
}

}  // namespace tertulia::gateway
